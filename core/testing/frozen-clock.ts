/** A clock that moves only when told to. */
import type { Clock } from '../platform.ts';

export interface FrozenClock extends Clock {
  advance(ms: number): void;
  setTo(moment: Date): void;
}

export const noon = new Date('2026-05-20T12:00:00.000Z');

export function freezeClock(start: Date = noon): FrozenClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
    setTo: (moment) => {
      now = moment.getTime();
    },
  };
}
