import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];
const source = fileURLToPath(new URL('../../ui-extensions/replay/', import.meta.url));

/** Builds the replay player into `outDir`: `index.html`, `player-start.js`, `player.js`, `player.css`, and them packed beside. */
export async function buildReplay(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await Promise.all([
    copyFile(join(source, 'index.html'), join(outDir, 'index.html')),
    build({ ...script, entryPoints: { player: join(source, 'main.ts') }, outdir: outDir, format: 'esm' }),
    build({ ...script, entryPoints: { 'player-start': join(source, 'start.ts') }, outdir: outDir, format: 'iife' }),
    build({
      entryPoints: { player: join(source, 'player.css') },
      outdir: outDir,
      bundle: true,
      minify: true,
      // The cursor that rrweb draws.
      loader: { '.svg': 'dataurl' },
      logLevel: 'silent',
    }),
  ]);
  await Promise.all(['player-start.js', 'player.js', 'player.css'].map((file) => packBeside(join(outDir, file))));
}

const script: BuildOptions = {
  bundle: true,
  minify: true,
  platform: 'browser',
  target: ['chrome123', 'firefox121', 'safari17.5'],
  legalComments: 'none',
  logLevel: 'silent',
};

/** What is sent to a browser that takes it packed: see `koa-send`. */
async function packBeside(file: string): Promise<void> {
  const text = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  await Promise.all([writeFile(`${file}.br`, await brotli(text, { params })), writeFile(`${file}.gz`, await zip(text, { level: 9 }))]);
}
