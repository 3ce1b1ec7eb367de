/** Asks for what follows from a fold: a look at each session that changed, and at its end. */
import type { ClientSession } from 'mongoose';
import { enqueueOperation } from '../jobs/enqueue.ts';
import { Job, type JobDocument } from '../jobs/job.ts';
import type { Platform } from '../platform.ts';
import { closeSession, leftGraceMs, refreshInsight, sessionIdleMs } from '../sessions/session-jobs.ts';
import { native } from '../store/native.ts';
import type { FoldedVisit } from './fold-group.ts';

/** What only measures a page that is known already is looked at together; what is news, at once: a rep waits for it. */
const refreshDelayMs = 150;
/** News of a visitor who acts faster than this is looked at together too: a look costs the same for one event and for ten. */
const hasteMs = 1000;

export async function writeJobs(platform: Platform, visits: readonly FoldedVisit[], session: ClientSession): Promise<void> {
  const operations = visits.flatMap((visit) => {
    const { workspaceId, _id: key } = visit.after;
    const request = { workspaceId, key, payload: { sessionId: key } };
    const refresh = enqueueOperation(platform, refreshInsight, { ...request, delayMs: refreshesIn(visit) });
    const closeMs = closesIn(visit);
    return closeMs === null ? [refresh] : [refresh, enqueueOperation(platform, closeSession, { ...request, delayMs: closeMs })];
  });
  await native<JobDocument>(Job).bulkWrite(operations, { session, ordered: false });
}

function refreshesIn({ before, after, arrivals }: FoldedVisit): number {
  if (before === null || before.heldFor !== after.heldFor || before.contactId !== after.contactId) return 0;
  const types = new Set(arrivals.flatMap(({ body }) => body.events.map(([, type]) => type)));
  types.delete('engagement');
  if (types.size === 0) return refreshDelayMs;
  // Another page: the live view has it already. Whatever else a person does may be what a rep waits for.
  const isPageAlone = types.size === 1 && types.has('page_view');
  return isPageAlone ? Math.max(0, hasteMs - (after.lastSeenAt.getTime() - before.lastSeenAt.getTime())) : 0;
}

/**
 * A session that is open has its closing job, which looks again when it was too early: so it is asked for when the session opens, and
 * when its visitor left, which is sooner. A long silence may have been an hour in which the job was lost.
 */
function closesIn({ before, after, arrivals }: FoldedVisit): number | null {
  if (arrivals.some(({ body }) => body.left)) return leftGraceMs;
  const silenceMs = before === null ? 0 : after.lastSeenAt.getTime() - before.lastSeenAt.getTime();
  return before === null || before.endedAt !== null || silenceMs > sessionIdleMs / 2 ? sessionIdleMs : null;
}
