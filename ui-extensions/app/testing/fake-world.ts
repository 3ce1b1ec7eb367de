/** The data behind the fake API: small, believable, and mutable by a test. */
import type { z } from 'zod';
import type { ContactDetail, fault, Leak, Me, SessionDetail, Site, TrackedLink, Visitor } from '#contract/api.ts';
import type { Delivery, Integration } from '#contract/integrations.ts';
import type { ApiKey, DeadLetter } from '#contract/rest.ts';
import { sampleDeadLetters, sampleKeys } from './fake-keys.ts';
import { sampleContacts } from './sample-contacts.ts';
import { sampleFaults, sampleLeaks } from './sample-leaks.ts';
import { anonymousSessions, sampleSessions } from './sample-sessions.ts';
import { sampleVisitors } from './sample-visitors.ts';

export interface World {
  readonly firstRun: boolean;
  me: Me | null;
  readonly password: string;
  /** One-time sign-in tokens that still work. */
  readonly linkTokens: Set<string>;
  sites: Site[];
  /** Of every site. */
  leaks: Leak[];
  faults: z.infer<typeof fault>[];
  /** Browsers, each with the contact it is bound to. */
  visitors: (Visitor & { readonly contactId: string })[];
  integrations: Integration[];
  readonly channels: { readonly id: string; readonly name: string }[];
  contacts: ContactDetail[];
  sessions: SessionDetail[];
  links: TrackedLink[];
  deliveries: Delivery[];
  apiKeys: ApiKey[];
  deadLetters: DeadLetter[];
  /** Paths that answer 500, by their beginning. */
  readonly failing: Set<string>;
  /** Ends every sign-in while true. */
  signedOut: boolean;
  /** Answers of consent: `connected`, or the reason of a refusal. */
  consent: 'connected' | string;
}

export const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const owner: Me = {
  member: { id: 'm1', name: 'Nora Lindqvist', email: 'nora@northwind.example', role: 'owner' },
  workspace: { id: 'w1', name: 'Northwind', demo: false },
};

export function siteFor(domain: string, over: Partial<Site> = {}): Site {
  const siteKey = 'site_7Qm2vXk4RtYp9LbN';
  return {
    id: 'site1',
    name: domain,
    origins: [`https://${domain}`],
    siteKey,
    snippet: `<script async src="https://leadlight.northwind.example/ll.js" data-key="${siteKey}"></script>`,
    snippetSeenAt: null,
    firstVisitAt: null,
    config: {
      modes: { knownContacts: true, anonymousVisitors: false, siteAnalytics: false },
      consent: 'never',
      masking: { text: 'visible' },
      queryKeys: [],
      dwellMs: 2000,
    },
    exclusion: { members: true, emailDomains: [] },
    location: { contacts: 'off', anonymous: 'off' },
    ...over,
  };
}

const notConnected = (): Integration[] => [
  { provider: 'hubspot', title: 'HubSpot', kind: 'crm', connection: null },
  { provider: 'slack', title: 'Slack', kind: 'alerts', connection: null },
];

export function crmConnection(): NonNullable<Integration['connection']> {
  return {
    id: 'con-crm',
    state: 'active',
    accountName: 'Northwind (portal 48121)',
    accountUrl: 'https://app.hubspot.com/contacts/48121',
    connectedAt: ago(60 * 24 * 12),
    problem: null,
    sync: { state: 'done', imported: 1284, linkTokensWritten: 1284 },
    mergeTagLink: 'https://www.northwind.example/?ll={{ contact.leadlight_link_token }}',
    mergeTag: '{{ contact.leadlight_link_token }}',
    channel: null,
    pendingDeliveries: 0,
  };
}

export function chatConnection(): NonNullable<Integration['connection']> {
  return {
    ...crmConnection(),
    id: 'con-chat',
    accountName: 'northwind.slack.com',
    accountUrl: 'https://northwind.slack.com',
    sync: null,
    mergeTagLink: null,
    mergeTag: null,
    channel: { id: 'C02', name: 'hot-leads' },
  };
}

/** A server that nobody has set up. */
export function emptyWorld(over: Partial<World> = {}): World {
  return {
    firstRun: true,
    me: null,
    password: 'correct horse battery',
    linkTokens: new Set(),
    sites: [],
    leaks: [],
    faults: [],
    visitors: [],
    integrations: notConnected(),
    channels: [
      { id: 'C01', name: 'general' },
      { id: 'C02', name: 'hot-leads' },
      { id: 'C03', name: 'sales-emea' },
    ],
    contacts: [],
    sessions: [],
    links: [],
    deliveries: [],
    apiKeys: [],
    deadLetters: [],
    failing: new Set(),
    signedOut: false,
    consent: 'connected',
    ...over,
  };
}

/** A workspace whose owner has done nothing yet. */
export function newWorkspaceWorld(): World {
  return emptyWorld({ firstRun: false, me: owner, sites: [siteFor('www.northwind.example')] });
}

/** A workspace in full swing: 64 contacts, visits, one of them live. */
export function fullWorld(): World {
  const contacts = sampleContacts();
  return emptyWorld({
    firstRun: false,
    me: owner,
    sites: [siteFor('www.northwind.example', { snippetSeenAt: ago(60 * 24 * 12), firstVisitAt: ago(60 * 24 * 11) })],
    integrations: [
      { provider: 'hubspot', title: 'HubSpot', kind: 'crm', connection: crmConnection() },
      { provider: 'slack', title: 'Slack', kind: 'alerts', connection: chatConnection() },
    ],
    leaks: sampleLeaks(),
    faults: sampleFaults(),
    visitors: sampleVisitors(),
    contacts,
    sessions: [...sampleSessions(), ...anonymousSessions()],
    links: [
      {
        id: 'l1',
        contactId: 'c1',
        url: 'https://www.northwind.example/pricing?ll=Vq3nT8yKpL2sXw6Z',
        createdAt: ago(60 * 24 * 6),
        lastClickedAt: ago(26),
        sessions: 3,
        revokedAt: null,
      },
    ],
    deliveries: sampleDeliveries(contacts),
    apiKeys: sampleKeys(),
    deadLetters: sampleDeadLetters(),
  });
}

/** The full world with a second site, where the first tracks people nobody knows yet as well. */
export function anonymousWorld(): World {
  const world = fullWorld();
  const withAnonymous = world.sites.map((site) => ({
    ...site,
    config: { ...site.config, modes: { ...site.config.modes, anonymousVisitors: true }, consent: 'european' as const },
  }));
  return { ...world, sites: [...withAnonymous, siteFor('shop.northwind.example', { id: 'site2' })] };
}

function sampleDeliveries(contacts: readonly ContactDetail[]): Delivery[] {
  return Array.from({ length: 70 }, (_, index) => sampleDelivery(contacts, index));
}

function sampleDelivery(contacts: readonly ContactDetail[], index: number): Delivery {
  const contact = contacts[index % contacts.length];
  const base = { id: `d${index}`, at: ago(index * 17 + 1), contactId: contact?.id ?? null, outcome: 'done' as const, reason: null };
  if (index === 2) {
    const reason = 'HubSpot asks to wait: daily limit reached. Next try in 12 minutes.';
    return { ...base, provider: 'hubspot', outcome: 'retrying', text: `Updating ${contact?.name} in HubSpot`, reason };
  }
  if (index === 5) {
    const reason = 'HubSpot refused it: the record no longer exists.';
    return { ...base, provider: 'hubspot', outcome: 'failed', text: `Could not update ${contact?.name} in HubSpot`, reason };
  }
  if (index % 4 === 1) return { ...base, provider: 'slack', text: `Posted an alert about ${contact?.name} to #hot-leads` };
  return { ...base, provider: 'hubspot', text: `Updated ${contact?.name} in HubSpot: score ${contact?.score} (${contact?.band})` };
}
