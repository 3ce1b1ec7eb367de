import assert from 'node:assert/strict';
import { compareBoxes } from './look-at-boxes.ts';

describe('comparing a page with its replay', () => {
  it('counts a box that stands where it stood, and neither one that moved, nor one that grew, nor one that is gone', () => {
    const page = { a: [0, 0, 10, 10], b: [0, 20, 10, 10], c: [0, 40, 10, 10], d: [0, 60, 10, 10] } satisfies Record<string, number[]>;
    const replay = { a: [4, 0, 10, 10], b: [0, 25, 10, 10], c: [0, 40, 15, 10], e: [0, 60, 10, 10] } satisfies Record<string, number[]>;
    assert.deepEqual(compareBoxes(tuples(page), tuples(replay), 4), { boxes: 4, within: 1 });
  });
});

function tuples(given: Record<string, number[]>) {
  return Object.fromEntries(
    Object.entries(given).map(([key, [a = 0, b = 0, c = 0, d = 0]]): [string, [number, number, number, number]] => [key, [a, b, c, d]]),
  );
}
