/** What a process holds in memory while something is done to it. */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** @returns a function that stops watching and tells the most resident megabytes that were seen. */
export function watchMemory(pid: number): () => Promise<number> {
  const stopping = new AbortController();
  let most = 0;
  const watch = async () => {
    while (!stopping.signal.aborted) {
      most = Math.max(most, await residentMegabytes(pid));
      await setTimeout(250);
    }
  };
  const watching = watch();
  return async () => {
    stopping.abort();
    await watching;
    return Math.round(most);
  };
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
