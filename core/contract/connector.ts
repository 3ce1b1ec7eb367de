/**
 * A connector: a vendor as a plain value with some of these abilities. It never sees the database, the keys, the queue or another
 * workspace. Every ability may throw a `Failure`: `vendorBusy` (later), `vendorRefused` (never), `grantLost` (reconnect). Anything
 * else thrown is a bug.
 */
import type { z } from 'zod';
import type { AlertSnapshot, ContactSnapshot, SessionSnapshot } from './snapshot.ts';

/** What the provider gave. Never logged, never stored in clear. */
export interface Tokens {
  readonly accessToken: string;
  /** Null where the provider's tokens do not expire. Always store the newest one: it may rotate. */
  readonly refreshToken: string | null;
  readonly expiresAt: Date | null;
}

/** The customer's account at the provider. */
export interface Account {
  readonly id: string;
  readonly name: string;
  /** Where a person opens it. */
  readonly url: string;
}

export interface NewGrant {
  readonly tokens: Tokens;
  readonly account: Account;
  readonly scopes: readonly string[];
}

/** An open grant, handed to one call. */
export interface Grant {
  readonly accessToken: string;
  readonly account: Account;
  readonly scopes: readonly string[];
}

export interface OAuthAbility {
  consentUrl(request: { readonly state: string; readonly codeChallenge: string; readonly redirectUri: string }): string;
  exchange(request: { readonly code: string; readonly codeVerifier: string; readonly redirectUri: string }): Promise<NewGrant>;
  /** Absent where tokens do not expire. Throws `grantLost` when the provider says that the grant is gone. */
  refresh?(refreshToken: string): Promise<Tokens>;
  /** Gives the grant back; an unknown one is fine. */
  revoke(tokens: Tokens): Promise<void>;
}

/** A person as the CRM knows them. */
export interface CrmContact {
  readonly recordId: string;
  readonly recordUrl: string;
  readonly email: string | null;
  readonly name: string;
  readonly company: string;
  readonly ownerId: string | null;
  readonly lifecycle: string | null;
  /** The token that is on the record already, if any. */
  readonly linkToken: string | null;
}

/** What became of one row of a batch. A failed row never fails its neighbours. */
export type RowResult<Extra = object> =
  | ({ readonly ok: true; readonly recordId: string } & Extra)
  | { readonly ok: false; readonly recordId: string; readonly code: string; readonly message: string };

export interface CrmAbility {
  /** How a marketer's e-mail names the link token: `{{ contact.leadlight_link_token }}`. Braces stay as they are. */
  readonly mergeTag: string;
  /** Rows per call. */
  readonly batchSize: number;
  /** Makes the fields we write, where they are missing. Safe to repeat. Answers what was made. */
  prepare(grant: Grant): Promise<{ readonly created: readonly string[] }>;
  /** One page of contacts. `cursor` null starts; `next` null ends. */
  importContacts(grant: Grant, cursor: string | null): Promise<{ readonly contacts: readonly CrmContact[]; readonly next: string | null }>;
  /** Writes link tokens only: recordId → token. */
  writeLinkTokens(grant: Grant, rows: readonly { readonly recordId: string; readonly linkToken: string }[]): Promise<readonly RowResult[]>;
  pushContacts(grant: Grant, snapshots: readonly ContactSnapshot[]): Promise<readonly RowResult[]>;
  /** Makes or edits timeline entries; answers each entry's id. */
  pushSessions(grant: Grant, snapshots: readonly SessionSnapshot[]): Promise<readonly RowResult<{ readonly entryId: string }>[]>;
  /** Removes what we wrote about these people; an unknown one is fine. */
  erase(grant: Grant, recordIds: readonly string[]): Promise<void>;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
}

/** Where a posted alert can be found again: opaque to core, at most 300 characters. */
export type AlertRef = string;

export interface AlertsAbility {
  channels(grant: Grant): Promise<readonly Channel[]>;
  /**
   * Posts once. `mayExist`: an earlier try may have reached the vendor without our knowing, so look for the message (since
   * `triedSince`) before posting another.
   */
  announce(
    grant: Grant,
    request: { readonly channelId: string; readonly alert: AlertSnapshot; readonly mayExist: boolean; readonly triedSince: Date | null },
  ): Promise<AlertRef>;
  update(grant: Grant, request: { readonly ref: AlertRef; readonly alert: AlertSnapshot }): Promise<void>;
}

/** A request as it came in: nothing parsed, nothing trusted. */
export interface SignedRequest {
  readonly method: string;
  /** The public address the vendor called, query included. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Buffer;
}

export interface InboxReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a vendor told us, in our words. */
export type InboxEvent =
  | { readonly kind: 'alert.claimed'; readonly accountId: string; readonly sessionId: string; readonly by: string }
  | { readonly kind: 'alert.snoozed'; readonly accountId: string; readonly sessionId: string; readonly by: string; readonly forMs: number }
  | { readonly kind: 'alert.notUseful'; readonly accountId: string; readonly sessionId: string; readonly by: string }
  | { readonly kind: 'grant.revoked'; readonly accountId: string };

export interface InboxTools {
  /** Durable when it resolves: only then is the vendor told that all is well. `eventKey` makes a repeat harmless. */
  accept(event: InboxEvent, eventKey: string): Promise<void>;
}

export interface InboxAbility {
  /** Verifies the signature before parsing; a bad one answers 401 and accepts nothing. */
  receive(request: SignedRequest, tools: InboxTools): Promise<InboxReply>;
}

/** Where an Internet address is used: what a data file in memory knows of it. */
export interface Place {
  /** ISO 3166-1 alpha-2: `DE`. */
  readonly country: string;
  readonly region: string | null;
  readonly city: string | null;
}

export interface Connector {
  readonly id: string;
  readonly title: string;
  readonly oauth?: OAuthAbility;
  readonly crm?: CrmAbility;
  readonly alerts?: AlertsAbility;
  readonly inbox?: InboxAbility;
  /** Asked in a request: no network, no wait. Null for an address that nothing is known of. The address is never kept. */
  locate?(address: string): Place | null;
}

/** What a connector may use of ours. */
export interface ConnectorTools {
  now(): Date;
  readonly log: { debug(fields: object, message: string): void; warn(fields: object, message: string): void };
}

/** A connector before it knows its settings. `env` is its part of the config, in the names of environment variables. */
export interface ConnectorDefinition<Env extends z.ZodType = z.ZodType> {
  readonly id: string;
  readonly title: string;
  readonly env: Env;
  /** Null when it is not configured: then it is not offered. */
  connect(env: z.infer<Env>, tools: ConnectorTools): Connector | null;
}

/** Keeps the types together; the value is passed through. */
export function defineConnector<Env extends z.ZodType>(definition: ConnectorDefinition<Env>): ConnectorDefinition<Env> {
  return definition;
}
