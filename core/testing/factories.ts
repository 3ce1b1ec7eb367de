/** Makes rows for tests: what is not given is made up, parents that are missing are made too. */
import { randomUUID } from 'node:crypto';
import { Connection, type ConnectionDocument } from '../connections/connection.ts';
import { sealTokens } from '../connections/keep-tokens.ts';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { newContact } from '../contacts/new-contact.ts';
import { sessionIdOf, visitorIdOf } from '../contacts/visitor.ts';
import type { Platform } from '../platform.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { newId } from '../store/new-id.ts';
import { createWorkspace } from '../workspaces/create-workspace.ts';
import { Member, type MemberDocument } from '../workspaces/member.ts';
import { Site, type SiteDocument } from '../workspaces/site.ts';

/** A workspace with its owner and its site `https://www.example.com`. The owner has no password: use `signInAs`. */
export async function makeOwner(platform: Platform, fields: Partial<MemberDocument> = {}): Promise<MemberDocument> {
  const email = fields.email ?? `owner-${randomUUID()}@example.com`;
  return createWorkspace(platform, {
    workspaceName: 'Acme',
    name: 'Olga Owner',
    email,
    domain: 'https://www.example.com',
    password: null,
    demo: false,
  });
}

export async function makeMember(platform: Platform, fields: Partial<MemberDocument> = {}): Promise<MemberDocument> {
  const workspaceId = fields.workspaceId ?? (await makeOwner(platform)).workspaceId;
  const member: MemberDocument = {
    _id: newId('mem'),
    workspaceId,
    name: 'Mia Member',
    email: `member-${randomUUID()}@example.com`,
    role: 'rep',
    passwordHash: null,
    createdAt: platform.clock.now(),
    ...fields,
  };
  await Member.create([member]);
  return member;
}

export async function findSite(workspaceId: string): Promise<SiteDocument> {
  return Site.findOne({ workspaceId }).orFail().lean();
}

export async function makeContact(platform: Platform, fields: Partial<ContactDocument> = {}): Promise<ContactDocument> {
  const workspaceId = fields.workspaceId ?? (await makeOwner(platform)).workspaceId;
  const contact = {
    ...newContact(platform, { workspaceId, name: 'Ada Park', email: `ada-${randomUUID()}@example.com`, company: 'Brightwater' }),
    ...fields,
  };
  await Contact.create([contact]);
  return contact;
}

export async function makeSession(platform: Platform, fields: Partial<SessionDocument> = {}): Promise<SessionDocument> {
  const contact = fields.contactId === undefined ? await makeContact(platform, workspaceOf(fields)) : null;
  const workspaceId = fields.workspaceId ?? contact?.workspaceId ?? '';
  const contactId = fields.contactId === undefined ? (contact?._id ?? null) : fields.contactId;
  const site = await findSite(workspaceId);
  const now = platform.clock.now();
  const session: SessionDocument = {
    _id: sessionIdOf(site, randomUUID()),
    workspaceId,
    contactId,
    siteId: site._id,
    visitorId: visitorIdOf(site, randomUUID()),
    startedAt: now,
    lastEventAt: now,
    lastSeenAt: now,
    endedAt: null,
    mode: contactId === null ? 'anonymous' : 'contact',
    visitorVersion: 0,
    standing: contactId === null ? 'open' : 'bound',
    withdrawnAt: null,
    joinedAt: null,
    evidence: 'pointer',
    automated: false,
    heldFor: fields.evidence === null ? 'no-person' : null,
    cameBy: null,
    context: {},
    device: 'desktop',
    browser: 'Chrome',
    os: 'Linux',
    channel: 'email',
    summary: null,
    insight: null,
    hasRecording: false,
    ...fields,
  };
  await Session.create([session]);
  return session;
}

export interface ConnectionFields extends Partial<Omit<ConnectionDocument, 'accessToken' | 'refreshToken'>> {
  /** In clear: they are encrypted on the way in. */
  readonly accessToken?: string;
  readonly refreshToken?: string | null;
}

export async function makeConnection(platform: Platform, fields: ConnectionFields = {}): Promise<ConnectionDocument> {
  const { accessToken = 'access-token-in-clear', refreshToken = null, expiresAt = null, ...rest } = fields;
  const workspaceId = fields.workspaceId ?? (await makeOwner(platform)).workspaceId;
  const row = { _id: fields._id ?? newId('conn'), workspaceId, provider: fields.provider ?? 'fakecrm' };
  const connection: ConnectionDocument = {
    ...row,
    ...(await sealTokens(platform, row, { accessToken, refreshToken, expiresAt })),
    account: { id: 'account-1', name: 'Northwind', url: 'https://crm.example/northwind' },
    scopes: ['all'],
    state: 'active',
    problem: null,
    tokenVersion: 1,
    refreshLease: null,
    sync: null,
    channel: null,
    connectedBy: 'mem_somebody',
    connectedAt: platform.clock.now(),
    ...rest,
  };
  await Connection.create([connection]);
  return connection;
}

function workspaceOf(fields: { workspaceId?: string }): { workspaceId?: string } {
  return fields.workspaceId === undefined ? {} : { workspaceId: fields.workspaceId };
}
