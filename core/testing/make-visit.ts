/** A visit as the browser told it: its session and its events, not looked at yet. */
import type { ContactDocument } from '../contacts/contact.ts';
import type { Platform } from '../platform.ts';
import { Event } from '../sessions/event.ts';
import type { SessionDocument } from '../sessions/session.ts';
import { type ExamplePage, exampleVisit } from '../sessions/summarise-example.ts';
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
  const common = { workspaceId, sessionId, receivedAt: times.lastEventAt };
  await Event.deleteMany({ workspaceId, sessionId });
  await Event.insertMany(events.map((event) => ({ ...event, ...common, _id: `${sessionId}:${event.eid}` })));
}
