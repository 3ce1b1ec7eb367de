/** What the sandbox stores. Moments are ISO 8601 in UTC. */
import { z } from 'zod';

export const provider = z.enum(['hubspot', 'slack']);
export type Provider = z.infer<typeof provider>;

/** Leadlight installed in the account of one provider. Its id is the provider. */
export const installation = z.object({
  provider,
  accountId: z.string(),
  accountName: z.string(),
  scopes: z.array(z.string()),
  userScopes: z.array(z.string()),
  installedAt: z.string(),
  revokedAt: z.string().nullable(),
});

export const authorizationCode = z.object({
  code: z.string(),
  provider,
  redirectUri: z.string(),
  /** Whether the consent request named the redirect URI: then the exchange must name the same. */
  redirectNamed: z.boolean(),
  scopes: z.array(z.string()),
  userScopes: z.array(z.string()),
  challenge: z.string().nullable(),
  expiresAt: z.string(),
});
export type AuthorizationCode = z.infer<typeof authorizationCode>;

export const token = z.object({
  token: z.string(),
  provider,
  kind: z.enum(['access', 'refresh']),
  /** Slack: for the bot, or for the person who installed. HubSpot: always `account`. */
  holder: z.enum(['account', 'bot', 'person']),
  scopes: z.array(z.string()),
  issuedAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type Token = z.infer<typeof token>;

export const propertyOption = z.object({ label: z.string(), value: z.string(), displayOrder: z.number(), hidden: z.boolean() });
export const propertyTypes = ['bool', 'date', 'datetime', 'enumeration', 'number', 'phone_number', 'string'] as const;

export const property = z.object({
  objectType: z.string(),
  name: z.string(),
  label: z.string(),
  groupName: z.string(),
  type: z.enum(propertyTypes),
  fieldType: z.string(),
  description: z.string(),
  options: z.array(propertyOption),
  hasUniqueValue: z.boolean(),
  formField: z.boolean(),
  hidden: z.boolean(),
  displayOrder: z.number(),
  hubspotDefined: z.boolean(),
  readOnly: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Property = z.infer<typeof property>;

export const propertyGroup = z.object({ objectType: z.string(), name: z.string(), label: z.string(), displayOrder: z.number() });
export type PropertyGroup = z.infer<typeof propertyGroup>;

/** A contact, a company or a note. `contactIds` holds a note's associations. */
export const crmRecord = z.object({
  id: z.string(),
  properties: z.record(z.string(), z.string()),
  contactIds: z.array(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type CrmRecord = z.infer<typeof crmRecord>;

export const channel = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['public', 'im']),
  topic: z.string(),
  members: z.number(),
  botIsMember: z.boolean(),
  createdAt: z.string(),
});
export type Channel = z.infer<typeof channel>;

const jsonObject = z.record(z.string(), z.unknown());

export const message = z.object({
  channelId: z.string(),
  ts: z.string(),
  /** A staff member's Slack id, or the app's bot user. */
  userId: z.string(),
  text: z.string(),
  blocks: z.array(jsonObject),
  metadata: z.object({ event_type: z.string(), event_payload: jsonObject }).nullable(),
  threadTs: z.string().nullable(),
  /** Who alone sees it. */
  ephemeralTo: z.string().nullable(),
  /** How often it was edited, and when last. */
  edits: z.number(),
  editedTs: z.string().nullable(),
});
export type Message = z.infer<typeof message>;

/** A `response_url` handed out with a button press. */
export const responseUrl = z.object({
  id: z.string(),
  channelId: z.string(),
  ts: z.string(),
  userId: z.string(),
  uses: z.number(),
  expiresAt: z.string(),
});

/** A request that Slack sent to the app: a button press or an event. */
export const outgoing = z.object({
  id: z.string(),
  at: z.string(),
  what: z.string(),
  /** HTTP status, or null when there was no answer in time. */
  status: z.number().nullable(),
  durationMs: z.number(),
});

export const faultKinds = ['429', '500', 'slow', 'cut-after', 'cut-before', 'hang'] as const;
export const fault = z.object({
  id: z.string(),
  provider,
  match: z.string(),
  fault: z.enum(faultKinds),
  timesLeft: z.number(),
  retryAfterSeconds: z.number().nullable(),
  delayMs: z.number().nullable(),
});
export type Fault = z.infer<typeof fault>;

/** One API call that came in. Holds no token and no body. */
export const call = z.object({
  id: z.string(),
  at: z.string(),
  provider,
  method: z.string(),
  path: z.string(),
  /** 0 when the connection was cut or left hanging. */
  status: z.number(),
  /** Slack's error code or HubSpot's category; empty when it went well. */
  error: z.string(),
  durationMs: z.number(),
  /** Records in the request, where it is a batch. */
  rows: z.number(),
  fault: z.string(),
});
export type Call = z.infer<typeof call>;

/** The e-mail campaign as the marketer saved it. */
export const template = z.object({ id: z.literal('campaign'), subject: z.string(), body: z.string(), savedAt: z.string() });

export const counter = z.object({ name: z.string(), value: z.number() });
