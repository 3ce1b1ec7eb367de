// @ts-check
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { capture } from './run.mjs';
import { say } from './say.mjs';

/** Absolute path of the first of these programs that is on PATH, or undefined. @param {readonly string[]} names */
export function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
}

/** @param {string} file */
export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Whether `aptInstall` can work here: Debian or Ubuntu, as root. */
export function canAptInstall() {
  return process.getuid?.() === 0 && onPath('apt-get') !== undefined;
}

/** @param {readonly string[]} packages Debian's names. */
export async function aptInstall(...packages) {
  say(`Installing ${packages.join(', ')} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await capture('apt-get', ['update'], { env, purpose: 'apt-get update' });
  await capture('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    env,
    purpose: `Installing ${packages.join(', ')}`,
  });
}
