import assert from 'node:assert/strict';
import { Failure } from '#contract/failure.ts';
import { integrationList } from '#contract/integrations.ts';
import { Job } from '../jobs/job.ts';
import { askJob } from '../testing/ask-job.ts';
import { recordAt } from '../testing/connect-to.ts';
import { makeContact, makeMember, makeOwner, makeSession } from '../testing/factories.ts';
import { crashes, type FakeChat, type FakeCrm, fakeChat, fakeCrm, refuses, sales } from '../testing/fake-connectors.ts';
import { agreeTo, comeBack, installApp } from '../testing/install-app.ts';
import { syncLog } from '../testing/sync-log.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { aboutRecord, pushContact, pushSession } from './delivery-jobs.ts';

const tooLate = /too old or was started elsewhere/;

describe('Connecting a provider', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let crm: FakeCrm;
  let chat: FakeChat;
  let owner: MemberDocument;

  beforeEach(async () => {
    crm = fakeCrm();
    chat = fakeChat();
    platform = await testPlatform({ connectors: [crm.connector, chat.connector] });
    app = await testApp(platform);
    owner = await makeOwner(platform);
  });
  afterEach(() => app.close());

  const connections = (): Promise<ConnectionDocument[]> => Connection.find({ workspaceId: owner.workspaceId }).lean();
  const theConnection = async (): Promise<ConnectionDocument> => {
    const [connection, ...others] = await connections();
    assert.deepEqual(others, []);
    assert.ok(connection);
    return connection;
  };
  const shown = async (provider = 'fakecrm') => {
    const { items } = integrationList.parse((await app.callAs(owner, '/v1/integrations')).json);
    return items.find((item) => item.provider === provider)?.connection ?? null;
  };
  /** Everything that is stored, keys included, and everything that was logged. */
  const everythingWritten = async () => {
    const written: string[] = [];
    for (const { db } of [platform.store.connection, platform.store.keys]) {
      for (const { name } of (await db?.listCollections().toArray()) ?? []) {
        written.push(JSON.stringify(await db?.collection(name).find().toArray()));
      }
    }
    return [...written, JSON.stringify(platform.log.lines, (_key, value) => (value instanceof Error ? `${value.stack}` : value))].join(
      '\n',
    );
  };

  it('ends at the settings page, connected, with the first sync on its way', async () => {
    await installApp(app, owner, crm);
    const connection = await theConnection();
    assert.deepEqual(connection.account, crm.grants.account);
    assert.equal(connection.state, 'active');
    assert.equal(connection.connectedBy, owner._id);
    assert.deepEqual(await syncLog(owner.workspaceId), ['done: Connected Fake CRM (Northwind)']);
    assert.equal((await shown())?.sync?.state, 'waiting');
    await app.work();
    assert.equal((await shown())?.sync?.state, 'done');
  });

  it('has nothing to sync at a chat', async () => {
    await installApp(app, owner, chat);
    assert.equal((await shown('fakechat'))?.sync, null);
    assert.equal(await app.work(), 0);
  });

  it('takes each coming back only once', async () => {
    const callback = await agreeTo(app, owner, crm);
    assert.equal((await comeBack(app, owner, callback)).get('connected'), 'fakecrm');
    const again = await comeBack(app, owner, callback);
    assert.equal(again.get('failed'), 'fakecrm');
    assert.match(again.get('reason') ?? '', tooLate);
    assert.equal((await theConnection()).tokenVersion, 1);
  });

  it('takes two at the same moment only once', async () => {
    const callback = await agreeTo(app, owner, crm);
    const outcomes = await Promise.all([comeBack(app, owner, callback), comeBack(app, owner, callback)]);
    assert.equal(outcomes.filter((outcome) => outcome.has('connected')).length, 1);
    assert.equal((await theConnection()).tokenVersion, 1);
  });

  it('takes only the member who left, and lets them still come back after somebody else tried', async () => {
    const callback = await agreeTo(app, owner, crm);
    const admin = await makeMember(platform, { workspaceId: owner.workspaceId, role: 'admin' });
    const stranger = await makeOwner(platform);
    for (const other of [admin, stranger]) assert.match((await comeBack(app, other, callback)).get('reason') ?? '', tooLate);
    assert.equal((await connections()).length, 0);
    assert.equal((await comeBack(app, owner, callback)).get('connected'), 'fakecrm');
  });

  it('takes only the provider that was left for', async () => {
    const callback = await agreeTo(app, owner, crm);
    const elsewhere = await comeBack(app, owner, callback.replace('fakecrm', 'fakechat'));
    assert.equal(elsewhere.get('failed'), 'fakechat');
    assert.match(elsewhere.get('reason') ?? '', tooLate);
  });

  it('waits ten minutes for the person, and no longer', async () => {
    const [first, second] = [await agreeTo(app, owner, crm), await agreeTo(app, owner, crm)];
    platform.clock.advance(10 * 60_000);
    assert.equal((await comeBack(app, owner, first)).get('connected'), 'fakecrm');
    platform.clock.advance(1);
    assert.match((await comeBack(app, owner, second)).get('reason') ?? '', tooLate);
  });

  it('takes no state that was made up', async () => {
    for (const query of ['', '?code=x', '?code=x&state=', '?code=x&state=made-up'])
      assert.match((await comeBack(app, owner, `/v1/integrations/fakecrm/callback${query}`)).get('reason') ?? '', tooLate);
  });

  it('cannot use a code that was made for another verifier', async () => {
    const stolen = new URL(await agreeTo(app, owner, crm), 'http://localhost').searchParams.get('code') ?? '';
    const callback = new URL(await agreeTo(app, owner, crm), 'http://localhost');
    callback.searchParams.set('code', stolen);
    const outcome = await comeBack(app, owner, callback.pathname + callback.search);
    assert.equal(outcome.get('reason'), 'The vendor does not know this code.');
    assert.equal((await connections()).length, 0);
  });

  it('says so when the person did not agree', async () => {
    const denied = await comeBack(app, owner, '/v1/integrations/fakecrm/callback?error=access_denied&state=x');
    assert.deepEqual(Object.fromEntries(denied), { failed: 'fakecrm', reason: 'You did not agree on the consent page.' });
    const odd = await comeBack(app, owner, '/v1/integrations/fakecrm/callback?error=server_error&error_description=<script>');
    assert.equal(odd.get('reason'), 'The provider refused the connection.');
  });

  it('says that it is our fault when it is, and logs it', async () => {
    const callback = await agreeTo(app, owner, crm);
    crm.grants.oauth.exchange = () => Promise.reject(crashes()?.error);
    assert.match((await comeBack(app, owner, callback)).get('reason') ?? '', /^Something went wrong on our side/);
    assert.ok(platform.log.lines.some(({ level, message }) => level === 'error' && message === 'connecting failed unexpectedly'));
  });

  it('never stores or logs a token, a verifier or a state in clear', async () => {
    crm.grants.expiresAt = new Date(platform.clock.now().getTime() + 60_000);
    const callback = await agreeTo(app, owner, crm);
    const state = new URL(callback, 'http://localhost').searchParams.get('state') ?? '';
    assert.ok(!(await everythingWritten()).includes(state));
    await comeBack(app, owner, callback);
    await installApp(app, owner, chat);
    await app.work();
    crm.grants.remove();
    await agreeTo(app, owner, crm);
    const connection = (await connections()).find(({ provider }) => provider === 'fakecrm');
    assert.ok(connection);
    await app.callAs(owner, `/v1/connections/${connection._id}/channels`);
    assert.equal((await shown())?.state, 'needs_reauth');
    const written = await everythingWritten();
    assert.ok(crm.grants.secrets.length > 4 && crm.grants.refreshes.length > 0);
    for (const secret of [...crm.grants.secrets, ...chat.grants.secrets, state]) {
      assert.ok(!written.includes(secret));
      assert.ok(!written.includes(Buffer.from(secret).toString('base64url')));
    }
    assert.ok(written.includes(connection._id), 'the search would have found it');
  });

  it('renews in place when the same account is connected again, and sends what waited', async () => {
    await installApp(app, owner, crm);
    await app.work();
    const before = await theConnection();
    const { workspaceId } = owner;
    const contact = await makeContact(platform, { workspaceId, crm: [recordAt(before, 'r1')] });
    const session = await makeSession(platform, { workspaceId, contactId: contact._id });
    crm.grants.remove();
    const about = { connectionId: before._id };
    await askJob(platform, pushContact, aboutRecord(workspaceId, { ...about, contactId: contact._id }, contact._id));
    await askJob(platform, pushSession, aboutRecord(workspaceId, { ...about, sessionId: session._id }, session._id));
    await app.work();
    const lost = await shown();
    assert.deepEqual(
      { state: lost?.state, problem: lost?.problem, waiting: lost?.pendingDeliveries },
      { state: 'needs_reauth', problem: 'The vendor no longer accepts the connection.', waiting: 2 },
    );
    platform.clock.advance(3 * 24 * 3_600_000);
    const again = await makeMember(platform, { workspaceId, role: 'admin' });
    await installApp(app, again, crm);
    const after = await theConnection();
    assert.deepEqual(
      { id: after._id, state: after.state, problem: after.problem, by: after.connectedBy },
      { id: before._id, state: 'active', problem: null, by: again._id },
    );
    assert.ok(after.tokenVersion > before.tokenVersion);
    await app.work();
    assert.ok(crm.states.has('r1'));
    assert.equal(crm.entries.size, 1);
    assert.equal(await Job.countDocuments({ workspaceId }), 0);
  });

  it('tries again what was refused before the person connected again', async () => {
    await installApp(app, owner, crm);
    const { _id: connectionId } = await theConnection();
    const { workspaceId } = owner;
    const contact = await makeContact(platform, { workspaceId, crm: [recordAt(await theConnection(), 'r1')] });
    await app.work();
    crm.faults.push(refuses('The permission is missing. Connect again to grant it.'));
    await askJob(platform, pushContact, aboutRecord(workspaceId, { connectionId, contactId: contact._id }, contact._id));
    await app.work();
    assert.equal((await shown())?.problem, 'The permission is missing. Connect again to grant it.');
    await installApp(app, owner, crm);
    await app.work();
    assert.ok(crm.states.has('r1'));
    assert.equal((await shown())?.problem, null);
  });

  it('keeps the channel when a chat is renewed', async () => {
    await installApp(app, owner, chat);
    const { _id } = await theConnection();
    await app.callAs(owner, `/v1/connections/${_id}/channel`, { method: 'PUT', body: { channelId: sales.id } });
    await installApp(app, owner, chat);
    assert.deepEqual((await theConnection()).channel, sales);
  });

  it('makes one connection when two people connect the same account at the same moment', async () => {
    const admin = await makeMember(platform, { workspaceId: owner.workspaceId, role: 'admin' });
    const [first, second] = [await agreeTo(app, owner, crm), await agreeTo(app, admin, crm)];
    const outcomes = await Promise.all([comeBack(app, owner, first), comeBack(app, admin, second)]);
    for (const outcome of outcomes) assert.equal(outcome.get('connected'), 'fakecrm', outcome.toString());
    assert.equal((await theConnection()).tokenVersion, 2);
  });

  it('adds a second connection for another account', async () => {
    await installApp(app, owner, crm);
    crm.grants.account = { id: 'southwind', name: 'Southwind', url: 'https://fakecrm.example/southwind' };
    await installApp(app, owner, crm);
    assert.equal((await connections()).length, 2);
  });

  describe('and ending the connection', () => {
    const end = async () => {
      const { _id } = await theConnection();
      const answer = await app.callAs(owner, `/v1/connections/${_id}`, { method: 'DELETE' });
      assert.equal(answer.status, 204);
    };

    it('gives the grant back, forgets the tokens, and drops what was to be sent', async () => {
      await installApp(app, owner, crm);
      const [accessToken] = crm.grants.secrets.filter((secret) => secret.startsWith('access-'));
      await end();
      assert.deepEqual(crm.grants.revoked, [accessToken]);
      const { state, refreshToken, ...row } = await theConnection();
      assert.deepEqual(
        { state, refreshToken, accessToken: row.accessToken },
        { state: 'disconnected', refreshToken: null, accessToken: undefined },
      );
      assert.equal(await app.work(), 0);
      assert.equal(await shown(), null);
      assert.equal((await syncLog(owner.workspaceId)).at(-1), 'done: Disconnected Fake CRM');
    });

    it('ends it here even when the provider does not take the grant back', async () => {
      await installApp(app, owner, crm);
      crm.grants.oauth.revoke = () => Promise.reject(new Failure('vendorBusy', 'Busy.', { code: 'fake-busy' }));
      await end();
      assert.equal((await theConnection()).state, 'disconnected');
      assert.ok(platform.log.lines.some(({ message }) => message === 'the provider did not take the grant back'));
    });

    it('can be connected again, as the same connection', async () => {
      await installApp(app, owner, crm);
      const { _id } = await theConnection();
      await end();
      await installApp(app, owner, crm);
      const connection = await theConnection();
      assert.deepEqual({ _id: connection._id, state: connection.state }, { _id, state: 'active' });
      await app.work();
      assert.equal((await shown())?.sync?.state, 'done');
    });
  });
});
