import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noon } from '../testing/frozen-clock.ts';
import { clockOffsetMs, correctMoment } from './correct-clock.ts';

const dayMs = 86_400_000;
const receivedAt = noon;
const received = noon.getTime();
/** How far a browser's clock may be off: from 1970 to far in the future. */
const skew = fc.integer({ min: -received, max: 8_640_000_000_000_000 - received });
const moment = fc.integer({ min: 0, max: 8_640_000_000_000_000 });

const corrected = (at: number, sentAt: number) => correctMoment(at, clockOffsetMs(sentAt, receivedAt), receivedAt).getTime();

describe("a browser's clock", () => {
  it('is believed when it is off by no more than the network takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000, max: 10_000 }), fc.integer({ min: 0, max: 3_600_000 }), (off, agoMs) => {
        const at = received - agoMs;
        assert.equal(corrected(at, received + off), at);
      }),
    );
  });

  it('is corrected when it is off by more: what happened a minute before sending happened a minute before receiving', () => {
    fc.assert(
      fc.property(
        skew.filter((off) => Math.abs(off) > 10_000),
        fc.integer({ min: 0, max: dayMs }),
        (off, agoMs) => {
          const sentAt = received + off;
          assert.equal(corrected(sentAt - agoMs, sentAt), received - agoMs);
        },
      ),
    );
  });

  it('never puts anything more than a day before or a minute after it was received', () => {
    fc.assert(
      fc.property(moment, moment, (at, sentAt) => {
        const found = corrected(at, sentAt);
        assert.ok(found >= received - dayMs && found <= received + 60_000);
      }),
    );
  });

  it('keeps the order of what it measured', () => {
    fc.assert(
      fc.property(moment, moment, moment, (one, other, sentAt) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
        assert.ok(corrected(earlier, sentAt) <= corrected(later, sentAt));
      }),
    );
  });
});
