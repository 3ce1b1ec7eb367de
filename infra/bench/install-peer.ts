import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../setup/folders.mjs';
import { withLock } from '../setup/lock.mjs';
import { npm } from '../setup/packages.mjs';

/**
 * Installs a peer's package from npm into the cache, apart from the product's packages, the first time it is asked for. Answers the
 * folder whose node_modules holds it: `createRequire(folder + '/')(name)` loads it.
 */
export function installPeer(name: string, version: string): Promise<string> {
  const folder = cacheFolder('peers', `${name.replaceAll('/', '+')}@${version}`);
  return withLock(`peer ${name}@${version}`, async () => {
    if (!existsSync(folder)) await install(folder, `${name}@${version}`);
    return folder;
  });
}

async function install(folder: string, spec: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-draft-`);
  try {
    await writeFile(path.join(draft, 'package.json'), '{ "private": true }\n');
    // What a browser loads needs no program of the package to be run here.
    const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    await npm(['install', ...flags, spec], { cwd: draft, purpose: `Installing ${spec}` });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
