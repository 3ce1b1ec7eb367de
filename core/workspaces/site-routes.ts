/** The sites of a workspace: their settings, their key, and what the server found in what they sent. */
import type Router from '@koa/router';
import { z } from 'zod';
import { faultList, leakList, newSite, siteChange, siteList, site as siteView } from '#contract/api.ts';
import { paging } from '#contract/rest.ts';
import { answerPage, readCursor } from '../http/page.ts';
import { Fault, presentFault } from '../ingest/fault.ts';
import { Leak, type LeakDocument, presentLeak } from '../ingest/leak.ts';
import type { Platform } from '../platform.ts';
import { type Api, openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { newestRuns, readRuns } from '../store/read-runs.ts';
import { noteAccess } from './access-log.ts';
import { addSite, changeSite, rotateSiteKey } from './change-site.ts';
import { presentSite } from './present-site.ts';
import { missing } from './require-member.ts';
import { Site, type SiteDocument } from './site.ts';

const newestFirst = z.tuple([z.coerce.date(), z.string()]);
const reads = { tag: 'sites', needs: { scope: 'sites:read' }, body: nothing } as const;
const writes = { tag: 'sites', needs: { scope: 'sites:write' }, query: noQuery, answer: siteView } as const;
const taken = { 'domain-taken': [409, 'Another site of the workspace has the domain'] } as const;

export function addSiteRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const list = { method: 'get', path: '/v1/sites', name: 'listSites', summary: 'List the sites' } as const;
  api.route({ ...reads, ...list, query: noQuery, answer: siteList }, async ({ caller: { workspaceId } }) => {
    const sites = await Site.find({ workspaceId }).sort({ createdAt: 1, _id: 1 }).lean();
    return { items: sites.map((site) => presentSite(platform, site)), next: null };
  });

  const read = { method: 'get', path: '/v1/sites/:id', name: 'readSite', summary: 'Read a site' } as const;
  api.route({ ...reads, ...read, query: noQuery, answer: siteView }, async ({ caller, params }) =>
    presentSite(platform, await findSite(caller, params.id)),
  );
  addSiteChanges(api, platform);
  addFindingRoutes(api);
}

function addSiteChanges(api: Api, platform: Platform): void {
  const add = { method: 'post', path: '/v1/sites', name: 'addSite', summary: 'Add a site', status: 201 } as const;
  api.route({ ...writes, ...add, body: newSite, refusals: taken }, async ({ caller, body: { domain } }) => {
    const site = await addSite(platform, caller, domain);
    await noteAccess(platform, caller, { action: 'site.added', subject: site._id });
    return presentSite(platform, site);
  });

  const change = { method: 'patch', path: '/v1/sites/:id', name: 'changeSite', summary: 'Change a site' } as const;
  const about = 'Parts that are not named stay as they are.';
  api.route({ ...writes, ...change, about, body: siteChange, refusals: taken }, async ({ caller, params, body }) => {
    const site = await findSite(caller, params.id);
    const parts = Object.keys(body);
    if (parts.length === 0) return presentSite(platform, site);
    const changed = await changeSite(site, body);
    await noteAccess(platform, caller, { action: `site.changed: ${parts.sort().join(', ')}`, subject: site._id });
    return presentSite(platform, changed);
  });

  const rotate = { method: 'post', path: '/v1/sites/:id/rotate-key', name: 'rotateSiteKey', summary: 'Renew the site key' } as const;
  const old = 'The old key is refused from then on: paste the snippet again.';
  api.route({ ...writes, ...rotate, about: old, body: nothing }, async ({ caller, params }) => {
    const site = await rotateSiteKey(await findSite(caller, params.id));
    await noteAccess(platform, caller, { action: 'site.key-rotated', subject: site._id });
    return presentSite(platform, site);
  });
}

function addFindingRoutes(api: Api): void {
  const leaks = { method: 'get', path: '/v1/sites/:id/leaks', name: 'listLeaks', summary: 'List what was taken out of its pages' } as const;
  const query = z.strictObject(paging);
  api.route({ ...reads, ...leaks, query, answer: leakList }, async ({ ctx, caller, params, query: { limit } }) => {
    const { workspaceId, _id: siteId } = await findSite(caller, params.id);
    const cursor = readCursor(ctx, newestFirst);
    const rows = await readRuns(newestRuns('lastAt', cursor), limit + 1, (run, most) =>
      Leak.find({ workspaceId, siteId, ...run })
        .sort({ lastAt: -1, _id: 1 })
        .limit(most)
        .lean<LeakDocument[]>(),
    );
    return answerPage(rows, limit, { present: presentLeak, cursor: ({ lastAt, _id }) => [lastAt, _id] });
  });

  const faults = { method: 'get', path: '/v1/sites/:id/faults', name: 'listFaults', summary: 'List errors of the snippet' } as const;
  api.route({ ...reads, ...faults, query: noQuery, answer: faultList }, async ({ caller, params }) => {
    const { workspaceId, _id: siteId } = await findSite(caller, params.id);
    const rows = await Fault.find({ workspaceId, siteId }).sort({ lastAt: -1, _id: 1 }).lean();
    return { items: rows.map(presentFault), next: null };
  });
}

async function findSite({ workspaceId }: { readonly workspaceId: string }, id: string | undefined): Promise<SiteDocument> {
  const site = await Site.findOne({ workspaceId, _id: id ?? '' }).lean();
  if (site === null) throw missing('site');
  return site;
}
