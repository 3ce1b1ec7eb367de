/** Ends a session that is over: its visitor left, or gave no sign for the idle time. */
import { handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { packLastBucket, readSessionEvents } from './event-bucket.ts';
import { compactRecording, lastChunkMs } from './recording-jobs.ts';
import { Session, type SessionDocument } from './session.ts';
import { closeSession, leftGraceMs, refreshInsight, sessionIdleMs } from './session-jobs.ts';

/** What a leaving page sends goes in several requests, and they overtake each other. */
const partingMs = 5000;

export const closeSessionHandler = handleJob(closeSession, async (platform, { workspaceId, payload: { sessionId } }) => {
  for (let isOpen = true; isOpen; ) {
    const session = await Session.findOne({ workspaceId, _id: sessionId, endedAt: null }).lean();
    if (session === null) return;
    const overAt = await endOf(session, platform.clock.now());
    if (overAt > platform.clock.now()) return askAgain(platform, session, overAt);
    // Only if nothing was heard meanwhile: a batch that came in between keeps the session open.
    isOpen = !(await endSession(platform, session));
  }
});

/** When the session is over if nothing more is heard. */
async function endOf(session: SessionDocument, now: Date): Promise<Date> {
  return new Date(session.lastSeenAt.getTime() + ((await hasLeft(session, now)) ? leftGraceMs : sessionIdleMs));
}

/** Whether the browser said that its last page was left, and opened no page since. Other events may be of the same moment. */
async function hasLeft({ workspaceId, _id: sessionId, lastSeenAt }: SessionDocument, now: Date): Promise<boolean> {
  const events = await readSessionEvents({ workspaceId, sessionId, now });
  const since = new Date(lastSeenAt.getTime() - partingMs);
  const ending = events.findLast(({ type, receivedAt }) => type === 'session_end' && receivedAt >= since);
  return ending !== undefined && !events.some(({ type, at }) => type === 'page_view' && at > ending.at);
}

async function askAgain(platform: Platform, session: SessionDocument, at: Date): Promise<void> {
  const { workspaceId, _id: key } = session;
  const delayMs = at.getTime() - platform.clock.now().getTime();
  await platform.store.inTransaction((transaction) =>
    enqueue(platform, closeSession, { workspaceId, key, payload: { sessionId: key }, delayMs, session: transaction }),
  );
}

/** @returns false when something was heard meanwhile. */
function endSession(platform: Platform, session: SessionDocument): Promise<boolean> {
  const { workspaceId, _id: key, lastSeenAt, lastEventAt, stored } = session;
  return platform.store.inTransaction(async (transaction) => {
    const { modifiedCount } = await Session.updateOne(
      { workspaceId, _id: key, endedAt: null, lastSeenAt },
      { $set: { endedAt: lastEventAt } },
      { session: transaction },
    );
    if (modifiedCount === 0) return false;
    if (stored !== undefined) await packLastBucket({ workspaceId, sessionId: key, stored }, transaction);
    await enqueue(platform, refreshInsight, { workspaceId, key, payload: { sessionId: key }, session: transaction });
    const packing = { workspaceId, key, payload: { sessionId: key }, delayMs: lastChunkMs, session: transaction };
    if (session.hasRecording) await enqueue(platform, compactRecording, packing);
    return true;
  });
}
