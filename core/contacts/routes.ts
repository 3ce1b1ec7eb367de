/** Contacts: the list by score, one contact, and its tracked links. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { type ContactDetail, type ContactRow, newTrackedLink, type TrackedLink as TrackedLinkView } from '#contract/api.ts';
import { answerPage, readCursor } from '../http/page.ts';
import { parseJson } from '../http/parse.ts';
import type { Platform } from '../platform.ts';
import { isLive, Session } from '../sessions/session.ts';
import { newId, newSecret } from '../store/new-id.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { missing, requireMember } from '../workspaces/require-member.ts';
import { Contact, type ContactDocument } from './contact.ts';
import { contactName } from './new-contact.ts';
import { linkAddress, TrackedLink, type TrackedLinkDocument } from './tracked-link.ts';

const perPage = 50;
const byScore = z.tuple([z.number(), z.string()]);
const bySeen = z.tuple([z.coerce.date().nullable(), z.string()]);

export function addContactRoutes(router: Router, platform: Platform): void {
  router.get('/v1/contacts', async (ctx) => {
    const { workspaceId } = await requireMember(platform, ctx, 'contacts.read');
    const sort = ctx.query.sort === 'lastSeen' ? lastSeenFirst(ctx) : hottestFirst(ctx);
    const found: ContactDocument[] = await Contact.find({ workspaceId, $and: [searchFilter(String(ctx.query.q ?? '')), sort.after] })
      .sort(sort.order)
      .limit(perPage + 1)
      .lean();
    const live = await liveContacts(platform, workspaceId, found);
    ctx.body = answerPage(found, perPage, { present: (contact) => presentRow(contact, live.has(contact._id)), cursor: sort.cursor });
  });

  router.get('/v1/contacts/:id', async (ctx) => {
    const contact = await findContact(await requireMember(platform, ctx, 'contacts.read'), ctx.params.id);
    const live = await liveContacts(platform, contact.workspaceId, [contact]);
    ctx.body = presentContact(platform, contact, live.has(contact._id));
  });

  router.get('/v1/contacts/:id/links', async (ctx) => {
    const { workspaceId, _id: contactId } = await findContact(await requireMember(platform, ctx, 'contacts.read'), ctx.params.id);
    const links = await TrackedLink.find({ workspaceId, contactId }).sort({ createdAt: -1 }).limit(100).lean();
    const counted = await clicksThatCount(workspaceId, links);
    ctx.body = { items: links.map((link) => presentLink(link, counted)), next: null };
  });

  router.post('/v1/contacts/:id/links', async (ctx) => {
    const member = await requireMember(platform, ctx, 'links.write');
    const contact = await findContact(member, ctx.params.id);
    const { url } = await parseJson(ctx, newTrackedLink);
    ctx.body = presentLink(await createTrackedLink(platform, { contact, url, createdBy: member._id }), new Map());
    ctx.status = 201;
  });
}

export async function createTrackedLink(
  platform: Platform,
  request: { contact: ContactDocument; url: string; createdBy: string },
): Promise<TrackedLinkDocument> {
  const { contact, url, createdBy } = request;
  const link: TrackedLinkDocument = {
    _id: newId('link'),
    workspaceId: contact.workspaceId,
    contactId: contact._id,
    token: newSecret(),
    url,
    createdAt: platform.clock.now(),
    createdBy,
    lastClickedAt: null,
    visitorId: null,
    sessionIds: [],
    revokedAt: null,
  };
  await TrackedLink.create([link]);
  return link;
}

export async function findContact({ workspaceId }: MemberDocument, id: string | undefined): Promise<ContactDocument> {
  const contact = await Contact.findOne({ workspaceId, _id: id ?? '' }).lean();
  if (contact === null) throw missing('contact');
  return contact;
}

interface Order {
  readonly order: Readonly<Record<string, 1 | -1>>;
  readonly after: object;
  cursor(contact: ContactDocument): readonly (string | number | Date | null)[];
}

function hottestFirst(ctx: Context): Order {
  const cursor = readCursor(ctx, byScore);
  const after =
    cursor === null ? {} : { $or: [{ 'intent.value': { $lt: cursor[0] } }, { 'intent.value': cursor[0], _id: { $gt: cursor[1] } }] };
  return { order: { 'intent.value': -1, _id: 1 }, after, cursor: (contact) => [contact.intent.value, contact._id] };
}

function lastSeenFirst(ctx: Context): Order {
  const cursor = readCursor(ctx, bySeen);
  const order = { lastSeenAt: -1, _id: 1 } as const;
  const next = (contact: ContactDocument) => [contact.lastSeenAt, contact._id];
  if (cursor === null) return { order, after: {}, cursor: next };
  const [at, id] = cursor;
  // Null sorts last: after a null only nulls follow.
  const same = { lastSeenAt: at, _id: { $gt: id } };
  return { order, after: at === null ? same : { $or: [{ lastSeenAt: { $lt: at } }, { lastSeenAt: null }, same] }, cursor: next };
}

/** Words anywhere in name, company or e-mail address. The words are data: nothing in them is a pattern. */
function searchFilter(words: string): object {
  const text = words.trim().slice(0, 100);
  if (text === '') return {};
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  return { $or: [{ name: pattern }, { company: pattern }, { email: pattern }] };
}

async function liveContacts(platform: Platform, workspaceId: string, contacts: readonly ContactDocument[]): Promise<ReadonlySet<string>> {
  const open = await Session.find(
    { workspaceId, endedAt: null, heldFor: null, contactId: { $in: contacts.map((contact) => contact._id) } },
    { contactId: 1, endedAt: 1, lastSeenAt: 1 },
  ).lean();
  const now = platform.clock.now();
  return new Set(open.filter((session) => isLive(session, now)).flatMap(({ contactId }) => contactId ?? []));
}

function presentRow(contact: ContactDocument, live: boolean): ContactRow {
  return {
    id: contact._id,
    name: contactName(contact),
    email: contact.email,
    company: contact.company,
    score: contact.intent.value,
    band: contact.intent.band,
    trend: contact.trend,
    lastSeenAt: contact.lastSeenAt?.toISOString() ?? null,
    sessions30d: contact.sessions30d,
    live,
  };
}

function presentContact(platform: Platform, contact: ContactDocument, live: boolean): ContactDetail {
  return {
    ...presentRow(contact, live),
    intent: contact.intent,
    insight: contact.insight,
    crm: contact.crm.map(({ provider, recordId, url }) => ({
      provider,
      recordId,
      url,
      title: platform.connectors.get(provider)?.title ?? provider,
    })),
    linkToken: contact.linkToken,
    createdAt: contact.createdAt.toISOString(),
  };
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
  };
}
