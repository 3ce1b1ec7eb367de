/** Tries a write again while what hinders it may pass: an election takes longer than the one retry of the driver. */
import { setTimeout as delay } from 'node:timers/promises';
import { storeAway } from '../store/store-away.ts';

interface Patience {
  readonly forMs: number;
  mayPass(error: unknown): boolean;
}

const [firstMs, longestMs] = [50, 1000];

/** The write must be safe to repeat. Throws `busy` when the time is up and the database is still away; what cannot pass at once. */
export async function keepTrying<Result>(write: () => Promise<Result>, { forMs, mayPass }: Patience): Promise<Result> {
  const until = performance.now() + forMs;
  for (let pauseMs = firstMs; ; pauseMs = Math.min(longestMs, pauseMs * 2)) {
    try {
      return await write();
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (performance.now() + pauseMs >= until) throw storeAway(error) ?? error;
    }
    await delay(pauseMs);
  }
}
