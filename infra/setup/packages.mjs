// @ts-check
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkout } from './folders.mjs';
import { withLock } from './lock.mjs';
import { capture } from './run.mjs';
import { SetupProblem, say } from './say.mjs';

/** Installs the checkout's packages when those on disk are not the lock file's. */
export async function ensurePackages() {
  if (await areInstalled()) return;
  await withLock(`packages of ${checkout}`, async () => {
    if (await areInstalled()) return;
    say('Installing packages (the first time takes about a minute)');
    // Not `npm ci`: it refuses a lock file that lacks another platform's binaries, as one made where not all are published does.
    await npm(['install', '--no-save', '--include=dev', '--no-audit', '--no-fund'], { cwd: checkout, purpose: 'npm install' });
    if (!(await areInstalled())) throw new SetupProblem('package.json asks for other packages than package-lock.json: run npm install.');
  });
}

/**
 * Runs npm with the Node and the npm that run us, or the ones on PATH.
 * @param {readonly string[]} args
 * @param {{ cwd: string, purpose: string }} options
 */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  // Else a `npm install --prefix` inside `npm start` would still believe that it is in the checkout.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('npm_package_') && name !== 'npm_config_local_prefix'),
  );
  return cli?.endsWith('npm-cli.js')
    ? capture(process.execPath, [cli, ...args], { ...options, env })
    : capture('npm', args, { ...options, env });
}

/**
 * npm writes what it installed to node_modules/.package-lock.json as its last act: that is the stamp, also for a plain `npm install`.
 * A package that is missing there is fine when it is optional (made for another platform).
 */
async function areInstalled() {
  const wanted = await readPackages('package-lock.json');
  /** @type {Record<string, LockEntry>} */
  const installed = await readPackages('node_modules/.package-lock.json').catch(() => ({}));
  return Object.entries(wanted).every(([name, entry]) => name === '' || isSame(entry, installed[name]));
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockEntry
 * @param {LockEntry} wanted
 * @param {LockEntry | undefined} installed
 */
function isSame(wanted, installed) {
  if (installed === undefined) return wanted.optional === true || wanted.devOptional === true;
  return wanted.version === installed.version && wanted.integrity === installed.integrity;
}

/** @param {string} file @returns {Promise<Record<string, LockEntry>>} */
async function readPackages(file) {
  return JSON.parse(await readFile(path.join(checkout, file), 'utf8')).packages;
}
