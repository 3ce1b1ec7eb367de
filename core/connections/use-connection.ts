/** Runs one call at a vendor with an open grant, and keeps the connection's health true. */
import type { Connector, Grant } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { LeaseLostError } from '../jobs/claim.ts';
import type { Platform } from '../platform.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { openGrant } from './open-grant.ts';

/** Before its grant is open, or when that did not succeed. */
export interface Connected {
  readonly connection: ConnectionDocument;
  readonly connector: Connector;
}

export interface OpenConnection extends Connected {
  readonly grant: Grant;
}

interface Place {
  readonly workspaceId: string;
  readonly connectionId: string;
  /** Told how it ended when it failed: for the sync log. Not told of a first refusal that a refreshed token mended. */
  onFailure?(connected: Connected, error: unknown): Promise<void>;
}

/** @returns what `call` gives, or null when the connection is gone. Throws what `call` throws. `call` may be run a second time. */
export async function useConnection<Result>(
  platform: Platform,
  place: Place,
  call: (open: OpenConnection) => Promise<Result>,
): Promise<Result | null> {
  const { workspaceId, connectionId } = place;
  const connection = await Connection.findOne({ workspaceId, _id: connectionId, state: { $ne: 'disconnected' } }).lean();
  const connector = platform.connectors.get(connection?.provider ?? '');
  if (connection === null) return null;
  if (connector === undefined) throw notConfigured(connection.provider);
  const tries: Tries = { tokenVersion: connection.tokenVersion };
  try {
    const result = await callWithGrant(platform, { connection, connector, tries }, call);
    if (connection.problem !== null) await noteProblem(connection, null);
    return result;
  } catch (error) {
    const end = await noteFailure(platform, connection, { error, ...tries });
    if (!(end instanceof LeaseLostError)) await place.onFailure?.({ connection, connector }, end);
    throw end;
  }
}

/** What was to be sent waits: whoever runs the server may have forgotten a setting. */
function notConfigured(provider: string): Failure {
  return new Failure('vendorBusy', `This server is not set up for ${provider} at present.`, { code: 'provider-not-configured' });
}

/** The version of the tokens that were tried last. */
interface Tries {
  tokenVersion: number;
}

/** A refused token is refreshed once; a grant that is refused after that is lost. */
async function callWithGrant<Result>(
  platform: Platform,
  { connection, connector, tries }: Connected & { readonly tries: Tries },
  call: (open: OpenConnection) => Promise<Result>,
): Promise<Result> {
  const place = { workspaceId: connection.workspaceId, connectionId: connection._id };
  const { grant, tokenVersion } = await openGrant(platform, connector, place);
  tries.tokenVersion = tokenVersion;
  try {
    return await call({ connection, connector, grant });
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'grantLost' || connection.refreshToken === null) throw error;
  }
  const renewed = await openGrant(platform, connector, { ...place, refusedVersion: tokenVersion });
  tries.tokenVersion = renewed.tokenVersion;
  return call({ connection, connector, grant: renewed.grant });
}

/** @returns what is to be thrown now. */
async function noteFailure(
  platform: Platform,
  connection: ConnectionDocument,
  { error, tokenVersion }: { readonly error: unknown; readonly tokenVersion: number },
): Promise<unknown> {
  if (!(error instanceof Failure)) return error;
  if (error.kind === 'vendorRefused') await noteProblem(connection, error.message);
  if (error.kind !== 'grantLost') return error;
  const { workspaceId, _id } = connection;
  // Only while the tokens are those that failed: a reconnect meanwhile wins.
  const { matchedCount } = await Connection.updateOne(
    { workspaceId, _id, state: 'active', tokenVersion },
    { $set: { state: 'needs_reauth', problem: error.message } },
  );
  if (matchedCount > 0) {
    platform.log.warn({ workspaceId, connectionId: _id, code: error.code }, 'a connection lost its grant');
    return error;
  }
  return (await Connection.exists({ workspaceId, _id, state: 'active' })) === null ? error : renewedMeanwhile(error);
}

/** Nothing waits for a connection that works: a job that was parked now would stay so. */
function renewedMeanwhile(cause: Failure): Failure {
  return new Failure('vendorBusy', 'The connection was renewed meanwhile; trying again.', { code: 'connection-renewed', cause });
}

/** Only of a connection that works: one that lost its grant keeps the words that say so. */
async function noteProblem({ workspaceId, _id }: ConnectionDocument, problem: string | null): Promise<void> {
  await Connection.updateOne({ workspaceId, _id, state: 'active' }, { $set: { problem } });
}
