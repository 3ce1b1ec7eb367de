import { setTimeout as delay } from 'node:timers/promises';

export interface RunningMongod {
  readonly pid: number;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const graceMs = 20_000;

/** Asks mongod to close its files; insists after 20 s (the journal brings everything acknowledged back). */
export async function stopMongod({ pid, ended }: Omit<RunningMongod, 'stop'>): Promise<void> {
  const timer = new AbortController();
  signal(pid, 'SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), delay(graceMs, false, { signal: timer.signal }).catch(() => true)]);
  timer.abort();
  if (!inTime) signal(pid, 'SIGKILL');
  await ended;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
