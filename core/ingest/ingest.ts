/**
 * The way of a batch from the border into the database: two lines of group commits, one for batches that change only the log and one for
 * those that need a transaction, and the fold behind them.
 */
import { timeCommit } from '../http/metrics.ts';
import type { Platform } from '../platform.ts';
import { answerInTime } from '../store/answer-in-time.ts';
import { storeAway } from '../store/store-away.ts';
import type { Arrival } from './arrival.ts';
import { type Batch, isPlain } from './batch.ts';
import { createFold, type Fold } from './fold.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { keepTrying } from './keep-trying.ts';
import { writeChanging, writePlain } from './write-batches.ts';

export interface Ingest extends GroupCommit<Batch> {
  readonly fold: Fold;
  /** Resolves when everything that was added is durable or refused, and folded. */
  drain(): Promise<void>;
}

/** Elections take ten seconds and more; browsers wait for their answer, or come again. */
const electionsMs = 30_000;
/** Of one try. Then the write is tried again, on another connection: whichever gets through, each batch is there once. */
const patienceMs = 10_000;

/** @param retryMs how long a write is tried while the database is away. */
export function createIngest(platform: Platform, { retryMs = electionsMs }: { readonly retryMs?: number } = {}): Ingest {
  const fold = createFold(platform);
  const lane = (write: (batches: readonly Batch[]) => Promise<Arrival[]>) =>
    createGroupCommit<Batch>(async (batches) => {
      const written = await keepTrying(() => timeCommit(() => answerInTime(write(batches), patienceMs)), {
        forMs: retryMs,
        mayPass: (error) => storeAway(error) !== null,
      });
      fold.take(written);
    }, limits);
  const plain = lane(writePlain);
  const changing = lane((batches) => writeChanging(platform, batches));
  return {
    fold,
    add: (batch) => (isPlain(batch) ? plain : changing).add(batch),
    pressure: () => {
      const [one, other] = [plain.pressure(), changing.pressure()];
      return { waiting: one.waiting + other.waiting, oldestMs: Math.max(one.oldestMs, other.oldestMs) };
    },
    drain: async () => {
      await Promise.all([plain.drain(), changing.drain()]);
      await fold.drain();
    },
  };
}

const limits = { mostTogether: 500, mostWaiting: 2000, longestMs: 10_000 };
