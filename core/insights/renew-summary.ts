/** Makes a session's summary anew from its raw events, as long as all of them are there: what has expired is never forgotten by it. */
import { readSessionEvents } from '../sessions/event-bucket.ts';
import type { SessionDocument } from '../sessions/session.ts';
import { summariseSession } from '../sessions/summarise-session.ts';
import type { SessionSummary } from '../sessions/summarise-shapes.ts';

export async function renewSummary(session: SessionDocument, now: Date): Promise<SessionSummary> {
  const { workspaceId, _id: sessionId, summary } = session;
  const events = await readSessionEvents({ workspaceId, sessionId, now });
  return summary !== null && events.length < toldEvents(session) ? summary : summariseSession(events, session);
}

/** How many events the session has had. Of one that was never folded, at least one for every page that was seen. */
function toldEvents({ told, summary }: SessionDocument): number {
  if (told?.events === undefined) return summary?.pages.length ?? 0;
  return Object.values(told.events).reduce((sum, count) => sum + count, 0);
}
