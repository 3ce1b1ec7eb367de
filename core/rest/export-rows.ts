/** The rows of an export, read from the database as they are wanted: never more than a batch of them stands in memory. */
import { Contact } from '../contacts/contact.ts';
import { contactName } from '../contacts/new-contact.ts';
import { readSessionEvents } from '../sessions/event-bucket.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { listIndexOf, type WantedSessions } from '../sessions/wanted-sessions.ts';
import { eachRow } from '../store/each-row.ts';

export type Row = Readonly<Record<string, string | number | boolean | null>>;

const batchSize = 200;

export async function* contactRows(workspaceId: string): AsyncGenerator<Row> {
  const contacts = Contact.find({ workspaceId }).sort({ 'intent.value': -1, _id: 1 }).lean().cursor({ batchSize });
  for await (const contact of eachRow(contacts)) {
    yield {
      id: contact._id,
      name: contactName(contact),
      email: contact.email,
      externalId: contact.externalId,
      company: contact.company,
      score: contact.intent.value,
      band: contact.intent.band,
      trend: contact.trend,
      sessions30d: contact.sessions30d,
      lastSeenAt: contact.lastSeenAt?.toISOString() ?? null,
      createdAt: contact.createdAt.toISOString(),
    };
  }
}

export async function* sessionRows(wanted: WantedSessions): AsyncGenerator<Row> {
  for await (const session of sessionsOf(wanted)) {
    yield {
      id: session._id,
      siteId: session.siteId,
      contactId: session.contactId,
      visitorId: session.visitorId,
      mode: session.mode,
      startedAt: session.startedAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      endedAt: session.endedAt?.toISOString() ?? null,
      activeMs: session.summary?.activeMs ?? 0,
      pageviews: session.summary?.pages.length ?? 0,
      device: session.device,
      browser: session.browser,
      os: session.os,
      channel: session.channel,
      intent: session.insight?.label ?? null,
      held: session.heldFor,
      hasRecording: session.hasRecording,
    };
  }
}

/** Of the sessions that are wanted, session by session; within one in order of time. `props` is JSON, so that a table has one column. */
export async function* eventRows(wanted: WantedSessions, now: Date): AsyncGenerator<Row> {
  for await (const session of sessionsOf(wanted)) {
    for (const event of await readSessionEvents({ workspaceId: session.workspaceId, sessionId: session._id, now })) {
      const { eid, sessionId, type, at, pageId, url, props } = event;
      yield { id: eid, sessionId, contactId: session.contactId, type, at: at.toISOString(), pageId, url, props: JSON.stringify(props) };
    }
  }
}

function sessionsOf(wanted: WantedSessions): AsyncIterable<SessionDocument> {
  const sessions = Session.find({ ...wanted })
    .sort({ startedAt: -1, _id: 1 })
    .hint(listIndexOf(wanted))
    .lean();
  return eachRow(sessions.cursor({ batchSize }));
}
