/** Makes a site's month from its days: the same however often it is done. */
import { handleJob } from '../jobs/define-job.ts';
import { SiteDay, type SiteDayDocument, SiteMonth } from './site-day.ts';
import { shortened, sumTotals } from './site-totals.ts';
import { rollMonth } from './summary-jobs.ts';

/** The most viewed pages of a month that keep their name. */
const mostPaths = 200;

export const rollMonthHandler = handleJob(rollMonth, async (_platform, { workspaceId, payload: { siteId, month } }) => {
  const days = await daysOfMonth({ workspaceId, siteId, month });
  const totals = shortened(sumTotals(days.map((day) => day.totals)), mostPaths);
  const visitors = days.reduce((sum, { monthVisitors }) => sum + monthVisitors, 0);
  const _id = `${siteId}:${month}`;
  await SiteMonth.replaceOne({ workspaceId, _id }, { _id, workspaceId, siteId, month, totals: { ...totals, visitors } }, { upsert: true });
});

function daysOfMonth({ workspaceId, siteId, month }: { workspaceId: string; siteId: string; month: string }): Promise<SiteDayDocument[]> {
  return SiteDay.find({ workspaceId, siteId, day: { $gte: `${month}-01`, $lte: `${month}-31` } })
    .sort({ day: 1 })
    .lean();
}
