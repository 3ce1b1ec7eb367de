import assert from 'node:assert/strict';
import { retryAfterMs } from './retry-after.ts';

describe('retryAfterMs', () => {
  const now = new Date('2026-11-03T14:05:00Z');

  it('reads seconds', () => assert.equal(retryAfterMs('7', now), 7000));
  it('reads fractions of a second, rounded up', () => assert.equal(retryAfterMs('0.0005', now), 1));
  it('reads a date', () => assert.equal(retryAfterMs('Tue, 03 Nov 2026 14:06:00 GMT', now), 60_000));
  it('does not wait for a date that has passed', () => assert.equal(retryAfterMs('Tue, 03 Nov 2026 14:00:00 GMT', now), 0));
  it('knows nothing without the header', () => assert.equal(retryAfterMs(null, now), null));
  it('knows nothing of what it cannot read', () => assert.equal(retryAfterMs('soon', now), null));
});
