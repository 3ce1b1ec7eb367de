/** Closes parts in the opposite order of their start; one that fails does not keep the others open. */
import type { Logger } from 'pino';

export type Closing = () => Promise<void>;

export async function closeAll(parts: Closing[], log: Logger): Promise<void> {
  for (let close = parts.pop(); close !== undefined; close = parts.pop()) {
    await close().catch((error: unknown) => log.error({ err: error }, 'a part did not close cleanly'));
  }
}
