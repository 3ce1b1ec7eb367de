/**
 * Counts what a fold brought, in the fold's own transaction: as that deletes what it folded, each event is counted exactly once. After it
 * no report needs the raw events.
 */
import { createHash } from 'node:crypto';
import type { ClientSession, mongo } from 'mongoose';
import { eventProps } from '#contract/events.ts';
import { Session, type SessionDocument, type SessionMode } from '../sessions/session.ts';
import type { ToldOrder } from '../sessions/session-counts.ts';
import type { StoredEvent } from '../sessions/summarise-shapes.ts';
import { native } from '../store/native.ts';

/** One session that a fold touched; its row is there already. */
export interface FoldedSession {
  readonly workspaceId: string;
  readonly siteId: string;
  readonly sessionId: string;
  readonly visitorId: string;
  readonly contactId: string | null;
  readonly mode: SessionMode;
  readonly isNew: boolean;
  readonly device: string;
  readonly browser: string;
  readonly os: string;
  readonly channel: string;
  readonly startedAt: Date;
  readonly receivedAt: Date;
  /** Those that were not stored before. */
  readonly newEvents: readonly Pick<StoredEvent, 'eid' | 'type' | 'props'>[];
}

type Folded = Pick<FoldedSession, 'workspaceId' | 'sessionId' | 'newEvents'>;

/**
 * Only beside the session: whether it counts for its site is known when its visitor is, and the site's days are written in one lane, so
 * that replicas that fold visits of one site do not wait for each other.
 */
export async function countFolded(folded: readonly Folded[], transaction: ClientSession): Promise<void> {
  const operations = folded.filter(({ newEvents }) => newEvents.length > 0).map(toldOperation);
  if (operations.length > 0) await native<SessionDocument>(Session).bulkWrite(operations, { session: transaction, ordered: false });
}

function toldOperation({ workspaceId, sessionId, newEvents }: Folded): mongo.AnyBulkWriteOperation<SessionDocument> {
  const types = Map.groupBy(newEvents, ({ type }) => type);
  const events = [...types].map(([type, ofType]) => [`told.events.${type}`, ofType.length]);
  const orders = newEvents.flatMap(orderIn).slice(0, mostOrders);
  const update = { $inc: Object.fromEntries(events), ...(orders.length > 0 && { $set: Object.fromEntries(orders) }) };
  return { updateOne: { filter: { workspaceId, _id: sessionId }, update } };
}

/** Of one session in one fold: more is no person's shopping. */
const mostOrders = 50;
const mostMinor = 1e12;

function orderIn({ eid, type, props }: FoldedSession['newEvents'][number]): [string, ToldOrder][] {
  const purchase = type === 'purchase' ? eventProps.purchase.safeParse(props) : null;
  if (!purchase?.success) return [];
  const { orderId, valueMinor = 0, currency } = purchase.data;
  const known = currency !== undefined && /^[A-Za-z]{3}$/.test(currency) ? currency.toUpperCase() : null;
  // A page that is loaded again tells the same order again. An order without a number is told apart by its event.
  const digest = createHash('sha256').update(JSON.stringify(orderId === undefined ? { eid } : { orderId }));
  const minor = Math.min(mostMinor, Math.max(0, valueMinor));
  return [[`told.orders.${digest.digest('hex').slice(0, 32)}`, { minor, currency: known }]];
}
