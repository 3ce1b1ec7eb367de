// @ts-check
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder } from './folders.mjs';
import { say } from './say.mjs';

/** A lock whose owner never wrote its id: it died between two system calls. */
const unownedAfterMs = 5_000;

/**
 * Lets one setup at a time do `work`: a folder is the lock (making one is atomic everywhere), its owner's process id tells whether it
 * is still wanted.
 * @template Result
 * @param {string} name What is being done, for the person who waits; locks of different names are independent.
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withLock(name, work) {
  const lock = cacheFolder('locks', createHash('sha256').update(name).digest('hex').slice(0, 16));
  await mkdir(path.dirname(lock), { recursive: true });
  for (let told = false; !(await take(lock)); told = true) {
    if (!told) say(`Waiting for another setup: ${name}`);
    await delay(250);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

/** @param {string} lock */
async function take(lock) {
  try {
    await mkdir(lock);
    await writeFile(path.join(lock, 'owner'), String(process.pid));
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (await isStale(lock)) await clear(lock);
    return false;
  }
}

/** Takes a dead owner's lock away. Renaming first lets only one of several waiters do it. @param {string} lock */
async function clear(lock) {
  const aside = `${lock}.${process.pid}`;
  await rename(lock, aside).catch(() => undefined);
  await rm(aside, { recursive: true, force: true });
}

/** @param {string} lock */
async function isStale(lock) {
  const owner = Number(await readFile(path.join(lock, 'owner'), 'utf8').catch(() => ''));
  if (owner > 0) return !isAlive(owner);
  const made = await stat(lock).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > unownedAfterMs;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
