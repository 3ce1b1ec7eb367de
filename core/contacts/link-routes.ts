/** Tracked links: of a contact and of everybody, making and revoking them, and whether one works. */
import type Router from '@koa/router';
import { z } from 'zod';
import { newTrackedLink, type TrackedLink as TrackedLinkView, trackedLink, trackedLinkList } from '#contract/api.ts';
import { linkCheck, linkCheckRequest, paging } from '#contract/rest.ts';
import { answerPage, readCursor } from '../http/page.ts';
import type { Platform } from '../platform.ts';
import { type Api, openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { Session } from '../sessions/session.ts';
import { newestRuns, readRuns } from '../store/read-runs.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import { missing } from '../workspaces/require-member.ts';
import { checkLink } from './check-link.ts';
import { createTrackedLink } from './create-tracked-link.ts';
import { findContact } from './find-contact.ts';
import { linkAddress, TrackedLink, type TrackedLinkDocument } from './tracked-link.ts';

const newestFirst = z.tuple([z.coerce.date(), z.string()]);
const reads = { tag: 'links', needs: { scope: 'links:read' } } as const;
const writes = { tag: 'links', needs: { scope: 'links:write' }, query: noQuery } as const;

export function addLinkRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  addLinkLists(api);

  const create = {
    method: 'post',
    path: '/v1/contacts/:id/links',
    name: 'createLink',
    summary: 'Make a tracked link',
    status: 201,
  } as const;
  api.route({ ...writes, ...create, body: newTrackedLink, answer: trackedLink }, async ({ caller, params, body: { url } }) => {
    const contact = await findContact(caller, params.id);
    return presentLink(await createTrackedLink(platform, { contact, url, createdBy: caller._id }), new Map());
  });

  const revoke = { method: 'delete', path: '/v1/links/:id', name: 'revokeLink', summary: 'Revoke a tracked link' } as const;
  const about = 'Whoever opens it from then on is not recognised by it. What it brought so far stays.';
  api.route({ ...writes, ...revoke, about, body: nothing, answer: nothing }, async ({ caller, params }) => {
    const { workspaceId } = caller;
    const link = await TrackedLink.findOne({ workspaceId, _id: params.id ?? '' }, { revokedAt: 1 }).lean();
    if (link === null) throw missing('link');
    await TrackedLink.updateOne({ workspaceId, _id: link._id, revokedAt: null }, { $set: { revokedAt: platform.clock.now() } });
    await noteAccess(platform, caller, { action: 'link.revoked', subject: link._id });
    return undefined;
  });

  const check = { method: 'post', path: '/v1/links/check', name: 'checkLink', summary: 'Say whether a link works' } as const;
  const asked = { query: noQuery, body: linkCheckRequest, answer: linkCheck };
  api.route({ ...reads, ...check, ...asked }, async ({ caller: { workspaceId }, body: { url } }) => checkLink(workspaceId, url));
}

function addLinkLists(api: Api): void {
  const query = z.strictObject(paging);
  const of = {
    method: 'get',
    path: '/v1/contacts/:id/links',
    name: 'listContactLinks',
    summary: "List a contact's tracked links",
  } as const;
  api.route({ ...reads, ...of, query, body: nothing, answer: trackedLinkList }, async ({ ctx, caller, params, query: { limit } }) => {
    const { workspaceId, _id: contactId } = await findContact(caller, params.id);
    return pageOfLinks({ workspaceId, contactId }, readCursor(ctx, newestFirst), limit);
  });

  const all = { method: 'get', path: '/v1/links', name: 'listLinks', summary: 'List tracked links, newest first' } as const;
  api.route(
    { ...reads, ...all, query, body: nothing, answer: trackedLinkList },
    async ({ ctx, caller: { workspaceId }, query: { limit } }) => pageOfLinks({ workspaceId }, readCursor(ctx, newestFirst), limit),
  );
}

async function pageOfLinks(
  wanted: { readonly workspaceId: string; readonly contactId?: string },
  cursor: z.infer<typeof newestFirst> | null,
  limit: number,
) {
  const rows = await readRuns(newestRuns('createdAt', cursor), limit + 1, (run, most) =>
    TrackedLink.find({ ...wanted, ...run })
      .sort({ createdAt: -1, _id: 1 })
      .limit(most)
      .lean<TrackedLinkDocument[]>(),
  );
  const counted = await clicksThatCount(wanted.workspaceId, rows);
  return answerPage(rows, limit, { present: (link) => presentLink(link, counted), cursor: ({ createdAt, _id }) => [createdAt, _id] });
}

/** Session → when it began, of those that count: what a mail scanner opened is no click. */
async function clicksThatCount(workspaceId: string, links: readonly TrackedLinkDocument[]): Promise<ReadonlyMap<string, Date>> {
  const ids = links.flatMap((link) => link.sessionIds);
  const rows = await Session.find({ workspaceId, _id: { $in: ids }, heldFor: null, evidence: { $ne: null } }, { startedAt: 1 }).lean();
  return new Map(rows.map(({ _id, startedAt }) => [_id, startedAt]));
}

function presentLink(link: TrackedLinkDocument, counted: ReadonlyMap<string, Date>): TrackedLinkView {
  const clicks = link.sessionIds.flatMap((id) => counted.get(id) ?? []);
  const last = clicks.toSorted((one, other) => other.getTime() - one.getTime())[0];
  return {
    id: link._id,
    contactId: link.contactId,
    url: linkAddress(link.url, link.token),
    createdAt: link.createdAt.toISOString(),
    lastClickedAt: last?.toISOString() ?? null,
    sessions: clicks.length,
    revokedAt: link.revokedAt?.toISOString() ?? null,
  };
}
