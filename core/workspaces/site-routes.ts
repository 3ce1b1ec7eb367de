/** The sites of a workspace: their settings, their key, and what the server found in what they sent. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { newSite, siteChange } from '#contract/api.ts';
import { answerPage, readCursor } from '../http/page.ts';
import { parseJson } from '../http/parse.ts';
import { Fault, presentFault } from '../ingest/fault.ts';
import { Leak, type LeakDocument, presentLeak } from '../ingest/leak.ts';
import type { Platform } from '../platform.ts';
import { noteAccess } from './access-log.ts';
import { addSite, changeSite, rotateSiteKey } from './change-site.ts';
import type { MemberDocument } from './member.ts';
import { presentSite } from './present-site.ts';
import { missing, requireMember } from './require-member.ts';
import { Site, type SiteDocument } from './site.ts';

const leaksPerPage = 50;
const newestFirst = z.tuple([z.coerce.date(), z.string()]);

export function addSiteRoutes(router: Router, platform: Platform): void {
  router.get('/v1/sites', async (ctx) => {
    const { workspaceId } = await requireMember(platform, ctx, 'contacts.read');
    const sites = await Site.find({ workspaceId }).sort({ createdAt: 1, _id: 1 }).lean();
    ctx.body = { items: sites.map((site) => presentSite(platform, site)), next: null };
  });

  router.post('/v1/sites', async (ctx) => {
    const member = await requireMember(platform, ctx, 'sites.write');
    const { domain } = await parseJson(ctx, newSite);
    const site = await addSite(platform, member, domain);
    await noteAccess(platform, member, { action: 'site.added', subject: site._id });
    ctx.body = presentSite(platform, site);
    ctx.status = 201;
  });

  router.patch('/v1/sites/:id', async (ctx) => {
    const member = await requireMember(platform, ctx, 'sites.write');
    const site = await findSite(member, ctx.params.id);
    const change = await parseJson(ctx, siteChange);
    const parts = Object.keys(change);
    const changed = parts.length === 0 ? site : await changeSite(site, change);
    if (parts.length > 0) await noteAccess(platform, member, { action: `site.changed: ${parts.sort().join(', ')}`, subject: site._id });
    ctx.body = presentSite(platform, changed);
  });

  router.post('/v1/sites/:id/rotate-key', async (ctx) => {
    const member = await requireMember(platform, ctx, 'sites.write');
    const site = await rotateSiteKey(await findSite(member, ctx.params.id));
    await noteAccess(platform, member, { action: 'site.key-rotated', subject: site._id });
    ctx.body = presentSite(platform, site);
  });
  addFindingRoutes(router, platform);
}

function addFindingRoutes(router: Router, platform: Platform): void {
  router.get('/v1/sites/:id/leaks', async (ctx) => {
    const site = await findSite(await requireMember(platform, ctx, 'contacts.read'), ctx.params.id);
    const leaks = await newestLeaks(ctx, site);
    ctx.body = answerPage(leaks, leaksPerPage, { present: presentLeak, cursor: ({ lastAt, _id }) => [lastAt, _id] });
  });

  router.get('/v1/sites/:id/faults', async (ctx) => {
    const { workspaceId, _id: siteId } = await findSite(await requireMember(platform, ctx, 'contacts.read'), ctx.params.id);
    const faults = await Fault.find({ workspaceId, siteId }).sort({ lastAt: -1, _id: 1 }).lean();
    ctx.body = { items: faults.map(presentFault), next: null };
  });
}

function newestLeaks(ctx: Context, { workspaceId, _id: siteId }: SiteDocument): Promise<LeakDocument[]> {
  const cursor = readCursor(ctx, newestFirst);
  const after = cursor === null ? {} : { $or: [{ lastAt: { $lt: cursor[0] } }, { lastAt: cursor[0], _id: { $gt: cursor[1] } }] };
  return Leak.find({ workspaceId, siteId, ...after })
    .sort({ lastAt: -1, _id: 1 })
    .limit(leaksPerPage + 1)
    .lean();
}

async function findSite({ workspaceId }: MemberDocument, id: string | undefined): Promise<SiteDocument> {
  const site = await Site.findOne({ workspaceId, _id: id ?? '' }).lean();
  if (site === null) throw missing('site');
  return site;
}
