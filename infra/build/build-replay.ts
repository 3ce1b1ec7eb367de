import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../../ui-extensions/replay/', import.meta.url));

/** Builds the replay player into `outDir`: `index.html`, `player.js`, `player.css`. They name each other from the root of their origin. */
export async function buildReplay(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await Promise.all([
    copyFile(join(source, 'index.html'), join(outDir, 'index.html')),
    build({
      entryPoints: { player: join(source, 'main.ts') },
      outdir: outDir,
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: ['chrome123', 'firefox121', 'safari17.5'],
      legalComments: 'none',
      logLevel: 'silent',
    }),
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
}
