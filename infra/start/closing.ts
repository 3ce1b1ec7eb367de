/** Closes parts in the opposite order of their start; one that fails does not keep the others open. */
import type { Logger } from 'pino';

export type Closing = () => Promise<void>;

export async function closeAll(parts: Closing[], log: Logger): Promise<void> {
  for (let close = parts.pop(); close !== undefined; close = parts.pop()) {
    await close().catch((error: unknown) => log.error({ err: error }, 'a part did not close cleanly'));
  }
}

/** A part that has not closed by then is left: a database that does not answer must not keep a replica. */
export function within(mostMs: number, close: Closing): Closing {
  return async () => {
    const limit = Promise.withResolvers<void>();
    const timer = setTimeout(() => limit.reject(new Error(`A part took longer than ${mostMs} ms to close.`)), mostMs);
    try {
      await Promise.race([close(), limit.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}
