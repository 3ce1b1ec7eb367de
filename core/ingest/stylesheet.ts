/** A site's stylesheets by the hash of their text: sent once by whoever comes first, and put back into every recording that names them. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompressSync, zstdDecompress } from 'node:zlib';
import { type ClientSession, Schema } from 'mongoose';
import type { SentSheet } from '#contract/events.ts';
import { cleanCss } from '#contract/recording-css.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import { leaksIn } from './find-leaks.ts';
import type { FoundLeak } from './leak.ts';
import type { BadEvent } from './read-events.ts';
import { addCaught, scrubText } from './scrub-text.ts';

export interface StylesheetDocument extends Owned {
  siteId: string;
  /** SHA-256 of the text as it was sent. */
  hash: string;
  /** The cleaned text, zstd. */
  body: Buffer;
  receivedAt: Date;
}

const schema = new Schema<StylesheetDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    hash: { type: String, required: true },
    body: { type: Buffer, required: true },
    receivedAt: { type: Date, required: true },
  },
  ownedOptions('stylesheets'),
);
schema.index({ workspaceId: 1, siteId: 1 });

export const Stylesheet = defineModel<StylesheetDocument>('Stylesheet', schema);

const wantedAtOnce = 20;
/** A stranger who sends made-up sheets fills this and no more; the site's own are there by then. */
const maxPerSite = 5_000;
const maxRemembered = 50_000;

/** Ids known to be stored. Rows are never changed, so what is remembered stays true. */
const remembered = new Set<string>();

interface SiteKey {
  readonly workspaceId: string;
  readonly siteId: string;
}

export interface ReadSheets {
  readonly sheets: readonly StylesheetDocument[];
  readonly leaks: readonly FoundLeak[];
  readonly bad: readonly BadEvent[];
}

interface SheetPlace extends SiteKey {
  readonly receivedAt: Date;
  /** Of the page that sent it. */
  readonly path: string;
}

/** The texts that came, checked against their hashes and cleaned. */
export function readSheets(sent: readonly SentSheet[], { path, ...owner }: SheetPlace): ReadSheets {
  const sheets = new Map<string, StylesheetDocument>();
  const [bad, leaks]: [BadEvent[], FoundLeak[]] = [[], []];
  for (const { hash, css } of sent) {
    const _id = sheetId(owner.siteId, hash);
    if (css === undefined || remembered.has(_id) || sheets.has(_id)) continue;
    if (createHash('sha256').update(css).digest('hex') !== hash) bad.push({ reason: `sheets: the text is not the one of ${hash}` });
    else {
      const { text, counts } = cleanSheet(css);
      leaks.push(...leaksIn(counts, { recordId: _id, path, where: 'recording' }));
      sheets.set(_id, { ...owner, _id, hash, body: zstdCompressSync(text) });
    }
  }
  return { sheets: [...sheets.values()], leaks, bad };
}

function cleanSheet(css: string): { text: string; counts: ReadonlyMap<string, number> } {
  const counts = new Map<string, number>();
  const scrub = (text: string) => {
    const scrubbed = scrubText(text);
    addCaught(counts, scrubbed.caught);
    return scrubbed.text;
  };
  return { text: cleanCss(css, scrub) ?? '', counts };
}

/** Which of the announced sheets somebody still has to send: at most 20. Ask once the batch that may have brought some is written. */
export async function wantedSheets(sent: readonly SentSheet[], { workspaceId, siteId }: SiteKey): Promise<string[]> {
  const asked = sent.filter(({ hash, css }) => css === undefined && !remembered.has(sheetId(siteId, hash)));
  if (asked.length === 0) return [];
  const ids = asked.map(({ hash }) => sheetId(siteId, hash));
  const stored = await Stylesheet.find({ workspaceId, _id: { $in: ids } }, { _id: 1 }).lean();
  remember(stored.map(({ _id }) => _id));
  const missing = new Set(asked.map(({ hash }) => hash).filter((hash) => !remembered.has(sheetId(siteId, hash))));
  if (missing.size === 0 || (await isFull(workspaceId, siteId))) return [];
  return [...missing].slice(0, wantedAtOnce);
}

async function isFull(workspaceId: string, siteId: string, session: ClientSession | null = null): Promise<boolean> {
  return (await Stylesheet.countDocuments({ workspaceId, siteId }, { limit: maxPerSite, ...(session && { session }) })) >= maxPerSite;
}

/** @returns the ids of those that were new. */
export async function writeSheets(sheets: readonly StylesheetDocument[], session: ClientSession): Promise<string[]> {
  const fitting = await withRoom(sheets, session);
  if (fitting.length === 0) return [];
  const written = await Stylesheet.bulkWrite(
    fitting.map(({ _id, workspaceId, ...fields }) => ({
      updateOne: { filter: { workspaceId, _id }, update: { $setOnInsert: fields }, upsert: true },
    })),
    { session, ordered: false },
  );
  return Object.values(written.upsertedIds).map(String);
}

/** Also who was not asked may send. */
async function withRoom(sheets: readonly StylesheetDocument[], session: ClientSession): Promise<StylesheetDocument[]> {
  const fitting: StylesheetDocument[] = [];
  for (const [siteId, ofSite] of Map.groupBy(sheets, (sheet) => sheet.siteId)) {
    if (!(await isFull(ofSite[0]?.workspaceId ?? '', siteId, session))) fitting.push(...ofSite);
  }
  return fitting;
}

function remember(ids: readonly string[]): void {
  if (remembered.size > maxRemembered) remembered.clear();
  for (const id of ids) remembered.add(id);
}

function sheetId(siteId: string, hash: string): string {
  return `${siteId}:${hash}`;
}

const unzstd = promisify(zstdDecompress);

/** Hash → text, of those that are stored. */
export async function findSheets(hashes: readonly string[], { workspaceId, siteId }: SiteKey): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (hashes.length === 0) return texts;
  const ids = hashes.map((hash) => sheetId(siteId, hash));
  for await (const { hash, body } of Stylesheet.find({ workspaceId, _id: { $in: ids } }, { hash: 1, body: 1 })
    .lean()
    .cursor()) {
    texts.set(hash, (await unzstd(bytesOf(body))).toString('utf8'));
  }
  return texts;
}

/** Lean reads give the driver's `Binary` where the schema says `Buffer`. */
function bytesOf(body: Uint8Array | { readonly buffer: Uint8Array }): Uint8Array {
  return body instanceof Uint8Array ? body : body.buffer;
}
