/** The report of a site: read from its days or months alone. */
import type Router from '@koa/router';
import { report, reportQuery } from '#contract/report.ts';
import type { Platform } from '../platform.ts';
import { openApi } from '../rest/api.ts';
import { nothing } from '../rest/declaration.ts';
import { missing } from '../workspaces/require-member.ts';
import { Site } from '../workspaces/site.ts';
import { buildReport, type ReportWish } from './build-report.ts';
import { monthOf, SiteDay, SiteMonth } from './site-day.ts';
import type { SiteTotals } from './site-totals.ts';

export function addReportRoutes(router: Router, platform: Platform): void {
  const read = { method: 'get', path: '/v1/sites/:id/report', name: 'readReport', summary: 'Read the report of a site' } as const;
  const about = 'Of visits that count. Days and months are those of UTC; raw events are not needed for it.';
  const declared = {
    ...read,
    about,
    tag: 'sites',
    needs: { scope: 'sessions:read' },
    query: reportQuery,
    body: nothing,
    answer: report,
  } as const;
  openApi(router, platform).route(declared, async ({ caller: { workspaceId }, params, query }) => {
    const siteId = params.id ?? '';
    if ((await Site.exists({ workspaceId, _id: siteId })) === null) throw missing('site');
    return buildReport(query, await totalsIn({ workspaceId, siteId }, query));
  });
}

interface OfSite {
  readonly workspaceId: string;
  readonly siteId: string;
}

async function totalsIn(site: OfSite, { from, to, by }: ReportWish): Promise<ReadonlyMap<string, SiteTotals>> {
  if (by === 'day') {
    const days = await SiteDay.find({ ...site, day: { $gte: from, $lte: to } }, { day: 1, totals: 1 }).lean();
    return new Map(days.map(({ day, totals }) => [day, totals]));
  }
  const months = await SiteMonth.find({ ...site, month: { $gte: monthOf(from), $lte: monthOf(to) } }, { month: 1, totals: 1 }).lean();
  return new Map(months.map(({ month, totals }) => [month, totals]));
}
