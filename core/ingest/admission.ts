/**
 * Lets requests in so that one process stays within its memory and no site lives at the cost of others: a bounded number is worked on, the
 * others wait in one line per site, served in turn, bounded by number, bytes and age. Whoever sends the most is refused first. Where there
 * is room, which is nearly always, entering is a few additions.
 */
import { AdmissionHall, type AdmissionLimits, refusalFor } from './admission-hall.ts';
import { createShare } from './admission-share.ts';

const admissionLimits: AdmissionLimits = {
  atOnce: 256,
  workBytes: 48 * 1024 * 1024,
  waiting: 2000,
  wireBytes: 64 * 1024 * 1024,
  patienceMs: 3000,
};

export interface Admission {
  /** @param site whose requests wait in one line; requests of which nobody knows the site share one. */
  open(site: string): Visit;
  facts(): { readonly working: number; readonly waiting: number; readonly sites: number; readonly wireBytes: number };
}

/** One request, from its first byte to its answer. */
export interface Visit {
  /** Before bytes are kept. Throws when there is no room for them. */
  hold(bytes: number): void;
  /** Resolves when it is this request's turn. Throws when it waited too long, or when there is no place to wait. */
  turn(plainBytes: number, isGone: () => boolean): Promise<void> | undefined;
  close(): void;
}

/** @param now milliseconds that only grow. */
export function createAdmission(limits: AdmissionLimits = admissionLimits, now: () => number = () => performance.now()): Admission {
  const hall = new AdmissionHall(limits, now);
  const wireBytes = createShare(limits.wireBytes);
  return {
    open: (site) => {
      const line = hall.lineOf(site);
      let work: { readonly plainBytes: number; readonly since: number } | null = null;
      let held = 0;
      let isClosed = false;
      return {
        hold: (bytes) => {
          if (!wireBytes.take(line.wireBytes, bytes)) throw refusalFor(hall.sites);
          line.wireBytes += bytes;
          held += bytes;
        },
        turn: (bytes, isGone) => {
          const begin = () => {
            work = { plainBytes: bytes, since: now() };
          };
          return hall.enter(line, { plainBytes: bytes, begin, isGone: () => isClosed || isGone() });
        },
        close: () => {
          isClosed = true;
          wireBytes.give(held);
          line.wireBytes -= held;
          hall.leave(line, work);
        },
      };
    },
    facts: () => ({ ...hall.facts(), wireBytes: limits.wireBytes - wireBytes.free }),
  };
}
