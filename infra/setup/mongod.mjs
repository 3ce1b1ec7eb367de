// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './folders.mjs';
import { withLock } from './lock.mjs';
import { fetchMongod } from './mongod-fetch.mjs';
import { mongodVersion } from './mongod-version.mjs';
import { isProgram, onPath } from './programs.mjs';
import { SetupProblem } from './say.mjs';

const oldestMajor = 6;

/** Path of a mongod: the one that was named, on PATH or in the cache, else fetched into the cache. @param {string} node */
export async function ensureMongod(node) {
  return findMongod() ?? withLock('MongoDB', async () => findMongod() ?? (await fetchMongod(node)));
}

/** Path of a mongod that is on this machine already, or undefined. @returns {string | undefined} */
export function findMongod() {
  return named() ?? usable(onPath('mongod')) ?? cached();
}

function named() {
  const named = process.env.LEADLIGHT_MONGOD ?? process.env.MONGOD_BINARY;
  if (named === undefined || named === '') return undefined;
  if (!isProgram(named)) throw new SetupProblem(`MONGOD_BINARY names ${named}, which is not a program.`);
  return path.resolve(named);
}

/** A system's own mongod counts when it is new enough. @param {string | undefined} mongod */
function usable(mongod) {
  if (mongod === undefined) return undefined;
  try {
    return Number.parseInt(mongodVersion(mongod), 10) >= oldestMajor ? mongod : undefined;
  } catch {
    return undefined;
  }
}

function cached() {
  const folder = cacheFolder('mongod');
  if (!existsSync(folder)) return undefined;
  const versions = readdirSync(folder).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return versions.map((version) => path.join(folder, version, 'mongod')).find(isProgram);
}
