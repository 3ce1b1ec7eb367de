import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processFacts } from './process-facts.ts';
import { type RunningMongod, stopMongod } from './running-mongod.ts';

const pollMs = 200;

/** The mongod that still runs on a data folder because what started it was killed. The caller owns the folder. */
export async function findOrphan(dataDir: string): Promise<(RunningMongod & { readonly port: number }) | undefined> {
  const pid = Number.parseInt(await readFile(path.join(dataDir, 'mongod.lock'), 'utf8').catch(() => ''), 10);
  const facts = pid > 0 ? processFacts(pid) : undefined;
  if (facts === undefined || !facts.command.includes(`--dbpath ${dataDir} `)) return undefined;
  const ended = untilGone(pid, facts.startedAt);
  const port = Number(/--port (\d+)/.exec(facts.command)?.[1]);
  return { pid, port, ended, stop: () => stopMongod({ pid, ended }) };
}

/** It is not our child, so nobody tells us of its end. */
async function untilGone(pid: number, startedAt: string): Promise<void> {
  while (processFacts(pid)?.startedAt === startedAt) await delay(pollMs, undefined, { ref: false });
}
