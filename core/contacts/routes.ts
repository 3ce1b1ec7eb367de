/** Contacts: the list by score or by last visit, one contact, and changing them. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { type ContactDetail, type ContactRow, contactDetail, contactList } from '#contract/api.ts';
import { contactChange, contactUpserted, contactUpserts, paging } from '#contract/rest.ts';
import { answerPage, readCursor } from '../http/page.ts';
import type { Platform } from '../platform.ts';
import { type Api, openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { isLive, liveFrom, openSessionsIndex, Session } from '../sessions/session.ts';
import { readRuns } from '../store/read-runs.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import { changeContact } from './change-contact.ts';
import { Contact, type ContactDocument } from './contact.ts';
import { findContact } from './find-contact.ts';
import { addLinkRoutes } from './link-routes.ts';
import { contactName } from './new-contact.ts';
import { upsertContacts } from './upsert-contacts.ts';

const byScore = z.tuple([z.number(), z.string()]);
const bySeen = z.tuple([z.coerce.date().nullable(), z.string()]);

const query = z.strictObject({
  ...paging,
  q: z.string().max(1000).optional().describe('Words in name, company or e-mail address'),
  sort: z.enum(['score', 'lastSeen'], 'Give score or lastSeen').default('score').describe('Highest first'),
  email: z.string().max(254).optional().describe('Exactly this e-mail address'),
  externalId: z.string().max(200).optional().describe('Exactly this id of your own'),
  minScore: z.coerce.number('Give a number from 0 to 100').int().min(0).max(100).optional().describe('At least this score'),
});
const reads = { tag: 'contacts', needs: { scope: 'contacts:read' }, body: nothing } as const;

export function addContactRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const list = { method: 'get', path: '/v1/contacts', name: 'listContacts', summary: 'List contacts' } as const;
  api.route({ ...reads, ...list, query, answer: contactList }, async ({ ctx, caller: { workspaceId }, query: asked }) => {
    const sort = asked.sort === 'lastSeen' ? lastSeenFirst(ctx) : hottestFirst(ctx);
    const found = await readRuns(sort.runs, asked.limit + 1, (run, limit) =>
      Contact.find({ workspaceId, $and: [...filtersOf(asked), run] })
        .sort(sort.order)
        .limit(limit)
        .lean<ContactDocument[]>(),
    );
    const live = await liveContacts(platform, workspaceId, found);
    return answerPage(found, asked.limit, { present: (contact) => presentRow(contact, live.has(contact._id)), cursor: sort.cursor });
  });

  const read = { method: 'get', path: '/v1/contacts/:id', name: 'readContact', summary: 'Read a contact' } as const;
  api.route({ ...reads, ...read, query: noQuery, answer: contactDetail }, async ({ caller, params }) =>
    presentOne(platform, await findContact(caller, params.id)),
  );
  addContactChanges(api, platform);
  addLinkRoutes(router, platform);
}

function addContactChanges(api: Api, platform: Platform): void {
  const writes = { tag: 'contacts', needs: { scope: 'contacts:write' }, query: noQuery } as const;
  const change = { method: 'patch', path: '/v1/contacts/:id', name: 'changeContact', summary: 'Change a contact' } as const;
  const refusals = { 'contact-exists': [409, 'Another contact has the e-mail address or the external id'] } as const;
  const parts = 'Parts that are not named stay. A CRM that is connected writes its own name, company and e-mail address again.';
  const changed = { ...writes, ...change, about: parts, body: contactChange, answer: contactDetail, refusals };
  api.route(changed, async ({ caller, params, body }) => {
    const contact = await changeContact(await findContact(caller, params.id), body);
    await noteAccess(platform, caller, { action: 'contact.changed', subject: contact._id });
    return presentOne(platform, contact);
  });

  const upsert = { method: 'post', path: '/v1/contacts/upsert', name: 'upsertContacts', summary: 'Make or change many contacts' } as const;
  const about = 'Each is found by its e-mail address, else by its external id, else made. Sending the same again changes nothing.';
  api.route({ ...writes, ...upsert, about, body: contactUpserts, answer: contactUpserted, refusals }, async ({ caller, body }) => {
    const items = await upsertContacts(platform, caller.workspaceId, body.contacts);
    await noteAccess(platform, caller, { action: 'contacts.upserted', subject: String(items.length) });
    return { items };
  });
}

async function presentOne(platform: Platform, contact: ContactDocument): Promise<ContactDetail> {
  const live = await liveContacts(platform, contact.workspaceId, [contact]);
  return presentContact(platform, contact, live.has(contact._id));
}

function filtersOf({ q, email, externalId, minScore }: z.infer<typeof query>): object[] {
  return [
    searchFilter(q ?? ''),
    email === undefined ? {} : { email: email.toLowerCase() },
    externalId === undefined ? {} : { externalId },
    minScore === undefined ? {} : { 'intent.value': { $gte: minScore } },
  ];
}

interface Order {
  readonly order: Readonly<Record<string, 1 | -1>>;
  /** What is left of the list, see `readRuns`. */
  readonly runs: readonly object[];
  cursor(contact: ContactDocument): readonly (string | number | Date | null)[];
}

function hottestFirst(ctx: Context): Order {
  const cursor = readCursor(ctx, byScore);
  const runs = cursor === null ? [{}] : [{ 'intent.value': cursor[0], _id: { $gt: cursor[1] } }, { 'intent.value': { $lt: cursor[0] } }];
  return { order: { 'intent.value': -1, _id: 1 }, runs, cursor: (contact) => [contact.intent.value, contact._id] };
}

function lastSeenFirst(ctx: Context): Order {
  const cursor = readCursor(ctx, bySeen);
  const order = { lastSeenAt: -1, _id: 1 } as const;
  const next = (contact: ContactDocument) => [contact.lastSeenAt, contact._id];
  if (cursor === null) return { order, runs: [{}], cursor: next };
  const [at, id] = cursor;
  // Null sorts last: after a null only nulls follow.
  const same = { lastSeenAt: at, _id: { $gt: id } };
  return { order, runs: at === null ? [same] : [same, { lastSeenAt: { $lt: at } }, { lastSeenAt: null }], cursor: next };
}

/** Words anywhere in name, company or e-mail address. The words are data: nothing in them is a pattern. */
function searchFilter(words: string): object {
  const text = words.trim().slice(0, 100);
  if (text === '') return {};
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  return { $or: [{ name: pattern }, { company: pattern }, { email: pattern }] };
}

async function liveContacts(platform: Platform, workspaceId: string, contacts: readonly ContactDocument[]): Promise<ReadonlySet<string>> {
  const now = platform.clock.now();
  const open = await Session.find(
    { workspaceId, endedAt: null, heldFor: null, contactId: { $in: contacts.map(({ _id }) => _id) }, lastSeenAt: { $gt: liveFrom(now) } },
    { contactId: 1, endedAt: 1, lastSeenAt: 1 },
  )
    .hint(openSessionsIndex)
    .lean();
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
    totals: contact.totals ?? { sessions: 0, pageviews: 0, activeMs: 0 },
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
