/** Builds the browser code, and only when its source changed since the last time. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from '../setup/lock.mjs';
import { buildApp } from './build-app.ts';
import { buildReplay } from './build-replay.ts';
import { buildSnippet } from './build-snippet.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const parts = [
  { name: 'snippet', sources: ['ui-extensions/snippet', 'infra/build/build-snippet.ts'], build: buildSnippet },
  { name: 'replay', sources: ['ui-extensions/replay', 'infra/build/build-replay.ts', 'core/contract'], build: buildReplay },
  { name: 'app', sources: ['ui-extensions/app', 'infra/build/build-app.ts', 'core/contract'], build: buildApp },
] as const;

/** @param say is told what is built, before it is. Whoever builds into the same folder waits. */
export function buildAll(outDir: string, say: (line: string) => void): Promise<void> {
  return withLock(`building ${outDir}`, () => buildStale(outDir, say));
}

async function buildStale(outDir: string, say: (line: string) => void): Promise<void> {
  for (const { name, sources, build } of parts) {
    const folder = join(outDir, name);
    const stamp = await hashSources(['package-lock.json', ...sources]);
    if ((await readFile(`${folder}.stamp`, 'utf8').catch(() => '')) === stamp) continue;
    say(`Building ${name}`);
    const fresh = `${folder}.${process.pid}`;
    await build(fresh);
    // Whole or not at all: a start that is interrupted leaves no half-built folder.
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
    await writeFile(`${folder}.stamp`, stamp);
  }
}

async function hashSources(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) for (const file of await filesOf(source)) hash.update(file).update(await readFile(join(checkout, file)));
  return hash.digest('hex');
}

async function filesOf(source: string): Promise<string[]> {
  if (/\.\w+$/.test(source)) return [source];
  const entries = await readdir(join(checkout, source), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'));
  return files.map((entry) => join(entry.parentPath, entry.name).slice(checkout.length)).sort();
}
