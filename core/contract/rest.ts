/** What API clients exchange with the core beyond what the web app needs, by route. Read `api.ts` first: the same rules hold. */
import { z } from 'zod';
import { page } from './page.ts';
import { role } from './roles.ts';
import { scope } from './scopes.ts';

const moment = z.iso.datetime();
const email = z.email('Give a valid e-mail address').max(254);
const externalId = z.string().trim().min(1).max(200);
const shortText = z.string().trim().max(200);

/** In every paged list. */
export const paging = {
  cursor: z.string().max(1000).optional().describe('`next` of the page before'),
  limit: z.coerce
    .number('Give a number from 1 to 100')
    .int()
    .min(1, 'Give a number from 1 to 100')
    .max(100, 'Give a number from 1 to 100')
    .default(50)
    .describe('Rows of a page'),
} as const;
/** A moment in a query: ISO 8601 with its zone. */
const queryMoment = z.iso.datetime({ offset: true, error: 'Give a moment such as 2026-11-22T12:00:00Z' });
export const between = {
  from: queryMoment.optional().describe('Not before this moment'),
  to: queryMoment.optional().describe('Before this moment'),
} as const;

/** GET, PATCH /workspace */
export const workspace = z.object({ id: z.string(), name: z.string(), demo: z.boolean(), createdAt: moment });
export const workspaceChange = z.object({ name: z.string().trim().min(1, 'Give the workspace a name').max(100).optional() });
/** GET /members */
export const member = z.object({ id: z.string(), name: z.string(), email: z.string(), role, createdAt: moment });
export const memberList = page(member);

/** GET /keys → list. DELETE /keys/:id → 204: refused from then on. */
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The beginning of the key, to recognise it by. */
  prefix: z.string(),
  scopes: z.array(scope),
  createdAt: moment,
  createdBy: z.string().describe('Name of the member, or of the key, who made it'),
  expiresAt: moment.nullable(),
  /** Exact to about a minute. */
  lastUsedAt: moment.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;
export const apiKeyList = page(apiKey);
/** POST /keys → newApiKey. The secret is told this one time. */
export const apiKeyRequest = z.object({
  name: z.string().trim().min(1, 'Give the key a name').max(100),
  scopes: z.array(scope).min(1, 'Choose at least one scope'),
  expiresAt: queryMoment.nullable().default(null),
});
export type ApiKeyRequest = z.input<typeof apiKeyRequest>;
export const newApiKey = apiKey.extend({ secret: z.string().describe('The key itself, shown this one time') });

/** PATCH /contacts/:id → contactDetail. Parts that are not named stay; null empties. */
export const contactChange = z
  .object({ name: shortText, company: shortText, email: email.nullable(), externalId: externalId.nullable() })
  .partial();
export type ContactChange = z.infer<typeof contactChange>;

/** POST /contacts/upsert: found by e-mail address, else by external id, else made. */
export const contactUpsert = z
  .object({ email: email.optional(), externalId: externalId.optional(), name: shortText.optional(), company: shortText.optional() })
  .refine((one) => one.email !== undefined || one.externalId !== undefined, { error: 'Give email or externalId', path: ['email'] });
export type ContactUpsert = z.infer<typeof contactUpsert>;
export const contactUpserts = z.object({ contacts: z.array(contactUpsert).min(1).max(100, 'Send at most 100 contacts at once') });
export const contactUpserted = z.object({
  /** In the order in which they were sent. */
  items: z.array(z.object({ id: z.string(), outcome: z.enum(['created', 'updated', 'unchanged']) })),
});

/** GET /sessions/:id/events, GET /events */
export const event = z.object({
  id: z.string(),
  sessionId: z.string(),
  type: z.string(),
  at: moment,
  receivedAt: moment,
  pageId: z.string(),
  url: z.string(),
  props: z.record(z.string(), z.unknown()),
});
export const eventList = page(event);

/** GET /sessions/:id/recording. Its content: GET /sessions/:id/recording/content. DELETE /sessions/:id/recording → 204. */
export const recording = z.object({
  sessionId: z.string(),
  startedAt: moment,
  live: z.boolean(),
  /** Where the masked rrweb events are. */
  contentUrl: z.string(),
});

/** POST /links/check */
export const linkCheckRequest = z.object({ url: z.url({ protocol: /^https?$/, error: 'Give the full address of the link' }).max(2000) });
export const linkCheck = z.object({
  works: z.boolean(),
  /** What is wrong, or what it does, in a sentence. */
  text: z.string(),
  code: z.enum(['works', 'no-token', 'token-unknown', 'revoked', 'foreign-site']),
  contactId: z.string().nullable(),
  linkId: z.string().nullable(),
});

/** GET /dead-letters, GET /dead-letters/:id. POST /dead-letters/:id/replay → what became of it. DELETE → 204. */
export const deadLetter = z.object({
  id: z.string(),
  siteId: z.string(),
  sessionId: z.string(),
  /** The event's own id, when it had one. */
  eid: z.string().nullable(),
  reason: z.string(),
  receivedAt: moment,
  /** Whether enough of the event was kept to replay it. */
  replayable: z.boolean(),
  replayedAt: moment.nullable(),
});
export type DeadLetter = z.infer<typeof deadLetter>;
export const deadLetterList = page(deadLetter);
export const deadLetterDetail = deadLetter.extend({
  event: z.unknown().describe('The event as it came, scrubbed; null when it was too large to keep'),
});
export const deadLetterReplayed = z.object({ accepted: z.boolean(), reason: z.string().nullable() });
