/** Ends the process when it is asked to: cleanly, and in any case in time. */
import type { Logger } from 'pino';
import { type Closing, closeAll } from './closing.ts';

/** Beside the grace. What is left open by then is taken over by other replicas when its lease runs out. */
const mostMs = 12_000;

export interface Stopping {
  readonly log: Logger;
  readonly graceMs: number;
  say(line: string): void;
}

export function stopOnSignals(closing: Closing[], { log, graceMs, say }: Stopping): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      say('Stopping');
      const giveUp = () => {
        log.error('not everything was closed in time');
        process.exit(0);
      };
      setTimeout(giveUp, mostMs + graceMs).unref();
      void closeAll(closing, log).then(() => process.exit(0));
    });
  }
}
