/** A visit whose events were folded: its session, its events and what was counted of them; looked at once the worker ran. */
import type { ContactDocument } from '../contacts/contact.ts';
import type { Platform } from '../platform.ts';
import type { SessionDocument } from '../sessions/session.ts';
import { refreshInsight } from '../sessions/session-jobs.ts';
import { exampleVisit } from '../sessions/summarise-example.ts';
import { countFolded } from '../summaries/count-folded.ts';
import { askJob } from './ask-job.ts';
import { makeVisit, type VisitFields } from './make-visit.ts';

export async function foldVisit(platform: Platform, contact: ContactDocument, visit: VisitFields): Promise<SessionDocument> {
  const session = await makeVisit(platform, contact, visit);
  const { workspaceId, _id: sessionId } = session;
  const { events: newEvents } = exampleVisit(session.startedAt, visit.pages);
  await platform.store.inTransaction((transaction) => countFolded([{ workspaceId, sessionId, newEvents }], transaction));
  await lookAgain(platform, session);
  return session;
}

export function lookAgain(platform: Platform, { workspaceId, _id: sessionId }: SessionDocument): Promise<void> {
  return askJob(platform, refreshInsight, { workspaceId, key: sessionId, payload: { sessionId } });
}
