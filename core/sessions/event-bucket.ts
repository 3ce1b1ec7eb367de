/**
 * The raw events of sessions, about fifty to a row. Only the fold writes them; everybody else reads them here. They live as long as the
 * workspace keeps raw events, 30 days by default; no list and no report needs them.
 */
import { type ClientSession, type mongo, Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import type { EventDocument } from './event.ts';
import { type EventRow, type OfSession, packEids, packRows, toEvent, unpackPart, unpackRows } from './pack-events.ts';
import type { StoredEvents } from './session.ts';

type Bytes = Uint8Array | mongo.Binary;

/** What one fold appended: see `packPart`. */
export interface EventPart {
  eids: Bytes;
  rows: string;
}

export interface EventBucketDocument extends Owned {
  sessionId: string;
  /** Events in it. */
  count: number;
  /** While events may still be appended. */
  parts: EventPart[];
  /** Once packed: see `pack-events.ts`. */
  eids: Bytes | null;
  body: Bytes | null;
  /** What is older is gone for every reader, also before MongoDB has deleted it. */
  expireAt: Date;
}

const schema = new Schema<EventBucketDocument>(
  {
    ...ownedFields,
    sessionId: { type: String, required: true },
    count: { type: Number, required: true },
    parts: { type: [new Schema({ eids: Buffer, rows: String }, { _id: false })], required: true },
    eids: { type: Buffer, default: null },
    body: { type: Buffer, default: null },
    expireAt: { type: Date, required: true },
  },
  {
    ...ownedOptions('eventBuckets'),
    // Not clustered by id: of such a collection MongoDB reads everything to find a list of ids.
    collectionOptions: { storageEngine: { wiredTiger: { configString: 'block_compressor=zstd' } } },
  },
);
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

export const EventBucket = defineModel<EventBucketDocument>('EventBucket', schema);

/** Events in a full bucket. */
export const bucketSize = 50;

/** The `number`-th bucket of a session, from 0. */
export function bucketId(sessionId: string, number: number): string {
  return `${sessionId}:${String(number).padStart(5, '0')}`;
}

/** Where the next events of a session go, or went last. */
export function lastBucket({ sessionId, stored }: { readonly sessionId: string; readonly stored: StoredEvents }): string {
  return bucketId(sessionId, Math.max(0, stored.buckets - 1));
}

/** A session's buckets, by their place: `:` and what follows it. */
export function bucketsOf({ workspaceId, sessionId }: OfSession) {
  return { workspaceId, _id: { $gte: `${sessionId}:`, $lt: `${sessionId};` } };
}

export interface WantedEvents extends OfSession {
  /** Raw events that expired by then are not there. Default: those that MongoDB has deleted. */
  readonly now?: Date;
  readonly transaction?: ClientSession;
}

/** In order of `at`; empty once they have expired. */
export async function readSessionEvents({ now, transaction, ...session }: WantedEvents): Promise<EventDocument[]> {
  const { workspaceId, sessionId } = session;
  const living = { ...bucketsOf(session), ...(now !== undefined && { expireAt: { $gt: now } }) };
  const buckets = await EventBucket.find(living, null, { ...(transaction && { session: transaction }) }).lean<EventBucketDocument[]>();
  return buckets
    .flatMap(rowsIn)
    .map((row) => toEvent(row, { workspaceId, sessionId }))
    .sort((one, other) => one.at.getTime() - other.at.getTime() || (one.eid < other.eid ? -1 : 1));
}

export async function deleteSessionEvents(session: OfSession, transaction?: ClientSession): Promise<void> {
  await EventBucket.deleteMany(bucketsOf(session), { ...(transaction && { session: transaction }) });
}

/** Of a session that is over: what was appended as it came is packed. Safe to repeat; more may be appended afterwards. */
export async function packLastBucket(
  { workspaceId, sessionId, stored }: OfSession & { readonly stored: StoredEvents },
  session: ClientSession,
) {
  const _id = lastBucket({ sessionId, stored });
  const bucket = await EventBucket.findOne({ workspaceId, _id }).session(session).lean<EventBucketDocument>();
  if (bucket === null || bucket.parts.length === 0) return;
  const rows = rowsIn(bucket);
  const packed = { parts: [], eids: packEids(rows.map(([eid]) => eid)), body: packRows(rows) };
  await EventBucket.updateOne({ workspaceId, _id }, { $set: packed }, { session });
}

export function rowsIn({ eids, body, parts }: Pick<EventBucketDocument, 'eids' | 'body' | 'parts'>): EventRow[] {
  const packed = eids === null || body === null ? [] : unpackRows(bytesOf(body), bytesOf(eids));
  return [...packed, ...parts.flatMap((part) => unpackPart(bytesOf(part.eids), part.rows))];
}

/** Reads give the driver's `Binary`. */
export function bytesOf(bytes: Bytes): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : bytes.buffer;
}
