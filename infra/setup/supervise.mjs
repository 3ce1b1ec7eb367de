// @ts-check
import { spawn } from 'node:child_process';
import { endGroup } from './end-group.mjs';
import { onWishToEnd } from './on-wish-to-end.mjs';
import { ended } from './run.mjs';
import { say } from './say.mjs';

const patienceMs = 30_000;

/**
 * Runs a program in a process group of its own, so that whatever it started can be ended with it, however it ends. Signals are passed
 * to the program alone: it closes its parts in order. A third signal, or 30 s, ends its patience.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd: string }} options
 * @returns {Promise<number>}
 */
export async function supervise(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: 'inherit', detached: true });
  const listening = onWishToEnd((signal, count) => {
    child.kill(count > 2 ? 'SIGKILL' : signal);
    if (count === 1) setTimeout(() => child.kill('SIGKILL'), patienceMs).unref();
  });
  const code = await ended(child);
  if (child.signalCode !== null) say(`Leadlight was ended by ${child.signalCode}.`);
  if (child.pid !== undefined) await endGroup(child.pid);
  listening.abort();
  return child.signalCode === null ? code : 1;
}
