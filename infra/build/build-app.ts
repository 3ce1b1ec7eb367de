/** Builds the web app: hashed files, one piece per page, each beside its compressed copies. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { z } from 'zod';

const appFolder = resolve(import.meta.dirname, '../../ui-extensions/app');
const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);
/** Smaller files gain nothing from compression. */
const worthCompressing = 1024;

/** zod, what configures it and the schemas in one file, in this order: configured in another file, it would be configured too late. */
const schemas = { name: 'schemas', test: /node_modules[\\/]zod[\\/]|core[\\/]contract[\\/]|no-code-from-strings/ };

/** What every page needs, in one file: in many small ones it compresses worse, and each page would pay for what another one splits off. */
const frame = { name: 'frame', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/ };

/**
 * Writes the app to `outDir` (emptied first): `index.html`, `assets/NAME-HASH.*` (cacheable for ever), and `.gz` and `.br` copies.
 * Made for a policy without inline scripts.
 */
export async function buildApp(outDir: string): Promise<void> {
  const target = resolve(outDir);
  await build({
    root: appFolder,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [react()],
    build: {
      outDir: target,
      emptyOutDir: true,
      manifest: 'manifest.json',
      target: ['chrome111', 'firefox114', 'safari16.4'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: { output: { codeSplitting: { groups: [schemas, frame] } } },
    },
  });
  await compressAll(target);
}

async function compressAll(outDir: string): Promise<void> {
  const names = await readdir(outDir, { recursive: true });
  await Promise.all(names.filter((name) => /\.(js|css|svg|html)$/.test(name)).map((name) => compressFile(join(outDir, name))));
}

async function compressFile(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < worthCompressing) return;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const [zipped, brotli] = await Promise.all([gzipAsync(content, { level: 9 }), brotliAsync(content, quality)]);
  await Promise.all([writeFile(`${path}.gz`, zipped), writeFile(`${path}.br`, brotli)]);
}

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().optional(),
    isDynamicEntry: z.boolean().optional(),
    imports: z.array(z.string()).optional(),
    css: z.array(z.string()).optional(),
  }),
);
type Manifest = z.infer<typeof manifestSchema>;

export interface FirstLoad {
  /** Source path of the page. */
  readonly page: string;
  readonly gzipBytes: number;
}

/** What a browser with an empty cache loads to show each page (scripts and styles, gzip), largest first. */
export async function measureFirstLoad(outDir: string): Promise<readonly FirstLoad[]> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(outDir, 'manifest.json'), 'utf8')));
  const keys = Object.keys(manifest);
  const entries = keys.filter((key) => manifest[key]?.isEntry);
  const pages = keys.filter((key) => manifest[key]?.isDynamicEntry);
  const loads = pages.map(async (page) => ({ page, gzipBytes: await gzipSize(outDir, filesOf(manifest, [...entries, page])) }));
  return (await Promise.all(loads)).sort((a, b) => b.gzipBytes - a.gzipBytes);
}

function filesOf(manifest: Manifest, start: readonly string[]): ReadonlySet<string> {
  const files = new Set<string>();
  const waiting = [...start];
  const seen = new Set<string>();
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(key)) continue;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    waiting.push(...(chunk.imports ?? []));
  }
  return files;
}

async function gzipSize(outDir: string, files: ReadonlySet<string>): Promise<number> {
  const sizes = [...files].map(async (file) => (await gzipAsync(await readFile(join(outDir, file)), { level: 9 })).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const outDir = resolve(process.argv[2] ?? '.build/app');
  await buildApp(outDir);
  const loads = await measureFirstLoad(outDir);
  process.stdout.write(loads.map(({ page, gzipBytes }) => `${(gzipBytes / 1024).toFixed(1)} KB gzip  ${page}\n`).join(''));
}
