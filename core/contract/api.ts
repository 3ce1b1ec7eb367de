/**
 * What the web app and API clients exchange with the core, by route. All under `/v1`; a refusal is `application/problem+json` in the
 * shape of `problem`. Moments are ISO 8601 in UTC. Lists answer `{ items, next }`; give `next` back as `cursor`.
 */
import { z } from 'zod';
import { role } from './roles.ts';
import { band, insight, intentLabel, intentScore } from './snapshot.ts';

const moment = z.iso.datetime();
const nullableMoment = moment.nullable();

export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  fields: z.record(z.string(), z.string()).optional(),
});
export type Problem = z.infer<typeof problem>;

function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** GET /setup (public): whether a workspace may be made by anybody, and whether this is the first one. */
export const setupState = z.object({ signUp: z.enum(['open', 'closed']), firstRun: z.boolean() });
export type SetupState = z.infer<typeof setupState>;

/** POST /workspaces (public while sign-up is open) → `me`, signed in. Makes the workspace, its owner and its first site. */
export const newWorkspace = z.object({
  workspaceName: z.string().trim().min(1, 'Give the workspace a name').max(100),
  /** Origin of the site: `https://www.example.com`, or a bare domain. */
  domain: z.string().trim().min(1, 'Give the address of your website').max(253),
  name: z.string().trim().min(1, 'Tell us your name').max(100),
  email: z.email('Give a valid e-mail address').max(254),
  password: z.string().min(10, 'Use at least 10 characters').max(200),
});
export type NewWorkspace = z.infer<typeof newWorkspace>;

/** POST /sign-in (public) → `me`. */
export const signInRequest = z.object({ email: z.email().max(254), password: z.string().min(1).max(200) });
/** POST /sign-in/link (public) → `me`. The token of a one-time link (`APP/sign-in?token=…`). */
export const signInLinkRequest = z.object({ token: z.string().min(20).max(200) });

/** GET /me. POST /sign-out answers 204. */
export const me = z.object({
  member: z.object({ id: z.string(), name: z.string(), email: z.string(), role }),
  workspace: z.object({ id: z.string(), name: z.string(), demo: z.boolean() }),
});
export type Me = z.infer<typeof me>;

/** GET /sites → list. */
export const site = z.object({
  id: z.string(),
  /** The first of `origins`, without the scheme, for people. */
  name: z.string(),
  origins: z.array(z.string()),
  siteKey: z.string(),
  /** The script tag to paste. */
  snippet: z.string(),
  /** When a browser first loaded the snippet from an allowed origin: the installation works. */
  snippetSeenAt: nullableMoment,
  /** When the first session of a known visitor arrived. */
  firstVisitAt: nullableMoment,
});
export type Site = z.infer<typeof site>;
export const siteList = page(site);

const sessionPage = z.object({
  pageId: z.string(),
  title: z.string(),
  path: z.string(),
  at: moment,
  offsetMs: z.number().int(),
  activeMs: z.number().int(),
  scrollDepth: z.number().nullable(),
});

/** In GET /contacts/:id/sessions. */
export const sessionRow = z.object({
  id: z.string(),
  contactId: z.string().nullable(),
  contactName: z.string(),
  siteName: z.string(),
  startedAt: moment,
  lastSeenAt: moment,
  endedAt: nullableMoment,
  live: z.boolean(),
  activeMs: z.number().int(),
  pages: z.array(sessionPage),
  device: z.string(),
  browser: z.string(),
  os: z.string(),
  channel: z.string(),
  /** Why a held session does not count (yet); null when it counts. */
  heldBecause: z.string().nullable(),
  hasRecording: z.boolean(),
  intent: intentLabel.nullable(),
});
export type SessionRow = z.infer<typeof sessionRow>;
export const sessionList = page(sessionRow);

/** A mark on the replay's timeline. */
const sessionMark = z.object({ at: moment, offsetMs: z.number().int(), type: z.string(), text: z.string() });

/** GET /sessions/:id */
export const sessionDetail = sessionRow.extend({ insight: insight.nullable(), marks: z.array(sessionMark) });
export type SessionDetail = z.infer<typeof sessionDetail>;

/** POST /sessions/:id/replay → the player's signed address. It lives `expiresAt` (at most 120 s): ask again to play again. */
export const replayTicket = z.object({ playerUrl: z.string(), expiresAt: moment });

const crmRecord = z.object({ provider: z.string(), title: z.string(), recordId: z.string(), url: z.string() });

/** In GET /contacts?cursor&q&sort=score|lastSeen (50 a page). */
export const contactRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  company: z.string(),
  score: z.number().int().min(0).max(100),
  band,
  trend: z.enum(['rising', 'steady', 'falling']),
  lastSeenAt: nullableMoment,
  sessions30d: z.number().int(),
  live: z.boolean(),
});
export type ContactRow = z.infer<typeof contactRow>;
export const contactList = page(contactRow);

/** GET /contacts/:id */
export const contactDetail = contactRow.extend({
  intent: intentScore,
  insight: insight.nullable(),
  crm: z.array(crmRecord),
  linkToken: z.string(),
  createdAt: moment,
});
export type ContactDetail = z.infer<typeof contactDetail>;

/** POST /contacts/:id/links {url} → trackedLink. GET /contacts/:id/links → list. */
export const newTrackedLink = z.object({
  url: z.url({ protocol: /^https?$/, error: 'Give a full address that starts with https://' }).max(2000),
});
export const trackedLink = z.object({
  id: z.string(),
  contactId: z.string(),
  url: z.string(),
  createdAt: moment,
  lastClickedAt: nullableMoment,
  sessions: z.number().int(),
});
export type TrackedLink = z.infer<typeof trackedLink>;
export const trackedLinkList = page(trackedLink);

const connectionState = z.enum(['active', 'needs_reauth', 'disconnected']);

/** In GET /integrations → list: every connector that is configured, with its connection when there is one. */
export const integration = z.object({
  provider: z.string(),
  title: z.string(),
  kind: z.enum(['crm', 'alerts']),
  connection: z
    .object({
      id: z.string(),
      state: connectionState,
      accountName: z.string(),
      accountUrl: z.string(),
      connectedAt: moment,
      /** What went wrong last, in the vendor's words; null when all is well. */
      problem: z.string().nullable(),
      /** CRM: how far the first sync is. */
      sync: z
        .object({
          state: z.enum(['waiting', 'running', 'done', 'failed']),
          imported: z.number().int(),
          linkTokensWritten: z.number().int(),
        })
        .nullable(),
      /** CRM: a link for a campaign, its address standing for any page of the site: `https://site/?ll={{ contact.leadlight_link_token }}`. */
      mergeTagLink: z.string().nullable(),
      mergeTag: z.string().nullable(),
      /** Alerts: the chosen channel. */
      channel: z.object({ id: z.string(), name: z.string() }).nullable(),
      pendingDeliveries: z.number().int(),
    })
    .nullable(),
});
export type Integration = z.infer<typeof integration>;
export const integrationList = page(integration);

/** POST /integrations/:provider/connect → where to send the browser. The provider comes back to GET /integrations/:provider/callback, which ends at `APP/settings/integrations?connected=PROVIDER` or `?failed=PROVIDER&reason=…`. */
export const connectStart = z.object({ consentUrl: z.string() });
/** GET /connections/:id/channels → list. PUT /connections/:id/channel {channelId} → 204. DELETE /connections/:id → 204. */
export const channelList = page(z.object({ id: z.string(), name: z.string() }));
export const chooseChannel = z.object({ channelId: z.string().min(1).max(100) });

/** GET /deliveries?cursor (50 a page): the sync log, newest first. */
export const delivery = z.object({
  id: z.string(),
  provider: z.string(),
  at: moment,
  /** One sentence: "Updated Ada Park in HubSpot: score 72 (high)". */
  text: z.string(),
  outcome: z.enum(['done', 'retrying', 'waiting', 'failed']),
  reason: z.string().nullable(),
  contactId: z.string().nullable(),
});
export type Delivery = z.infer<typeof delivery>;
export const deliveryList = page(delivery);
