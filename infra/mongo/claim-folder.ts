import { readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { processFacts } from './process-facts.ts';

const owner = z.object({ pid: z.number().int(), startedAt: z.string() });

/**
 * Makes this process the owner of a data folder until the answered function is called, or the process ends in any way. Throws
 * `conflict` when a living process has it.
 */
export async function claimFolder(dataDir: string): Promise<() => Promise<void>> {
  const file = `${dataDir}.owner`;
  const me = JSON.stringify({ pid: process.pid, startedAt: processFacts(process.pid)?.startedAt ?? '' });
  await writeFile(file, me, { flag: 'wx' }).catch(() => replaceDeadOwner(file, me, dataDir));
  return () => rm(file, { force: true });
}

async function replaceDeadOwner(file: string, me: string, dataDir: string): Promise<void> {
  const { pid, startedAt } = owner.catch({ pid: 0, startedAt: '' }).parse(await readJson(file));
  if (pid > 0 && processFacts(pid)?.startedAt === startedAt) {
    const message = `Leadlight is running already on ${dataDir} (process ${pid}). End it first, or give this one a folder of its own with LEADLIGHT_DATA.`;
    throw new Failure('conflict', message, { code: 'data-folder-in-use' });
  }
  await rm(file, { force: true });
  await writeFile(file, me, { flag: 'wx' });
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
