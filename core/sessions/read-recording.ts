/** Streams a session's recording to the player as one JSON document, chunk by chunk: a long one never stands in memory whole. */
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import type { Platform } from '../platform.ts';
import { Site } from '../workspaces/site.ts';
import { openCleaner, type RecordingCleaner } from './clean-recording.ts';
import { openSheets, type SheetReader } from './put-back-sheets.ts';
import { RecordingChunk, type RecordingChunkDocument } from './recording-chunk.ts';
import { isLive, type SessionDocument } from './session.ts';

const unzstd = promisify(zstdDecompress);
const stored = z.array(z.unknown());

type ChunkKey = Pick<RecordingChunkDocument, '_id' | 'workspaceId'>;

/** `{ sessionId, startedAt, live, tabs: [{ tab, events }], missingChunks, marks, pages }`; offsets count from the first recorded event. */
export async function* readRecording(platform: Platform, session: SessionDocument): AsyncGenerator<string> {
  const { workspaceId, _id: sessionId } = session;
  const chunks = await RecordingChunk.find({ workspaceId, sessionId }, { body: 0 }).sort({ tab: 1, seq: 1 }).lean();
  const site = await Site.findOne({ workspaceId, _id: session.siteId }, { config: 1 }).lean();
  const tabs = Map.groupBy(chunks, (chunk) => chunk.tab);
  const startedAt = new Date(Math.min(...chunks.map((chunk) => chunk.firstAt.getTime()), session.lastEventAt.getTime()));
  yield `{"sessionId":${JSON.stringify(sessionId)},"startedAt":${JSON.stringify(startedAt)},"live":${isLive(session, platform.clock.now())},"tabs":[`;
  const sheets = openSheets({ workspaceId, siteId: session.siteId });
  let separator = '';
  for (const [tab, ofTab] of tabs) {
    yield `${separator}{"tab":${JSON.stringify(tab)},"events":[`;
    yield* readChunks(ofTab, openCleaner(site?.config.queryKeys, sheets.text), sheets);
    yield ']}';
    separator = ',';
  }
  if (sheets.missing() > 0) platform.log.info({ sessionId, sheets: sheets.missing() }, 'a recording names stylesheets that never arrived');
  yield `],"missingChunks":${countMissing([...tabs.values()])},${timelineOf(session, startedAt)}}`;
}

/** Cleaned once more, in order: only now is it known which node of an earlier chunk a later one changes. */
async function* readChunks(chunks: readonly ChunkKey[], cleaner: RecordingCleaner, sheets: SheetReader): AsyncGenerator<string> {
  let separator = '';
  for (const { _id, workspaceId } of chunks) {
    const chunk = await RecordingChunk.findOne({ workspaceId, _id }, { body: 1 }).lean();
    if (chunk === null) continue;
    const json = (await unzstd(bytesOf(chunk.body))).toString('utf8');
    await sheets.prepare(json);
    const events = JSON.stringify(cleaner.clean(stored.parse(JSON.parse(json)))).slice(1, -1);
    if (events === '') continue;
    yield separator + events;
    separator = ',';
  }
}

/** Lean reads give the driver's `Binary` where the schema says `Buffer`. */
function bytesOf(body: Uint8Array | { readonly buffer: Uint8Array }): Uint8Array {
  return body instanceof Uint8Array ? body : body.buffer;
}

/** Numbers that are missing between the first and the last of each tab. */
function countMissing(tabs: readonly (readonly Pick<RecordingChunkDocument, 'seq'>[])[]): number {
  return tabs.reduce((missing, chunks) => missing + (chunks.at(-1)?.seq ?? -1) + 1 - chunks.length, 0);
}

function timelineOf({ summary }: SessionDocument, startedAt: Date): string {
  const offsetMs = (at: Date) => Math.max(0, at.getTime() - startedAt.getTime());
  const marks = (summary?.marks ?? []).map(({ at, type, text }) => ({ offsetMs: offsetMs(at), type, text }));
  const pages = (summary?.pages ?? []).map(({ at, title, path }) => ({ offsetMs: offsetMs(at), title, path }));
  return `"marks":${JSON.stringify(marks)},"pages":${JSON.stringify(pages)}`;
}
