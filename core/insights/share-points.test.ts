import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sharePoints } from './share-points.ts';

describe('Sharing points', () => {
  it('gives whole points that add up, each within one of its exact share', () => {
    const shares = fc.array(fc.double({ min: -20, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 100 }), (list, value) => {
        const sum = list.reduce((total, share) => total + share, 0);
        fc.pre(sum > 0.01);
        const points = sharePoints(list, value);
        assert.equal(
          points.reduce((total, each) => total + each, 0),
          value,
        );
        assert.ok(points.every((each, place) => Math.abs(each - ((list[place] ?? 0) / sum) * value) <= 1 + 1e-6));
      }),
    );
  });

  it('gives the spare points to the largest remainders', () => {
    assert.deepEqual(sharePoints([1, 1, 1], 100), [34, 33, 33]);
    assert.deepEqual(sharePoints([2.6, 1.4], 4), [3, 1]);
  });

  it('lets what lowers take away exactly what raises when there is nothing left', () => {
    assert.deepEqual(sharePoints([4.4, 1.6, -6], 0), [4, 2, -6]);
    assert.deepEqual(sharePoints([], 0), []);
  });
});
