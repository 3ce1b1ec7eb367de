/** Cleans the pieces of a recording that came, and puts their moments right. */
import { createHash } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import type { SentChunk } from '#contract/events.ts';
import { cleanRecordingEvents } from '../sessions/clean-recording.ts';
import type { RecordingChunkDocument } from '../sessions/recording-chunk.ts';
import { correctMoment } from './correct-clock.ts';
import { leaksInChunk } from './find-leaks.ts';
import type { FoundLeak } from './leak.ts';

export interface ChunkPlace {
  readonly owner: Pick<RecordingChunkDocument, 'workspaceId' | 'sessionId' | 'tab' | 'receivedAt'>;
  readonly offsetMs: number;
  readonly queryKeys: readonly string[];
  /** Path of the page where a chunk does not say which it is. */
  readonly path: string;
}

export interface ReadChunks {
  readonly chunks: readonly RecordingChunkDocument[];
  readonly leaks: readonly FoundLeak[];
}

export function readChunks(sent: readonly SentChunk[], place: ChunkPlace): ReadChunks {
  const read = sent.map((chunk) => readChunk(chunk, place));
  return { chunks: read.map(({ chunk }) => chunk), leaks: read.flatMap(({ leaks }) => leaks) };
}

function readChunk(sent: SentChunk, { owner, offsetMs, queryKeys, path }: ChunkPlace) {
  const { events, caughtOn } = cleanRecordingEvents(sent.events, queryKeys);
  const cleaned = events.map((event) => ({
    ...event,
    timestamp: correctMoment(event.timestamp, offsetMs, owner.receivedAt).getTime(),
  }));
  const moments = cleaned.map((event) => event.timestamp);
  const chunk: RecordingChunkDocument = {
    ...owner,
    _id: `${owner.sessionId}:${owner.tab}:${sent.seq}`,
    seq: sent.seq,
    firstAt: new Date(Math.min(owner.receivedAt.getTime(), ...moments)),
    lastAt: new Date(Math.max(...(moments.length > 0 ? moments : [owner.receivedAt.getTime()]))),
    body: zstdCompressSync(JSON.stringify(cleaned)),
    sentHash: createHash('sha256').update(JSON.stringify(sent.events)).digest('base64url').slice(0, 22),
  };
  return { chunk, leaks: leaksInChunk(chunk._id, caughtOn, path) };
}
