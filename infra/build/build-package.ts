/** Builds the npm package `@leadlight/browser`, ready for `npm pack`: one file in both module systems, and types that need nothing else. */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { declareEvents } from './declare-events.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const source = join(checkout, 'packages/browser');

/** Writes the package to `outDir`, emptied first. */
export async function buildPackage(outDir: string): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const types = await declarations();
  await Promise.all([
    bundle('esm', join(outDir, 'index.js')),
    bundle('cjs', join(outDir, 'index.cjs')),
    writeFile(join(outDir, 'index.d.ts'), types),
    writeFile(join(outDir, 'index.d.cts'), types),
    ...['package.json', 'README.md'].map((name) => copyFile(join(source, name), join(outDir, name))),
    copyFile(join(checkout, 'LICENSE'), join(outDir, 'LICENSE')),
  ]);
}

async function bundle(format: 'esm' | 'cjs', outfile: string): Promise<void> {
  await build({
    entryPoints: [join(source, 'index.ts')],
    outfile,
    bundle: true,
    format,
    platform: 'neutral',
    // Read by bundlers, which minify: names stay, so that a person who looks inside can read it.
    target: 'es2020',
    logLevel: 'silent',
  });
}

/** The package's types without our contract: `api.ts` as it is, with the events written out. */
async function declarations(): Promise<string> {
  const api = await readFile(join(source, 'api.ts'), 'utf8');
  const values = ['init', 'identify', 'track', 'consent'].map(
    (name) => `export declare const ${name}: ${name.charAt(0).toUpperCase()}${name.slice(1)};\n`,
  );
  return `${api.replace(/^import type .*\n+/gm, '')}\n${declareEvents()}\n${values.join('')}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const outDir = resolve(process.argv[2] ?? join(checkout, '.build/package'));
  await buildPackage(outDir);
  process.stdout.write(`The package is in ${outDir}\n`);
}
