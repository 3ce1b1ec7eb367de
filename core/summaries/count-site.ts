/** Counts the sessions of a site that changed since they were counted last. Safe to repeat: a session that was counted is owed no more. */
import { handleJob } from '../jobs/define-job.ts';
import type { Platform } from '../platform.ts';
import { Session } from '../sessions/session.ts';
import type { CountableSession } from './count-of-session.ts';
import { askForMonths, countSite } from './summary-jobs.ts';
import { writeCounts } from './write-counts.ts';

const atOnce = 100;

export const countSiteHandler = handleJob(countSite, async (platform, { workspaceId, payload: { siteId } }) => {
  const site = { workspaceId, siteId };
  while ((await countSome(platform, site)) === atOnce);
});

/** @returns how many. */
function countSome(platform: Platform, { workspaceId, siteId }: { workspaceId: string; siteId: string }): Promise<number> {
  return platform.store.inTransaction(async (transaction) => {
    const sessions: CountableSession[] = await Session.find({ workspaceId, siteId, owed: true }, { insight: 0, context: 0 })
      .limit(atOnce)
      .session(transaction)
      .lean();
    const months = await writeCounts({ workspaceId, siteId }, { sessions }, transaction);
    await askForMonths(platform, { workspaceId, siteId, months }, transaction);
    return sessions.length;
  });
}
