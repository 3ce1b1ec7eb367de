/** A session's recording as it came: its chunks in order, from the packed blob and from what is not packed yet. */
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import type { RecordedEvent } from '#contract/recording-events.ts';
import type { Platform } from '../platform.ts';
import { bytesOf } from '../store/bytes-of.ts';
import { unpackFrame, unpackText } from './pack-frame.ts';
import type { RecordingDocument, RecordingFrame } from './recording.ts';
import { RecordingChunk } from './recording-chunk.ts';
import { findDictionary } from './recording-dictionary.ts';

const unzstd = promisify(zstdDecompress);
const stored = z.array(z.unknown());

/** A chunk that is in no blob yet, without its body. */
export interface LooseChunk {
  readonly _id: string;
  readonly tab: string;
  readonly seq: number;
  readonly firstAt: Date;
}

export interface RecordingPiece {
  readonly seq: number;
  readonly events: readonly unknown[];
  /** Characters of its JSON. */
  readonly size: number;
}

export interface RecordingParts {
  readonly packed: RecordingDocument | null;
  /** Of numbers that the blob does not hold: a chunk that came again after it was packed is no news. */
  readonly loose: readonly LooseChunk[];
}

interface SessionKey {
  readonly workspaceId: string;
  readonly sessionId: string;
}

export async function looseChunks({ workspaceId, sessionId }: SessionKey, packed: RecordingDocument | null): Promise<LooseChunk[]> {
  const held = new Map((packed?.tabs ?? []).map(({ tab, seqs }) => [tab, new Set(seqs)]));
  const chunks = await RecordingChunk.find({ workspaceId, sessionId }, { tab: 1, seq: 1, firstAt: 1 }).sort({ tab: 1, seq: 1 }).lean();
  return chunks.filter(({ tab, seq }) => held.get(tab)?.has(seq) !== true);
}

/** Names of its tabs, in order. */
export function tabsOf({ packed, loose }: RecordingParts): string[] {
  return [...new Set([...(packed?.tabs ?? []), ...loose].map(({ tab }) => tab))].sort();
}

/** One frame or chunk at a time: a long recording never stands in memory whole. */
export async function* piecesOfTab(platform: Platform, owner: SessionKey, { parts, tab }: { parts: RecordingParts; tab: string }) {
  const loose = parts.loose.filter((chunk) => chunk.tab === tab);
  for await (const piece of packedPieces(platform, parts.packed, tab)) {
    while (loose[0] !== undefined && loose[0].seq < piece.seq) yield* loosePiece(owner, loose.shift());
    yield piece;
  }
  for (const chunk of loose) yield* loosePiece(owner, chunk);
}

async function* loosePiece({ workspaceId }: SessionKey, key: LooseChunk | undefined): AsyncGenerator<RecordingPiece> {
  const chunk = key === undefined ? null : await RecordingChunk.findOne({ workspaceId, _id: key._id }, { seq: 1, body: 1 }).lean();
  // It may have been packed or erased a moment ago.
  if (chunk === null) return;
  const json = (await unzstd(bytesOf(chunk.body))).toString('utf8');
  yield { seq: chunk.seq, events: stored.parse(JSON.parse(json)), size: json.length };
}

async function* packedPieces(platform: Platform, packed: RecordingDocument | null, tab: string): AsyncGenerator<RecordingPiece> {
  const place = packed?.tabs.findIndex((one) => one.tab === tab) ?? -1;
  const { seqs = [], counts = [] } = packed?.tabs[place] ?? {};
  let waiting: RecordedEvent[] = [];
  let next = 0;
  for (const frame of packed?.frames ?? []) {
    if (packed === null || frame.tab !== place) continue;
    waiting.push(...(await readFrame(platform, packed, frame)).slice(frame.lead));
    for (let count = counts[next]; count !== undefined && waiting.length >= count; count = counts[next]) {
      const events = waiting.slice(0, count);
      yield { seq: seqs[next] ?? next, events, size: JSON.stringify(events).length };
      waiting = waiting.slice(count);
      next += 1;
    }
  }
  // Chunks of which the cleaning left nothing.
  for (const seq of seqs.slice(next)) yield { seq, events: [], size: 2 };
}

async function readFrame(platform: Platform, packed: RecordingDocument, frame: RecordingFrame): Promise<RecordedEvent[]> {
  const { body, dictionary } = await packedFrame(platform, packed, frame);
  return unpackFrame(body, dictionary);
}

/** JSON of its events as distances: nothing is parsed for who only passes them on. */
export async function frameText(platform: Platform, packed: RecordingDocument, frame: RecordingFrame): Promise<string> {
  const { body, dictionary } = await packedFrame(platform, packed, frame);
  return unpackText(body, dictionary);
}

async function packedFrame(
  { store }: Platform,
  { workspaceId, blobKey, dictionaryId }: RecordingDocument,
  { offset, length }: RecordingFrame,
): Promise<{ body: Buffer; dictionary: Buffer | null }> {
  const [body, dictionary] = await Promise.all([
    store.blobs.get(blobKey, { offset, length }),
    dictionaryId === null ? null : findDictionary({ workspaceId, id: dictionaryId }),
  ]);
  return { body, dictionary: dictionary?.body ?? null };
}
