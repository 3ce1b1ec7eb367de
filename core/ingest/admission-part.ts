/**
 * How much of one site is worked on at a time while other sites send too. Requests share their writes, so what a large site has in work is
 * what a small one waits for. Where work takes much longer than it has to, the part shrinks; where it does not, it grows again. A site that
 * is alone is not held back.
 */
export interface Part {
  /** How many requests of one site may be in work now. */
  most(): number;
  /** Several sites are here. */
  shared(): void;
  /** A request was worked on for so long, in milliseconds. */
  learn(workedMs: number): void;
}

/** The same for every large site, and enough to keep the writes of one process busy. */
const least = 8;
/** Sites that send now and then are here in between, too. */
const sharedForMs = 2000;
/** The quickest work of this long is what work has to take. */
const windowMs = 5000;
/** Longer than this, beside what it has to take, is waiting for others. */
const [times, besidesMs] = [2, 5];

/** @param atOnce of all sites. @param now milliseconds that only grow. */
export function createPart(atOnce: number, now: () => number): Part {
  let part = atOnce;
  let sharedUntil = Number.NEGATIVE_INFINITY;
  let [quickest, quickestBefore] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let windowEnds = Number.NEGATIVE_INFINITY;
  let shrunkAt = Number.NEGATIVE_INFINITY;

  function noteQuickest(workedMs: number, moment: number): void {
    if (moment >= windowEnds) {
      quickestBefore = quickest;
      quickest = Number.POSITIVE_INFINITY;
      windowEnds = moment + windowMs;
    }
    quickest = Math.min(quickest, workedMs);
  }

  return {
    most: () => (now() < sharedUntil ? Math.floor(part) : atOnce),
    shared: () => {
      sharedUntil = now() + sharedForMs;
    },
    learn: (workedMs) => {
      const moment = now();
      noteQuickest(workedMs, moment);
      if (moment >= sharedUntil) return;
      const isLong = workedMs > times * Math.min(quickest, quickestBefore) + besidesMs;
      if (!isLong) part = Math.min(atOnce, part + 1 / part);
      // Once for all that were in work together.
      else if (moment - shrunkAt > workedMs) {
        part = Math.max(least, part * 0.7);
        shrunkAt = moment;
      }
    },
  };
}
