import assert from 'node:assert/strict';
import { Failure } from '#contract/failure.ts';
import { connectTo } from '../testing/connect-to.ts';
import { type FakeCrm, fakeCrm } from '../testing/fake-connectors.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { sealTokens } from './keep-tokens.ts';
import { type OpenConnection, useConnection } from './use-connection.ts';

const unauthorized = () => new Failure('grantLost', 'The vendor wants you to connect again.', { code: 'fake-unauthorized' });

describe('Calling a vendor', () => {
  let platform: TestPlatform;
  let crm: FakeCrm;
  let connection: ConnectionDocument;
  let failures: string[];

  beforeEach(async () => {
    crm = fakeCrm();
    platform = await testPlatform({ connectors: [crm.connector] });
    connection = await connectTo(platform, crm);
    failures = [];
  });

  const use = <Result>(call: (open: OpenConnection) => Promise<Result>) => {
    const { workspaceId, _id: connectionId } = connection;
    const onFailure = async (_connected: object, error: unknown) => void failures.push(error instanceof Failure ? error.code : 'bug');
    return useConnection(platform, { workspaceId, connectionId, onFailure }, call);
  };
  const checkToken = async ({ grant }: OpenConnection) => crm.grants.check(grant.accessToken);
  const change = (fields: Partial<ConnectionDocument>) =>
    Connection.updateOne({ workspaceId: connection.workspaceId, _id: connection._id }, { $set: fields });
  const stored = () => Connection.findOne({ workspaceId: connection.workspaceId, _id: connection._id }).orFail().lean();
  const reconnect = async () => {
    const { workspaceId, _id } = connection;
    const sealed = await sealTokens(platform, connection, crm.grants.give());
    await Connection.updateOne({ workspaceId, _id }, { $set: { ...sealed, state: 'active' }, $inc: { tokenVersion: 1 } });
  };

  it('gives back what the call gives', async () => {
    assert.equal(await use(async ({ connector, grant }) => `${connector.title} ${grant.account.name}`), 'Fake CRM Northwind');
  });

  it('calls nobody when the connection is gone', async () => {
    await change({ state: 'disconnected' });
    assert.equal(await use(async () => assert.fail('called')), null);
  });

  it('waits when the server is not set up for the provider at present', async () => {
    platform = { ...platform, connectors: new Map() };
    await assert.rejects(
      use(async () => assert.fail('called')),
      { kind: 'vendorBusy', code: 'provider-not-configured' },
    );
  });

  it('mends a token that was refused ahead of its time, and nobody hears of it', async () => {
    crm.grants.expire();
    await use(checkToken);
    assert.equal(crm.grants.refreshes.length, 1);
    assert.deepEqual(failures, []);
    assert.equal((await stored()).state, 'active');
  });

  it('asks for a reconnect when the refreshed token is refused too, and refreshes no further', async () => {
    let calls = 0;
    const refused = use(async () => {
      calls += 1;
      throw unauthorized();
    });
    await assert.rejects(refused, { kind: 'grantLost' });
    assert.equal(calls, 2);
    assert.equal(crm.grants.refreshes.length, 1);
    const { state, problem } = await stored();
    assert.deepEqual({ state, problem }, { state: 'needs_reauth', problem: 'The vendor wants you to connect again.' });
    assert.deepEqual(failures, ['fake-unauthorized']);
    assert.ok(platform.log.lines.some(({ message }) => message === 'a connection lost its grant'));
  });

  it('asks for a reconnect when the person removed the app, after one try to refresh', async () => {
    crm.grants.remove();
    await assert.rejects(use(checkToken), { kind: 'grantLost', code: 'invalid_grant' });
    assert.equal(crm.grants.refreshes.length, 1);
    assert.equal((await stored()).state, 'needs_reauth');
  });

  it('asks for a reconnect at once where tokens cannot be refreshed', async () => {
    const { accessToken } = crm.grants.give();
    const { workspaceId } = connection;
    const account = { id: 'second', name: 'Second', url: 'https://crm.example' };
    connection = await connectTo(platform, crm, { workspaceId, account, accessToken, refreshToken: null });
    crm.grants.expire();
    await assert.rejects(use(checkToken), { kind: 'grantLost', code: 'fake-unauthorized' });
    assert.equal((await stored()).state, 'needs_reauth');
  });

  it('tries again soon, and leaves the connection alone, when the person connected again during the call', async () => {
    const refused = use(async () => {
      await reconnect();
      throw unauthorized();
    });
    await assert.rejects(refused, { kind: 'vendorBusy', code: 'connection-renewed' });
    const { state, problem } = await stored();
    assert.deepEqual({ state, problem }, { state: 'active', problem: null });
    assert.deepEqual(failures, ['connection-renewed']);
  });

  it("shows the vendor's refusal on the connection until something works again", async () => {
    const refused = use(async () => {
      throw new Failure('vendorRefused', 'A property is missing.', { code: 'fake-refused' });
    });
    await assert.rejects(refused, { kind: 'vendorRefused' });
    assert.equal((await stored()).problem, 'A property is missing.');
    await use(checkToken);
    assert.equal((await stored()).problem, null);
  });

  it('shows nothing on the connection while the vendor is only busy', async () => {
    const refused = use(async () => {
      throw new Failure('vendorBusy', 'Wait.', { code: 'fake-busy' });
    });
    await assert.rejects(refused, { kind: 'vendorBusy' });
    assert.equal((await stored()).problem, null);
  });

  it('keeps the words of a lost grant, whatever calls that were still running come to', async () => {
    await change({ problem: 'A property is missing.' });
    const lose = () => change({ state: 'needs_reauth', problem: 'The app was removed.' });
    await use(lose);
    assert.equal((await stored()).problem, 'The app was removed.');
    await change({ state: 'active' });
    const refused = use(async () => {
      await lose();
      throw new Failure('vendorRefused', 'No.', { code: 'fake-refused' });
    });
    await assert.rejects(refused, { kind: 'vendorRefused' });
    assert.equal((await stored()).problem, 'The app was removed.');
  });

  it('passes a bug on as it is', async () => {
    const broken = use(async () => {
      throw new TypeError('undefined is not a function');
    });
    await assert.rejects(broken, TypeError);
    assert.equal((await stored()).state, 'active');
    assert.deepEqual(failures, ['bug']);
  });
});
