/** Gives the raw events that are stored the time their workspace keeps them now: some sessions at a time, newest first. Safe to repeat. */
import { handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { bucketsOf, EventBucket, rowsIn } from '../sessions/event-bucket.ts';
import { Session, sessionListIndex, sessionModes } from '../sessions/session.ts';
import { Site } from '../workspaces/site.ts';
import { Workspace } from '../workspaces/workspace.ts';
import { keepRawEvents } from './retention-jobs.ts';

const atOnce = 200;
const dayMs = 86_400_000;
/** Raw events are never older, and a session begins less than a day before its last event. */
const longestDays = 31;

export const keepRawEventsHandler = handleJob(keepRawEvents, async (platform, { workspaceId, payload: { after } }) => {
  const workspace = await Workspace.findOne({ workspaceId }).lean();
  if (workspace === null) return;
  const sessions = await nextSessions(platform, workspaceId, after);
  for (const { _id: sessionId } of sessions) await keepEvents({ workspaceId, sessionId }, (workspace.rawEventDays ?? 30) * dayMs);
  const last = sessions.at(-1);
  if (last === undefined || sessions.length < atOnce) return;
  const payload = { after: { startedAt: last.startedAt, sessionId: last._id } };
  await platform.store.inTransaction((session) => enqueue(platform, keepRawEvents, { workspaceId, key: workspaceId, payload, session }));
});

interface Place {
  readonly startedAt: Date;
  readonly sessionId: string;
}

async function nextSessions(platform: Platform, workspaceId: string, after: Place | null) {
  const sites = await Site.find({ workspaceId }, { _id: 1 }).lean();
  const since = new Date(platform.clock.now().getTime() - longestDays * dayMs);
  const from =
    after === null ? {} : { $or: [{ startedAt: { $lt: after.startedAt } }, { startedAt: after.startedAt, _id: { $gt: after.sessionId } }] };
  return Session.find({
    workspaceId,
    siteId: { $in: sites.map(({ _id }) => _id) },
    mode: { $in: [...sessionModes] },
    startedAt: { $gte: since, ...(after !== null && { $lte: after.startedAt }) },
    ...from,
  })
    .select({ startedAt: 1 })
    .sort({ startedAt: -1, _id: 1 })
    .limit(atOnce)
    .hint(sessionListIndex)
    .lean();
}

/** As the fold says it: from the first event of a bucket on. */
async function keepEvents(session: { readonly workspaceId: string; readonly sessionId: string }, keptMs: number): Promise<void> {
  const { workspaceId } = session;
  const buckets = await EventBucket.find(bucketsOf(session), { parts: 1, eids: 1, body: 1, expireAt: 1 }).lean();
  for (const { _id, expireAt, ...stored } of buckets) {
    const expires = new Date(Math.min(...rowsIn(stored).map((row) => row[6])) + keptMs);
    if (expires.getTime() !== expireAt.getTime()) await EventBucket.updateOne({ workspaceId, _id }, { $set: { expireAt: expires } });
  }
}
