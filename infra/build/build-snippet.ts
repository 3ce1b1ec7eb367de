/** Builds what a visitor's browser loads: `ll.js` and, for visitors who are recorded, `ll-recorder.js`. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { slimRrweb } from '../../ui-extensions/snippet/build/slim-rrweb.ts';

const source = fileURLToPath(new URL('../../ui-extensions/snippet/', import.meta.url));

export interface BuiltSnippet {
  readonly loaderBytes: number;
  readonly recorderBytes: number;
  readonly loaderBrotliBytes: number;
  readonly recorderBrotliBytes: number;
  /** For the `integrity` attribute of a script tag: `sha384-…`. */
  readonly loaderIntegrity: string;
  readonly recorderIntegrity: string;
}

/** Writes both files into `outDir`. The recorder is first: the loader knows its hash. */
export async function buildSnippet(outDir: string): Promise<BuiltSnippet> {
  const recorder = `/*! Records with rrweb (MIT), https://github.com/rrweb-io/rrweb */\n${await bundle('recorder.ts', {})}`;
  const recorderIntegrity = integrityOf(recorder);
  const loader = await bundle('loader.ts', { RECORDER_INTEGRITY: JSON.stringify(recorderIntegrity) });
  await mkdir(outDir, { recursive: true });
  await writeFile(join(outDir, 'll.js'), loader);
  await writeFile(join(outDir, 'll-recorder.js'), recorder);
  return {
    loaderBytes: Buffer.byteLength(loader),
    recorderBytes: Buffer.byteLength(recorder),
    loaderBrotliBytes: brotliBytes(loader),
    recorderBrotliBytes: brotliBytes(recorder),
    loaderIntegrity: integrityOf(loader),
    recorderIntegrity,
  };
}

async function bundle(entry: string, define: Record<string, string>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(source, entry)],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    define,
    plugins: [slimmer],
    // Class fields as plain assignments: nothing here depends on how they are defined, and it is shorter.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, target: 'es2020' } },
  });
  return outputFiles[0]?.text ?? '';
}

const slimmer: Plugin = {
  name: 'slim-rrweb',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]rrweb[\\/]dist[\\/]rrweb\.js$/ }, async ({ path }) => ({
      contents: slimRrweb(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

function integrityOf(text: string): string {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}

function brotliBytes(text: string): number {
  const bytes = Buffer.from(text);
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
    .length;
}
