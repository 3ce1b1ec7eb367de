import assert from 'node:assert/strict';
import type { Tokens } from '#contract/connector.ts';
import { SecretMisplacedError } from '../store/cipher.ts';
import { connectTo } from '../testing/connect-to.ts';
import { type FakeCrm, fakeCrm } from '../testing/fake-connectors.ts';
import { noon } from '../testing/frozen-clock.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { sealTokens, unsealTokens } from './keep-tokens.ts';
import { openGrant } from './open-grant.ts';

const minutes = (count: number) => new Date(noon.getTime() + count * 60_000);

describe('Opening a grant', () => {
  let platform: TestPlatform;
  let crm: FakeCrm;

  beforeEach(async () => {
    crm = fakeCrm();
    platform = await testPlatform({ connectors: [crm.connector] });
  });

  const connectUntil = async (expiresAt: Date): Promise<ConnectionDocument> => {
    crm.grants.expiresAt = expiresAt;
    const connection = await connectTo(platform, crm);
    crm.grants.expiresAt = minutes(60);
    return connection;
  };
  const open = ({ workspaceId, _id: connectionId }: ConnectionDocument, refused: { refusedVersion?: number } = {}) =>
    openGrant(platform, crm.connector, { workspaceId, connectionId, ...refused });
  const stored = ({ workspaceId, _id }: ConnectionDocument) => Connection.findOne({ workspaceId, _id }).orFail().lean();
  const replaceTokens = async (connection: ConnectionDocument, tokens: Tokens) => {
    const { workspaceId, _id } = connection;
    await Connection.updateOne({ workspaceId, _id }, { $set: await sealTokens(platform, connection, tokens), $inc: { tokenVersion: 1 } });
  };

  it('uses a fresh token as it is', async () => {
    const connection = await connectUntil(minutes(10));
    const { grant, tokenVersion } = await open(connection);
    assert.equal(grant.accessToken, crm.grants.secrets[0]);
    assert.deepEqual(grant.account, crm.grants.account);
    assert.equal(tokenVersion, 1);
    assert.deepEqual(crm.grants.refreshes, []);
  });

  it('refreshes a token that ends within five minutes, and keeps what it got', async () => {
    const connection = await connectUntil(minutes(4));
    const [oldAccess = '', oldRefresh = ''] = crm.grants.secrets;
    const { grant, tokenVersion } = await open(connection);
    assert.deepEqual(crm.grants.refreshes, [oldRefresh]);
    assert.notEqual(grant.accessToken, oldAccess);
    assert.equal(tokenVersion, 2);
    assert.equal((await open(connection)).grant.accessToken, grant.accessToken);
    assert.equal(crm.grants.refreshes.length, 1);
    const row = await stored(connection);
    assert.deepEqual(row.expiresAt, minutes(60));
    assert.equal(row.refreshLease, null);
  });

  it('refreshes once for twenty callers, however slow the provider is', async () => {
    const connection = await connectUntil(minutes(1));
    crm.grants.refreshTakesMs = 350;
    const opened = await Promise.all(Array.from({ length: 20 }, () => open(connection)));
    assert.equal(crm.grants.refreshes.length, 1);
    const tokens = new Set(opened.map(({ grant }) => grant.accessToken));
    assert.equal(tokens.size, 1);
    for (const token of tokens) crm.grants.check(token);
  });

  it('refreshes a token that the provider refused, though it looks fresh, but not one that was replaced since', async () => {
    const connection = await connectUntil(minutes(60));
    const renewed = await open(connection, { refusedVersion: 1 });
    assert.equal(renewed.tokenVersion, 2);
    assert.equal((await open(connection, { refusedVersion: 1 })).tokenVersion, 2);
    assert.equal(crm.grants.refreshes.length, 1);
  });

  it('takes over from a replica that died in the middle of a refresh', async () => {
    const connection = await connectUntil(minutes(1));
    const { workspaceId, _id } = connection;
    // Leases run on the database's clock, which no test can stop.
    const refreshLease = { owner: 'a replica that is gone', until: new Date(Date.now() - 1000) };
    await Connection.updateOne({ workspaceId, _id }, { $set: { refreshLease } });
    assert.equal((await open(connection)).tokenVersion, 2);
    assert.equal((await stored(connection)).refreshLease, null);
  });

  it('keeps the only tokens that still work, even when its lease ran out meanwhile', async () => {
    const connection = await connectUntil(minutes(1));
    const { workspaceId, _id } = connection;
    const refreshLease = { owner: 'somebody else', until: new Date(Date.now() + 60_000) };
    crm.grants.meanwhile = () => Connection.updateOne({ workspaceId, _id }, { $set: { refreshLease } });
    const { grant } = await open(connection);
    crm.grants.check(grant.accessToken);
    const row = await stored(connection);
    assert.equal((await unsealTokens(platform, row)).accessToken, grant.accessToken);
    assert.equal(row.refreshLease?.owner, 'somebody else');
  });

  it('throws its tokens away when the person connected again meanwhile', async () => {
    const connection = await connectUntil(minutes(1));
    const newer = crm.grants.give();
    crm.grants.meanwhile = () => replaceTokens(connection, newer);
    assert.equal((await open(connection)).grant.accessToken, newer.accessToken);
    const row = await stored(connection);
    assert.equal(row.tokenVersion, 2);
    assert.deepEqual(await unsealTokens(platform, row), newer);
  });

  it('does not believe that the grant is gone when somebody else used the refresh token first', async () => {
    const connection = await connectUntil(minutes(1));
    const newer = await crm.grants.oauth.refresh?.(crm.grants.secrets[1] ?? '');
    assert.ok(newer);
    crm.grants.meanwhile = () => replaceTokens(connection, newer);
    assert.equal((await open(connection)).grant.accessToken, newer.accessToken);
  });

  it('says that the grant is lost when the provider does not know it any more, after asking once', async () => {
    const connection = await connectUntil(minutes(1));
    crm.grants.remove();
    await assert.rejects(open(connection), { name: 'Failure', kind: 'grantLost', code: 'invalid_grant' });
    assert.equal(crm.grants.refreshes.length, 1);
    assert.equal((await stored(connection)).refreshLease, null);
  });

  it('says that the grant is lost when the token ended and nothing can renew it', async () => {
    crm.grants.expiresAt = minutes(-1);
    const connection = await connectTo(platform, crm, { refreshToken: null });
    await assert.rejects(open(connection), { kind: 'grantLost', code: 'grant-expired' });
  });

  it('waits for the person when the connection is not active', async () => {
    const connection = await connectTo(platform, crm, { state: 'needs_reauth' });
    await assert.rejects(open(connection), { kind: 'grantLost', code: 'connection-not-active' });
  });

  it('refuses a token that was copied from another connection', async () => {
    const connection = await connectUntil(minutes(60));
    const { workspaceId, _id } = connection;
    const other = await connectTo(platform, crm, { workspaceId, account: { id: 'other', name: 'Other', url: 'https://crm.example' } });
    await Connection.updateOne({ workspaceId, _id }, { $set: { accessToken: other.accessToken } });
    await assert.rejects(open(connection), SecretMisplacedError);
  });
});
