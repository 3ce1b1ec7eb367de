/** Opens a connection's grant for one call; refreshes it ahead of its expiry, one refresh at a time across replicas. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connector, Grant, Tokens } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { sealTokens, unsealTokens } from './keep-tokens.ts';

const refreshAheadMs = 5 * 60_000;
const leaseMs = 40_000;
const pollMs = 100;

export interface GrantPlace {
  readonly workspaceId: string;
  readonly connectionId: string;
  /** The version of the tokens that the provider refused: anything newer is worth a try. */
  readonly refusedVersion?: number;
}

export interface OpenGrant {
  readonly grant: Grant;
  /** Of the tokens in the grant: what to call refused when the provider refuses them. */
  readonly tokenVersion: number;
}

/** Throws `grantLost` when the connection needs its person, `vendorBusy` when a refresh takes too long elsewhere. */
export async function openGrant(platform: Platform, connector: Connector, place: GrantPlace): Promise<OpenGrant> {
  const connection = await findActive(place);
  const usable = (seen: ConnectionDocument) => seen.tokenVersion !== place.refusedVersion && isFresh(platform, seen);
  const fresh = usable(connection) ? connection : await refreshOnce(platform, connector, { stale: connection, usable });
  const { accessToken } = await unsealTokens(platform, fresh);
  return { grant: { accessToken, account: fresh.account, scopes: fresh.scopes }, tokenVersion: fresh.tokenVersion };
}

async function findActive(place: GrantPlace): Promise<ConnectionDocument> {
  const connection = await Connection.findOne({ workspaceId: place.workspaceId, _id: place.connectionId }).lean();
  if (connection?.state === 'active') return connection;
  throw new Failure('grantLost', 'The connection must be renewed before this can be sent.', { code: 'connection-not-active' });
}

function isFresh(platform: Platform, connection: ConnectionDocument): boolean {
  return connection.expiresAt === null || connection.expiresAt.getTime() - platform.clock.now().getTime() > refreshAheadMs;
}

interface Staleness {
  readonly stale: ConnectionDocument;
  usable(seen: ConnectionDocument): boolean;
}

/** Whoever holds the lease refreshes; the others wait and read what it wrote. */
async function refreshOnce(platform: Platform, connector: Connector, { stale, usable }: Staleness): Promise<ConnectionDocument> {
  const owner = randomUUID();
  for (let waitedMs = 0; waitedMs < leaseMs; waitedMs += pollMs) {
    const held = await takeLease(stale, owner);
    if (held !== null) return refreshHeld(platform, connector, { held, owner, usable });
    await wait(pollMs);
    const seen = await findActive({ workspaceId: stale.workspaceId, connectionId: stale._id });
    if (usable(seen)) return seen;
  }
  throw new Failure('vendorBusy', 'The connection is being renewed; trying again shortly.', {
    code: 'refresh-in-progress',
    retryAfterMs: 2000,
  });
}

function takeLease(stale: ConnectionDocument, owner: string): Promise<ConnectionDocument | null> {
  const { workspaceId, _id } = stale;
  const free = { $or: [{ refreshLease: null }, { $expr: { $lt: ['$refreshLease.until', '$$NOW'] } }] };
  const lease = [{ $set: { refreshLease: { owner, until: { $add: ['$$NOW', leaseMs] } } } }];
  return Connection.findOneAndUpdate({ workspaceId, _id, state: 'active', ...free }, lease, {
    returnDocument: 'after',
    updatePipeline: true,
  }).lean();
}

interface Lease {
  readonly held: ConnectionDocument;
  readonly owner: string;
  usable(seen: ConnectionDocument): boolean;
}

async function refreshHeld(platform: Platform, connector: Connector, { held, owner, usable }: Lease): Promise<ConnectionDocument> {
  const { workspaceId, _id } = held;
  try {
    return usable(held) ? held : await refresh(platform, connector, held);
  } finally {
    await Connection.updateOne({ workspaceId, _id, 'refreshLease.owner': owner }, { $set: { refreshLease: null } });
  }
}

async function refresh(platform: Platform, connector: Connector, held: ConnectionDocument): Promise<ConnectionDocument> {
  try {
    return await saveTokens(platform, held, await askProvider(connector, await unsealTokens(platform, held)));
  } catch (error) {
    // Read again before it is believed: a refresh token that works once may have been used by somebody whose lease ran out.
    const newer = error instanceof Failure && error.kind === 'grantLost' ? await findNewer(held) : null;
    if (newer === null) throw error;
    return newer;
  }
}

async function findNewer({ workspaceId, _id, tokenVersion }: ConnectionDocument): Promise<ConnectionDocument | null> {
  return Connection.findOne({ workspaceId, _id, state: 'active', tokenVersion: { $gt: tokenVersion } }).lean();
}

async function askProvider(connector: Connector, tokens: Tokens): Promise<Tokens> {
  const { oauth } = connector;
  if (oauth?.refresh === undefined || tokens.refreshToken === null) {
    throw new Failure('grantLost', `${connector.title} ended the connection. Connect it again.`, { code: 'grant-expired' });
  }
  return oauth.refresh(tokens.refreshToken);
}

/**
 * Compare and swap: tokens that somebody else replaced meanwhile are left alone. Whose lease it is by now does not matter: while the
 * version is the old one, these tokens are the only ones that still work.
 */
async function saveTokens(platform: Platform, held: ConnectionDocument, tokens: Tokens): Promise<ConnectionDocument> {
  const { workspaceId, _id, tokenVersion } = held;
  const sealed = await sealTokens(platform, held, tokens);
  const saved = await Connection.findOneAndUpdate(
    { workspaceId, _id, tokenVersion },
    { $set: { ...sealed, tokenVersion: tokenVersion + 1 } },
    { returnDocument: 'after' },
  ).lean();
  return saved ?? findActive({ workspaceId, connectionId: _id });
}
