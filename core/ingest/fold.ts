/**
 * Folds what this replica acknowledged, at once while there is little and in growing groups under load, and what a replica left behind
 * that ended or fell back. Nothing is lost by it: the log in the database holds everything until it is folded.
 */
import type { Platform } from '../platform.ts';
import { nextTurn } from '../store/next-turn.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { type Arrival, ArrivalRow, readArrival, timePart } from './arrival.ts';
import { foldAll } from './fold-all.ts';
import { createPause } from './pause.ts';

export interface Fold {
  /** Durable ones, of this replica. */
  take(arrivals: readonly Arrival[]): void;
  /** Resolves when all that was taken is folded, or left to the sweep because the database is away. */
  drain(): Promise<void>;
  /** Folds what is left over, of any replica, and older than two seconds. @returns how many. */
  sweep(): Promise<number>;
  /** Sweeps from now on. @returns what ends it. */
  start(): () => Promise<void>;
}

const mostTogether = 1000;
/** So many at a time are load: then the next ones gather, so that a session's rows are written once for many events. */
const manyTogether = 32;
const gatherMs = 200;
/** What waits beyond these is not kept in memory: the sweep reads it from the log. */
const mostWaiting = 4000;
const leftOverMs = 2000;
const sweepEveryMs = 1000;

export function createFold(platform: Platform): Fold {
  let queue: Arrival[] = [];
  let running: Promise<void> | null = null;
  let isOverflowing = false;
  let draining = 0;
  const gathering = createPause(gatherMs);

  async function run(): Promise<void> {
    // Requests of the same moment go together.
    await nextTurn();
    while (queue.length > 0) {
      const group = queue.slice(0, mostTogether);
      queue = queue.slice(mostTogether);
      await foldAll(platform, group);
      if (group.length >= manyTogether && queue.length < mostTogether && draining === 0) await gathering.wait();
      if (queue.length === 0 && isOverflowing) {
        isOverflowing = false;
        await sweepLog(platform, 0);
      }
    }
    running = null;
  }

  return {
    take: (arrivals) => {
      const room = mostWaiting - queue.length;
      isOverflowing ||= arrivals.length > room;
      queue.push(...arrivals.slice(0, Math.max(0, room)));
      if (queue.length >= mostTogether) gathering.end();
      if (queue.length > 0) running ??= run();
    },
    drain: async () => {
      draining += 1;
      gathering.end();
      while (running !== null) await running;
      draining -= 1;
    },
    sweep: () => sweepLog(platform, leftOverMs),
    start: () => sweepAgainAndAgain(platform, async () => (running === null ? sweepLog(platform, leftOverMs) : 0)),
  };
}

async function sweepLog(platform: Platform, olderThanMs: number): Promise<number> {
  let folded = 0;
  let after = '';
  const until = timePart(new Date(platform.clock.now().getTime() - olderThanMs));
  for (;;) {
    const rows = await ArrivalRow.find({ _id: { $gt: after, $lt: until } })
      .sort({ _id: 1 })
      .limit(mostTogether)
      .setOptions(acrossWorkspaces)
      .lean();
    await foldAll(platform, rows.map(readArrival));
    folded += rows.length;
    after = rows.at(-1)?._id ?? after;
    if (rows.length < mostTogether) return folded;
  }
}

function sweepAgainAndAgain(platform: Platform, sweep: () => Promise<number>): () => Promise<void> {
  let sweeping: Promise<unknown> = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    sweeping = sweep()
      .catch((error: unknown) => platform.log.warn({ err: error }, 'the log of arrivals could not be read; trying again'))
      .finally(() => {
        isBusy = false;
      });
  }, sweepEveryMs);
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}
