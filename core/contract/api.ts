/**
 * What the web app and API clients exchange with the core, by route. All under `/v1`; a refusal is `application/problem+json` in the
 * shape of `problem`. Moments are ISO 8601 in UTC. Lists answer `{ items, next }`; give `next` back as `cursor`.
 */
import { z } from 'zod';
import { siteConfig } from './events.ts';
import { page } from './page.ts';
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
  /** The same as in the header `X-Request-Id`: name it when you ask us. */
  requestId: z.string().optional(),
  fields: z.record(z.string(), z.string()).optional(),
});
export type Problem = z.infer<typeof problem>;

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

const domainName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'Give a domain such as example.com');
/** Whose visits are never kept: the site's own people. */
export const exclusion = z.object({
  /** The addresses of this workspace's members. */
  members: z.boolean(),
  /** Domains of e-mail addresses. */
  emailDomains: z.array(domainName).max(100),
});
export type Exclusion = z.infer<typeof exclusion>;

/** What is kept of the place that a visit came from, read from the address in memory; the address itself is never kept. */
export const locationLevel = z.enum(['off', 'country', 'city']);
export type LocationLevel = z.infer<typeof locationLevel>;
export const location = z.object({
  /** Visits of contacts. */
  contacts: locationLevel,
  /** All other visits. */
  anonymous: locationLevel,
});
export type Location = z.infer<typeof location>;

/** GET /sites → list. POST /sites {domain} → site. */
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
  config: siteConfig,
  exclusion,
  location,
});
export type Site = z.infer<typeof site>;
export const siteList = page(site);
export const newSite = z.object({ domain: newWorkspace.shape.domain });

/** PATCH /sites/:id → site. Parts that are not named stay. POST /sites/:id/rotate-key → site: the old key is refused from then on. */
export const siteChange = z
  .object({
    /** Origins or bare domains; at least one stays. */
    origins: z.array(z.string().trim().min(1).max(253)).min(1, 'Keep at least one domain').max(50),
    modes: siteConfig.shape.modes.partial(),
    consent: siteConfig.shape.consent,
    masking: siteConfig.shape.masking,
    queryKeys: z
      .array(
        z
          .string()
          .trim()
          .regex(/^[\w.-]{1,100}$/, 'Give names of query keys, such as “ref”'),
      )
      .max(100),
    dwellMs: siteConfig.shape.dwellMs.max(600_000),
    exclusion: exclusion.partial(),
    location: location.partial(),
  })
  .partial();
export type SiteChange = z.infer<typeof siteChange>;

/** GET /sites/:id/leaks?cursor → list, newest first: what the server had to take out of what the site's pages sent, by page and kind. */
export const leak = z.object({
  id: z.string(),
  /** Scrubbed path of the page. */
  path: z.string(),
  kind: z.enum(['email', 'card', 'phone', 'iban', 'token', 'ssn', 'field', 'markup', 'url', 'other']),
  /** Where it was found. */
  where: z.enum(['recording', 'event', 'address']),
  count: z.number().int(),
  firstAt: moment,
  lastAt: moment,
});
export type Leak = z.infer<typeof leak>;
export const leakList = page(leak);

/** GET /sites/:id/faults → list, newest first: errors of the snippet itself, sampled. */
export const fault = z.object({ where: z.string(), message: z.string(), browser: z.string(), count: z.number().int(), lastAt: moment });
export const faultList = page(fault);

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
  /** Where the visitor was; missing while the site keeps no location, or nothing is known. `country` is ISO 3166-1 alpha-2. */
  place: z.object({ country: z.string(), region: z.string().nullable(), city: z.string().nullable() }).optional(),
  /** Whose visit it is: a contact's; a visitor's who is not known; or a visit of which only events are kept. */
  mode: z.enum(['contact', 'anonymous', 'analytics']),
  /** Why a held session does not count (yet): a sentence; null when it counts. */
  heldBecause: z.string().nullable(),
  /** The same as a word. `forwarded`: a second browser opened the link, and a member may say whose it is. */
  held: z.enum(['no-person', 'automated', 'forwarded']).nullable(),
  visitorId: z.string(),
  hasRecording: z.boolean(),
  intent: intentLabel.nullable(),
});
export type SessionRow = z.infer<typeof sessionRow>;
export const sessionList = page(sessionRow);

/** A mark on the replay's timeline. */
const sessionMark = z.object({ at: moment, offsetMs: z.number().int(), type: z.string(), text: z.string() });

/** GET /sessions?cursor&mode=anonymous|analytics|contact&site → list, newest first. */

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
  /** Of all visits that count, ever. */
  totals: z.object({ sessions: z.number().int(), pageviews: z.number().int(), activeMs: z.number().int() }),
  intent: intentScore,
  insight: insight.nullable(),
  crm: z.array(crmRecord),
  linkToken: z.string(),
  createdAt: moment,
});
export type ContactDetail = z.infer<typeof contactDetail>;

/** GET /contacts/:id/visitors → list: the browsers that are bound to the contact, or that may be theirs. */
export const visitor = z.object({
  id: z.string(),
  boundBy: z.enum(['link', 'identify', 'member']),
  boundAt: moment,
  /** A second browser opened a link that was already bound elsewhere: its visits do not count until it is confirmed. */
  possiblyForwarded: z.boolean(),
  /** From its newest session. */
  device: z.string(),
  browser: z.string(),
  os: z.string(),
  lastSeenAt: nullableMoment,
  sessions: z.number().int(),
});
export type Visitor = z.infer<typeof visitor>;
export const visitorList = page(visitor);
/** POST /visitors/:id/confirm → visitor: it is this contact. POST /visitors/:id/unbind → 204: it is somebody else; its sessions leave the contact. */

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
  revokedAt: nullableMoment,
});
export type TrackedLink = z.infer<typeof trackedLink>;
export const trackedLinkList = page(trackedLink);
