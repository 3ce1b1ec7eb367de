/** Connecting a provider: away to its consent page, and back with a grant. The one place where a vendor is awaited in a web request. */
import type { ClientSession } from 'mongoose';
import type { Connector, NewGrant, OAuthAbility } from '#contract/connector.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { Job } from '../jobs/job.ts';
import type { Platform } from '../platform.ts';
import { newId } from '../store/new-id.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { missing } from '../workspaces/require-member.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { syncCrm } from './delivery-jobs.ts';
import { logDelivery } from './delivery-log.ts';
import { sealTokens } from './keep-tokens.ts';
import { beginOAuth, finishOAuth } from './oauth-state.ts';

/** @returns the address of the provider's consent page. */
export async function startInstall(platform: Platform, member: MemberDocument, provider: string): Promise<string> {
  const { oauth } = installable(platform, provider);
  const { state, codeChallenge } = await beginOAuth(platform, member, provider);
  return oauth.consentUrl({ state, codeChallenge, redirectUri: redirectUri(platform, provider) });
}

export interface ConsentAnswer {
  readonly provider: string;
  readonly state: string;
  readonly code: string;
}

/** Takes the grant, keeps it encrypted, and starts the first sync. Connecting the same account again renews the grant in place. */
export async function finishInstall(platform: Platform, member: MemberDocument, answer: ConsentAnswer): Promise<void> {
  const { connector, oauth } = installable(platform, answer.provider);
  const codeVerifier = await finishOAuth(platform, member, answer);
  const granted = await oauth.exchange({ code: answer.code, codeVerifier, redirectUri: redirectUri(platform, answer.provider) });
  await keepGrant(platform, member, { connector, granted });
}

function installable(platform: Platform, provider: string): { connector: Connector; oauth: OAuthAbility } {
  const connector = platform.connectors.get(provider);
  if (connector?.oauth === undefined) throw missing('integration');
  return { connector, oauth: connector.oauth };
}

function redirectUri(platform: Platform, provider: string): string {
  return `${platform.config.publicUrl}/v1/integrations/${provider}/callback`;
}

interface NewConnection {
  readonly connector: Connector;
  readonly granted: NewGrant;
}

async function keepGrant(platform: Platform, member: MemberDocument, { connector, granted }: NewConnection): Promise<void> {
  const { workspaceId } = member;
  const { id: provider, title } = connector;
  const { account } = granted;
  const newConnectionId = newId('conn');
  const _id = await platform.store.inTransaction(async (session) => {
    const known = await Connection.findOne({ workspaceId, provider, 'account.id': account.id }, { _id: 1 }).session(session).lean();
    const row = { _id: known?._id ?? newConnectionId, workspaceId, provider };
    await writeConnection(
      row,
      { ...grantedFields(platform, member, { connector, granted }), ...(await sealTokens(platform, row, granted.tokens)) },
      session,
    );
    await releaseDeliveries(platform, { connector, row }, session);
    return row._id;
  });
  await logDelivery(platform, { _id, workspaceId, provider }, { text: `Connected ${title} (${account.name})`, contactId: null });
}

type Row = Pick<ConnectionDocument, '_id' | 'workspaceId' | 'provider'>;

async function writeConnection(
  { _id, workspaceId, provider }: Row,
  fields: Partial<ConnectionDocument>,
  session: ClientSession,
): Promise<void> {
  const change = { $set: fields, $setOnInsert: { provider }, $inc: { tokenVersion: 1 } };
  await Connection.updateOne({ workspaceId, _id }, change, { upsert: true, session });
}

function grantedFields(platform: Platform, member: MemberDocument, { connector, granted }: NewConnection): Partial<ConnectionDocument> {
  const { account, scopes } = granted;
  return {
    account: { ...account },
    scopes: [...scopes],
    state: 'active',
    problem: null,
    refreshLease: null,
    connectedBy: member._id,
    connectedAt: platform.clock.now(),
    ...(connector.crm === undefined ? {} : { sync: { state: 'waiting', cursor: null, imported: 0, linkTokensWritten: 0 } }),
  };
}

/** What waited for the grant goes out now, what was refused is tried again, and a CRM's contacts come in. */
async function releaseDeliveries(
  platform: Platform,
  { connector, row }: { readonly connector: Connector; readonly row: Row },
  session: ClientSession,
): Promise<void> {
  const { _id, workspaceId } = row;
  await Job.updateMany(
    { workspaceId, group: _id, state: { $in: ['parked', 'dead'] } },
    { $set: { state: 'ready', attempts: 0, dueAt: platform.clock.now() } },
    { session },
  );
  if (connector.crm !== undefined)
    await enqueue(platform, syncCrm, { workspaceId, key: _id, group: _id, payload: { connectionId: _id }, session });
}
