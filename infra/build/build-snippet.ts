/**
 * Builds what a visitor's browser loads: `ll.js`, which every page loads; `ll-visit.js`, for visitors who are measured; `ll-shop.js`,
 * where the page shows signs of a shop or somebody enters a form; `ll-recorder.js`, for those who are recorded.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { minify } from 'terser';
import { inLoader, inVisitFile, shareModules } from './share-modules.ts';

/**
 * Names of properties that only our own files use, and that are never stored or sent: the same short names in all files of a build. Listed,
 * not guessed, because a name that a browser, rrweb or the core knows too must stay.
 */
const ownNames =
  /^(?:postToCore|readJson|mayCollect|rememberChoice|listenSince|isRecord|configName|loadScript|newId|noteFault|safely|scriptTag|eraseEverything|readVisitor|writeVisitor|siteKey|asksConsent|maskText|cleanUrl|hideEchoes|scrubText|scrubSecrets|rememberTyped|resnapshot|framesDropped|retryAfterMs|later|early|isOver|isAnnounced|classifyClick|cleanProps|moneyOf|numberOf|cleanText|inPast|onClick|onLeave|onPage|onTick|oneLine|hearAnnounced|ending|renewed|answered|flags|roots|isRewritten|rewrite|retake|waits|used|ready|calls|since|settings|ingest|pinned|snapshot|isPrivate|found|control|words|typed|wake|fault|soon|resume|pause|kindOfSite|scrubName|repeatsField|field)$/;

const source = fileURLToPath(new URL('../../ui-extensions/snippet/', import.meta.url));

export interface BuiltFile {
  readonly bytes: number;
  /** At quality 11. */
  readonly brotliBytes: number;
  /** For the `integrity` attribute of a script tag: `sha384-…`. */
  readonly integrity: string;
  /** The shorter hash by which our other files name it: `sha256-…`. */
  readonly pin: string;
}

export interface BuiltSnippet {
  readonly loader: BuiltFile;
  readonly visit: BuiltFile;
  readonly shop: BuiltFile;
  readonly recorder: BuiltFile;
  /** Of what a recorded visitor loads of a page that shows no shop and where no form is entered: all but `shop`. */
  readonly brotliBytes: number;
}

/** Writes the files into `outDir`, and their hashes into `ll-integrity.json`. Those come first whose hashes others hold. */
export async function buildSnippet(outDir: string): Promise<BuiltSnippet> {
  const names = {};
  const recorder = await bundle({ entry: 'recorder.ts', names, inline: 1 });
  const shop = await bundle({ entry: 'shop.ts', plugins: [shareModules(inVisitFile)], names });
  const visit = await bundle({
    entry: 'visit.ts',
    plugins: [shareModules(inLoader)],
    names,
    define: { RECORDER_INTEGRITY: JSON.stringify(pinOf(recorder)), SHOP_INTEGRITY: JSON.stringify(pinOf(shop)) },
  });
  const loader = await bundle({ entry: 'loader.ts', names, define: { VISIT_INTEGRITY: JSON.stringify(pinOf(visit)) } });
  await mkdir(outDir, { recursive: true });
  const write = async (name: string, text: string) => {
    await writeFile(join(outDir, name), text);
    return { bytes: Buffer.byteLength(text), brotliBytes: brotliBytes(text), integrity: integrityOf(text), pin: pinOf(text) };
  };
  const built = {
    loader: await write('ll.js', loader),
    visit: await write('ll-visit.js', visit),
    shop: await write('ll-shop.js', shop),
    recorder: await write('ll-recorder.js', recorder),
  };
  const hashes = {
    'll.js': built.loader.integrity,
    'll-visit.js': built.visit.integrity,
    'll-shop.js': built.shop.integrity,
    'll-recorder.js': built.recorder.integrity,
  };
  await writeFile(join(outDir, 'll-integrity.json'), `${JSON.stringify(hashes, null, 2)}\n`);
  return { ...built, brotliBytes: built.loader.brotliBytes + built.visit.brotliBytes + built.recorder.brotliBytes };
}

interface Bundle {
  readonly entry: string;
  readonly plugins?: Plugin[];
  readonly define?: Record<string, string>;
  /** The short names of properties, as far as they are chosen. */
  readonly names: object;
  /** Which functions terser puts where they are called (its own levels): what is shorter depends on the file. */
  readonly inline?: 1 | 3;
}

/** esbuild puts the modules together and drops what nobody uses; terser writes the result as short as it can be. */
async function bundle({ entry, plugins = [], define = {}, names, inline = 3 }: Bundle): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(source, entry)],
    bundle: true,
    write: false,
    minifySyntax: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    define,
    plugins,
    // Class fields as plain assignments: nothing here depends on how they are defined, and it is shorter.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, target: 'es2022' } },
  });
  const { code = '' } = await minify(`(()=>{${outputFiles[0]?.text ?? ''}})()`, {
    ecma: 2020,
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true, keep_fargs: false, hoist_props: true, unsafe: true, sequences: false, inline },
    mangle: { toplevel: true, properties: { regex: ownNames } },
    nameCache: names,
    format: { comments: /^!/ },
  });
  return code;
}

function integrityOf(text: string): string {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}

function pinOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function brotliBytes(text: string): number {
  const bytes = Buffer.from(text);
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
    .length;
}
