/**
 * Adds a fold's events to their sessions' buckets. An event that is there already is no event. They are appended as they come; a bucket
 * that is full is packed.
 */
import type { ClientSession, mongo } from 'mongoose';
import { bucketId, bucketSize, bytesOf, EventBucket, type EventBucketDocument, lastBucket, rowsIn } from '../sessions/event-bucket.ts';
import { type EventRow, packEids, packPart, packRows, unpackEids } from '../sessions/pack-events.ts';
import type { StoredEvents } from '../sessions/session.ts';
import { native } from '../store/native.ts';

/** Of one session: what came, each `eid` once. */
export interface ComingEvents {
  readonly workspaceId: string;
  readonly sessionId: string;
  readonly stored: StoredEvents;
  readonly rows: readonly EventRow[];
  /** How long this workspace keeps raw events. */
  readonly keptMs: number;
}

export interface AddedEvents {
  readonly sessionId: string;
  /** Those that were not there. */
  readonly rows: readonly EventRow[];
  readonly stored: StoredEvents;
}

type Operation = mongo.AnyBulkWriteOperation<EventBucketDocument>;

const nowhere: StoredEvents = { buckets: 0, inLast: 0 };

/** @returns for each of `coming`, in their order. */
export async function addEvents(coming: readonly ComingEvents[], session: ClientSession): Promise<AddedEvents[]> {
  const known = await knownEids(coming, session);
  const fresh = coming.map((one) => ({ ...one, rows: one.rows.filter(([eid]) => !known.has(`${one.sessionId}:${eid}`)) }));
  const open = await readFull(fresh, session);
  const operations: Operation[] = [];
  const added = fresh.map((one) => {
    const { sessionId, rows } = one;
    if (rows.length === 0) return { sessionId, rows, stored: one.stored };
    const planned = planBuckets(one, open.get(lastBucket(one)) ?? null);
    operations.push(...planned.operations);
    return { sessionId, rows, stored: planned.stored };
  });
  if (operations.length > 0) await native(EventBucket).bulkWrite(operations, { session, ordered: false });
  return added;
}

/** `session:eid` of everything that these sessions have. */
async function knownEids(coming: readonly ComingEvents[], session: ClientSession): Promise<Set<string>> {
  const old = coming.filter(({ stored, rows }) => stored.buckets > 0 && rows.length > 0);
  const known = new Set<string>();
  if (old.length === 0) return known;
  const ids = old.flatMap(({ sessionId, stored }) => Array.from({ length: stored.buckets }, (_, nth) => bucketId(sessionId, nth)));
  const workspaces = [...new Set(old.map(({ workspaceId }) => workspaceId))];
  const projection = { sessionId: 1, eids: 1, 'parts.eids': 1 };
  for await (const bucket of native(EventBucket).find({ workspaceId: { $in: workspaces }, _id: { $in: ids } }, { projection, session })) {
    const packed = bucket.eids === null ? [] : [bucket.eids];
    for (const eids of [...packed, ...bucket.parts.map((part) => part.eids)]) {
      for (const eid of unpackEids(bytesOf(eids))) known.add(`${bucket.sessionId}:${eid}`);
    }
  }
  return known;
}

/** The last buckets that become full now: what is in them is packed together with what came. */
async function readFull(coming: readonly ComingEvents[], session: ClientSession): Promise<Map<string, EventBucketDocument>> {
  const full = coming.filter(
    ({ stored, rows }) => stored.buckets > 0 && stored.inLast < bucketSize && stored.inLast + rows.length >= bucketSize,
  );
  if (full.length === 0) return new Map();
  const workspaces = [...new Set(full.map(({ workspaceId }) => workspaceId))];
  const found = await native(EventBucket)
    .find({ workspaceId: { $in: workspaces }, _id: { $in: full.map(lastBucket) } }, { session })
    .toArray();
  return new Map(found.map((bucket) => [bucket._id, bucket]));
}

/** Pure. @param open the last bucket, where it becomes full. */
function planBuckets(coming: ComingEvents, open: EventBucketDocument | null): { operations: Operation[]; stored: StoredEvents } {
  const { stored, rows } = coming;
  const hasRoom = stored.buckets > 0 && stored.inLast < bucketSize;
  if (hasRoom && stored.inLast + rows.length < bucketSize) {
    return { operations: [append(coming, lastBucket(coming), rows)], stored: { ...stored, inLast: stored.inLast + rows.length } };
  }
  const all = [...(open === null ? [] : rowsIn(open)), ...rows];
  const first = hasRoom ? stored.buckets - 1 : stored.buckets;
  const operations: Operation[] = [];
  let place: StoredEvents = hasRoom ? { ...stored, buckets: first } : { ...nowhere, buckets: first };
  for (let start = 0; start < all.length; start += bucketSize) {
    const some = all.slice(start, start + bucketSize);
    const _id = bucketId(coming.sessionId, place.buckets);
    operations.push(
      some.length === bucketSize ? replace(coming, _id, { rows: some, open: start === 0 ? open : null }) : append(coming, _id, some),
    );
    place = { buckets: place.buckets + 1, inLast: some.length };
  }
  return { operations, stored: place };
}

function append({ workspaceId, sessionId, keptMs }: ComingEvents, _id: string, rows: readonly EventRow[]): Operation {
  const begun = { sessionId, eids: null, body: null, expireAt: expiryOf(rows, keptMs) };
  return {
    updateOne: {
      filter: { workspaceId, _id },
      update: { $push: { parts: packPart(rows) }, $inc: { count: rows.length }, $setOnInsert: begun },
      upsert: true,
    },
  };
}

interface FullBucket {
  readonly rows: readonly EventRow[];
  /** As it was before. */
  readonly open: EventBucketDocument | null;
}

function replace({ workspaceId, sessionId, keptMs }: ComingEvents, _id: string, { rows, open }: FullBucket): Operation {
  const eids = packEids(rows.map(([eid]) => eid));
  const packed = { count: rows.length, parts: [], eids, body: packRows(rows), expireAt: open?.expireAt ?? expiryOf(rows, keptMs) };
  return { updateOne: { filter: { workspaceId, _id }, update: { $set: { sessionId, ...packed } }, upsert: true } };
}

/** From the first of them on: nothing is kept longer than the workspace says. */
function expiryOf(rows: readonly EventRow[], keptMs: number): Date {
  return new Date(Math.min(...rows.map((row) => row[6])) + keptMs);
}
