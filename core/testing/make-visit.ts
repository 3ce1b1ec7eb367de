/** A visit as the browser told it: its session and its events, not looked at yet. */
import { createHash } from 'node:crypto';
import type { ContactDocument } from '../contacts/contact.ts';
import type { Platform } from '../platform.ts';
import { bucketId, deleteSessionEvents, EventBucket } from '../sessions/event-bucket.ts';
import { type OfSession, packPart, toRow } from '../sessions/pack-events.ts';
import type { SessionDocument } from '../sessions/session.ts';
import { type ExamplePage, exampleVisit } from '../sessions/summarise-example.ts';
import type { StoredEvent } from '../sessions/summarise-shapes.ts';
import { makeSession } from './factories.ts';

export interface VisitFields extends Partial<SessionDocument> {
  readonly pages: readonly ExamplePage[];
}

export async function makeVisit(platform: Platform, contact: ContactDocument, { pages, ...fields }: VisitFields): Promise<SessionDocument> {
  const { workspaceId, _id: contactId } = contact;
  const startedAt = fields.startedAt ?? platform.clock.now();
  const { lastEventAt } = exampleVisit(startedAt, pages).times;
  const session = await makeSession(platform, { workspaceId, contactId, startedAt, lastEventAt, lastSeenAt: lastEventAt, ...fields });
  await tellPages(session, pages);
  return session;
}

/** What the visit told before is told anew. */
export async function tellPages({ workspaceId, _id: sessionId, startedAt }: SessionDocument, pages: readonly ExamplePage[]): Promise<void> {
  const { events, times } = exampleVisit(startedAt, pages);
  await deleteSessionEvents({ workspaceId, sessionId });
  await storeEvents({ workspaceId, sessionId }, { events, receivedAt: times.lastEventAt });
}

/** Raw events as the fold leaves them. */
export async function storeEvents(session: OfSession, { events, receivedAt }: { events: readonly StoredEvent[]; receivedAt: Date }) {
  const rows = events.map((event) =>
    toRow({ ...event, eid: uuidOf(event.eid), pageId: uuidOf(event.pageId), props: { ...event.props }, receivedAt }),
  );
  const expireAt = new Date(receivedAt.getTime() + 30 * 24 * 3_600_000);
  const _id = bucketId(session.sessionId, 0);
  await EventBucket.create([{ _id, ...session, count: rows.length, parts: [packPart(rows)], eids: null, body: null, expireAt }]);
}

/** Examples name events and pages by words. */
function uuidOf(word: string): string {
  const hex = createHash('sha256').update(word).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
