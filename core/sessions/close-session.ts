/** Ends a session that is over: its visitor left, or gave no sign for the idle time. */
import { handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { Event } from './event.ts';
import { Session, type SessionDocument } from './session.ts';
import { closeSession, leftGraceMs, refreshInsight, sessionIdleMs } from './session-jobs.ts';

/** What a leaving page sends goes in several requests, and they overtake each other. */
const partingMs = 5000;

export const closeSessionHandler = handleJob(closeSession, async (platform, { workspaceId, payload: { sessionId } }) => {
  const session = await Session.findOne({ workspaceId, _id: sessionId, endedAt: null }).lean();
  if (session === null) return;
  const overAt = await endOf(session);
  if (overAt > platform.clock.now()) await askAgain(platform, session, overAt);
  else await endSession(platform, session);
});

/** When the session is over if nothing more is heard. */
async function endOf(session: SessionDocument): Promise<Date> {
  return new Date(session.lastSeenAt.getTime() + ((await hasLeft(session)) ? leftGraceMs : sessionIdleMs));
}

/** Whether the browser said that its last page was left, and opened no page since. Other events may be of the same moment. */
async function hasLeft({ workspaceId, _id: sessionId, lastSeenAt }: SessionDocument): Promise<boolean> {
  const receivedAt = { $gte: new Date(lastSeenAt.getTime() - partingMs) };
  const ending = await Event.findOne({ workspaceId, sessionId, type: 'session_end', receivedAt }, { at: 1 }).sort({ at: -1 }).lean();
  if (ending === null) return false;
  return (await Event.exists({ workspaceId, sessionId, type: 'page_view', at: { $gt: ending.at } })) === null;
}

async function askAgain(platform: Platform, session: SessionDocument, at: Date): Promise<void> {
  const { workspaceId, _id: key } = session;
  const delayMs = at.getTime() - platform.clock.now().getTime();
  await platform.store.inTransaction((transaction) =>
    enqueue(platform, closeSession, { workspaceId, key, payload: { sessionId: key }, delayMs, session: transaction }),
  );
}

async function endSession(platform: Platform, session: SessionDocument): Promise<void> {
  const { workspaceId, _id: key, lastSeenAt, lastEventAt } = session;
  await platform.store.inTransaction(async (transaction) => {
    // Only if nothing was heard meanwhile: a batch that came in between keeps the session open.
    const { modifiedCount } = await Session.updateOne(
      { workspaceId, _id: key, endedAt: null, lastSeenAt },
      { $set: { endedAt: lastEventAt } },
      { session: transaction },
    );
    if (modifiedCount === 0) return;
    await enqueue(platform, refreshInsight, { workspaceId, key, payload: { sessionId: key }, session: transaction });
  });
}
