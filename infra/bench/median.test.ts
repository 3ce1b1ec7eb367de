import assert from 'node:assert/strict';
import { median, percentile } from './median.ts';

describe('the median', () => {
  it('is the middle value, whatever the order', () => {
    assert.equal(median([9, 1, 5]), 5);
  });

  it('of an even number of values is the mean of the two in the middle', () => {
    assert.equal(median([4, 1, 3, 2]), 2.5);
  });

  it('of nothing is an error, not a zero', () => {
    assert.throws(() => median([]), RangeError);
  });
});

describe('a percentile', () => {
  it('is the value at its rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.equal(percentile(hundred, 0.99), 99);
    assert.equal(percentile(hundred, 1), 100);
    assert.equal(percentile([7], 0.5), 7);
  });

  it('of nothing is an error', () => {
    assert.throws(() => percentile([], 0.5), RangeError);
  });
});
