import assert from 'node:assert/strict';
import { describeDuration } from './describe-duration.ts';

describe('describeDuration', () => {
  const examples: readonly [number, string][] = [
    [0, '0 s'],
    [-5, '0 s'],
    [45_400, '45 s'],
    [59_600, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [4_830_000, '1 h 20 min'],
  ];
  for (const [durationMs, words] of examples) {
    it(`says ${words} for ${durationMs} milliseconds`, () => assert.equal(describeDuration(durationMs), words));
  }
});
