/**
 * The write-ahead log of ingest: what was acknowledged and not folded yet. One row is one batch. A row is written once and deleted by the
 * fold that takes it in, within a moment; live feeds read the inserts.
 */
import { randomBytes } from 'node:crypto';
import { Schema } from 'mongoose';
import type { Standing } from '../contacts/visitor.ts';
import type { EventDocument } from '../sessions/event.ts';
import { type EventRow, toEvent } from '../sessions/pack-events.ts';
import type { SessionDocument, SessionMode } from '../sessions/session.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import type { FaultDocument } from './fault.ts';
import type { FoundLeak } from './leak.ts';
import type { BadEvent } from './read-events.ts';

/** Part of a session that the batch tells of. */
export type ToldSession = Pick<SessionDocument, 'context' | 'device' | 'browser' | 'os' | 'channel' | 'place'>;

export interface ArrivalBody {
  /** The visitor as the batch left it. */
  readonly visitorVersion: number;
  readonly standing: Standing;
  readonly linkId: string | null;
  readonly cameBy: SessionDocument['cameBy'];
  readonly siteIsNew: boolean;
  /** First and last moment that the batch tells of, milliseconds on the corrected clock. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly evidence: string | null;
  readonly automated: boolean;
  readonly session: ToldSession;
  readonly events: readonly EventRow[];
  /** Recording chunks that came, and those of them that were not there before: they lie in `recordingChunks`. */
  readonly chunkIds: readonly string[];
  readonly newRecordIds: readonly string[];
  readonly leaks: readonly FoundLeak[];
  readonly faults: readonly Pick<FaultDocument, '_id' | 'where' | 'message' | 'browser'>[];
  readonly bad: readonly BadEvent[];
  readonly left: boolean;
}

export interface ArrivalDocument extends Owned {
  siteId: string;
  sessionId: string;
  visitorId: string;
  contactId: string | null;
  mode: SessionMode;
  receivedAt: Date;
  /** JSON of `ArrivalBody`. */
  body: string;
}

const schema = new Schema<ArrivalDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    sessionId: { type: String, required: true },
    visitorId: { type: String, required: true },
    contactId: { type: String, default: null },
    mode: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    body: { type: String, required: true },
  },
  {
    ...ownedOptions('arrivals'),
    // In the order in which they came, with no index beside.
    collectionOptions: { clusteredIndex: { key: { _id: 1 }, unique: true } },
  },
);

export const ArrivalRow = defineModel<ArrivalDocument>('Arrival', schema);

/** As the fold works with it: the body read. */
export interface Arrival extends Omit<ArrivalDocument, 'body'> {
  readonly body: ArrivalBody;
}

export function packArrival({ body, ...row }: Arrival): ArrivalDocument {
  return { ...row, body: JSON.stringify(body) };
}

export function readArrival({ body, ...row }: ArrivalDocument): Arrival {
  const parsed: ArrivalBody = JSON.parse(body);
  return { ...row, body: parsed };
}

/** The events of a row, as its session will have them. */
export function eventsOf(arrival: Arrival): EventDocument[] {
  return arrival.body.events.map((row) => toEvent(row, arrival));
}

/** These rows. The bounds are for MongoDB, which finds a list of ids in this collection by reading everything between them. */
export function among(ids: readonly string[]) {
  const sorted = ids.toSorted();
  return { $in: [...ids], $gte: sorted[0] ?? '', $lte: sorted.at(-1) ?? '' };
}

const replica = randomBytes(4).toString('hex');
let count = 0;

/** Ids grow with the time, on every replica. */
export function newArrivalId(receivedAt: Date): string {
  count += 1;
  return `${timePart(receivedAt)}${replica}${count.toString(36)}`;
}

/** Every id of what came before this moment is smaller. */
export function timePart(moment: Date): string {
  return moment.getTime().toString(36).padStart(9, '0');
}
