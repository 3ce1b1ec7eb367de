/** The change stream that live views read: what came in, what became of sessions, and who may no longer look. */
import mongoose, { type mongo } from 'mongoose';
import type { Platform } from '../platform.ts';
import type { Position } from './position.ts';

export type Change = { readonly position: Position } & (
  | { readonly of: 'arrivals'; readonly row: unknown }
  /** Of a session that is there or was erased; of a member or a sign-in that may be gone. */
  | { readonly of: 'sessions' | 'members' | 'signIns'; readonly id: string }
);

const { Timestamp } = mongoose.mongo;

/** One stream for all, so that one position says it all. The stages must stay alike on all replicas: positions count what they let through. */
const stages = [
  { $match: { 'ns.coll': { $in: ['arrivals', 'sessions', 'members', 'signIns'] } } },
  { $match: { $or: [{ 'ns.coll': 'arrivals', operationType: 'insert' }, { 'ns.coll': { $ne: 'arrivals' } }] } },
  // Rows of other collections are read when somebody looks: a change of a session would carry all of its summary.
  {
    $project: {
      operationType: 1,
      ns: 1,
      clusterTime: 1,
      documentKey: 1,
      fullDocument: { $cond: [{ $eq: ['$ns.coll', 'arrivals'] }, '$fullDocument', null] },
    },
  },
];

/** How long the database lets a stream wait for the next change before it answers that there is none. */
const awaitMs = 1000;

export interface Watching {
  /** Also called when there was no change for a while: then with none. Ends with `stop`. */
  read(take: (change: Change | null) => Promise<boolean> | boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Everything behind `since`. What was told of its moment before is left out by number. */
export function watchChanges(platform: Platform, since: Position, maxAwaitTimeMS = awaitMs): Watching {
  const startAtOperationTime = new Timestamp({ t: since.t, i: since.i });
  const stream = database(platform).watch<mongo.Document>(stages, { startAtOperationTime, maxAwaitTimeMS, batchSize: 1000 });
  let last: Position = { t: since.t, i: since.i, n: -1 };
  return {
    async read(take) {
      while (!stream.closed) {
        const raw: unknown = await stream.tryNext();
        if (raw === null) {
          if (!(await take(null))) return;
          continue;
        }
        last = next(last, raw);
        const change = read(raw, last);
        if (change !== null && isBehind(last, since) && !(await take(change))) return;
      }
    },
    stop: () => stream.close(),
  };
}

/** The cluster's time: every change before it is told by a stream that begins here, or was told before. */
export async function positionNow(platform: Platform): Promise<Position> {
  const answer = await database(platform).command({ ping: 1 });
  const { operationTime } = answer;
  if (!(operationTime instanceof Timestamp)) throw new Error('live views need a replica set: the database tells no operation time');
  return { t: operationTime.getHighBits() >>> 0, i: operationTime.getLowBits() >>> 0, n: -1 };
}

/** Codes of MongoDB for a position that the oplog no longer holds. */
const historyLost = [136, 280, 286];

export function isTooOld(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && historyLost.some((code) => error.code === code);
}

function database({ store }: Platform): mongo.Db {
  const { db } = store.connection;
  if (db === undefined) throw new Error('the database is not connected');
  return db;
}

function next(last: Position, raw: unknown): Position {
  const time = typeof raw === 'object' && raw !== null && 'clusterTime' in raw ? raw.clusterTime : null;
  if (!(time instanceof Timestamp)) return { ...last, n: last.n + 1 };
  const [t, i] = [time.getHighBits() >>> 0, time.getLowBits() >>> 0];
  return { t, i, n: t === last.t && i === last.i ? last.n + 1 : 0 };
}

function isBehind(position: Position, since: Position): boolean {
  return position.t !== since.t || position.i !== since.i || position.n > since.n;
}

function read(raw: unknown, position: Position): Change | null {
  if (!hasPlace(raw)) return null;
  const of = String(raw.ns.coll);
  if (of === 'arrivals') return { position, of, row: raw.fullDocument };
  if (of === 'sessions' || of === 'members' || of === 'signIns') return { position, of, id: String(raw.documentKey._id) };
  return null;
}

interface Placed {
  readonly ns: { readonly coll: unknown };
  readonly documentKey: { readonly _id: unknown };
  readonly fullDocument: unknown;
}

function hasPlace(raw: unknown): raw is Placed {
  return typeof raw === 'object' && raw !== null && 'ns' in raw && 'documentKey' in raw;
}
