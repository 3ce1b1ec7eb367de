import assert from 'node:assert/strict';
import type { InboxEvent } from '#contract/connector.ts';
import { Job } from '../jobs/job.ts';
import type { SessionDocument } from '../sessions/session.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { askJob } from '../testing/ask-job.ts';
import { connectTo } from '../testing/connect-to.ts';
import { makeContact, makeSession } from '../testing/factories.ts';
import { type FakeChat, fakeChat } from '../testing/fake-connectors.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { Alert, type AlertDocument, alertId } from './alert.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { aboutRecord, deliverAlert } from './delivery-jobs.ts';

describe('POST /v1/inbox/:provider', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let chat: FakeChat;
  let connection: ConnectionDocument;
  let session: SessionDocument;

  beforeEach(async () => {
    chat = fakeChat();
    platform = await testPlatform({ connectors: [chat.connector] });
    app = await testApp(platform);
    connection = await connectTo(platform, chat);
    session = await announced(connection);
  });
  afterEach(() => app.close());

  /** A session whose message is in the chat. */
  async function announced({ workspaceId, _id: connectionId }: ConnectionDocument): Promise<SessionDocument> {
    const contact = await makeContact(platform, { workspaceId });
    const made = await makeSession(platform, { workspaceId, contactId: contact._id });
    const { _id: sessionId } = made;
    const row = { _id: alertId(connectionId, sessionId), workspaceId, connectionId, sessionId, contactId: contact._id, channelId: 'C1' };
    await Alert.create([{ ...row, signal: 'came back after 3 days' }]);
    await askJob(platform, deliverAlert, aboutRecord(workspaceId, { connectionId, sessionId }, sessionId));
    await app.work();
    platform.clock.advance(5000);
    return made;
  }
  const accountId = 'fakechat-account';
  const claim = () => ({ kind: 'alert.claimed', accountId, sessionId: session._id, by: 'Rita Rep' }) as const;
  const say = (event: InboxEvent, eventKey = 'event-1') => app.call('/v1/inbox/fakechat', chat.says(event, eventKey));
  const alertOf = ({ workspaceId, _id: connectionId }: ConnectionDocument) =>
    Alert.findOne({ workspaceId, _id: alertId(connectionId, session._id) })
      .orFail()
      .lean();
  const theMessage = () => [...chat.messages.values()][0];
  const jobs = () => Job.countDocuments({ dueAt: { $lte: platform.clock.now() } }).setOptions(acrossWorkspaces);

  it('remembers who claimed a visit, and shows it on the message', async () => {
    const answer = await say(claim());
    assert.equal(answer.status, 200);
    assert.equal(answer.text, 'heard');
    await app.work();
    assert.equal(theMessage()?.alert.claimedBy, 'Rita Rep');
    assert.equal(theMessage()?.edits, 1);
  });

  const deeds: readonly [string, (sessionId: string) => InboxEvent, Partial<AlertDocument>][] = [
    [
      'a snooze',
      (sessionId) => ({ kind: 'alert.snoozed', accountId, sessionId, by: 'Rita Rep', forMs: 3_600_000 }),
      { snoozedUntil: new Date('2026-05-20T13:00:05.000Z') },
    ],
    ['that it was not useful', (sessionId) => ({ kind: 'alert.notUseful', accountId, sessionId, by: 'Rita Rep' }), { notUseful: true }],
  ];
  for (const [what, event, remembered] of deeds) {
    it(`remembers ${what}, and shows it on the message`, async () => {
      await say(event(session._id));
      await app.work();
      const alert = await alertOf(connection);
      assert.deepEqual({ ...alert, ...remembered }, alert);
      assert.equal(theMessage()?.edits, 1);
    });
  }

  it('changes the message once when the chat repeats itself, at once or later', async () => {
    await Promise.all([say(claim()), say(claim()), say(claim())]);
    await app.work();
    await Alert.updateOne({ workspaceId: session.workspaceId, sessionId: session._id }, { $set: { claimedBy: 'Somebody else' } });
    platform.clock.advance(5000);
    assert.equal((await say(claim())).status, 200);
    await app.work();
    assert.equal((await alertOf(connection)).claimedBy, 'Somebody else');
    assert.equal(theMessage()?.edits, 1);
  });

  it('takes two different events for what they are', async () => {
    await say(claim(), 'event-1');
    await say({ ...claim(), by: 'Ron Rep' }, 'event-2');
    assert.equal((await alertOf(connection)).claimedBy, 'Ron Rep');
  });

  it('accepts nothing with a bad signature', async () => {
    const forged = { ...chat.says(claim(), 'event-1'), headers: { 'X-Fake-Signature': 'forged' } };
    assert.equal((await app.call('/v1/inbox/fakechat', forged)).status, 401);
    assert.equal((await alertOf(connection)).claimedBy, null);
  });

  it('ignores an account that nobody connected, and a session that nobody announced', async () => {
    assert.equal((await say({ ...claim(), accountId: 'nobody' })).status, 200);
    assert.equal((await say({ kind: 'alert.claimed', accountId, sessionId: 'ses_unknown', by: 'Rita Rep' })).status, 200);
    assert.equal(await jobs(), 0);
    assert.equal((await alertOf(connection)).claimedBy, null);
  });

  it('changes only the workspace that announced it when two have connected the same chat', async () => {
    const other = await connectTo(platform, chat);
    await announced(other);
    await say(claim());
    assert.equal(await jobs(), 1);
    assert.equal(await Alert.countDocuments({ claimedBy: 'Rita Rep' }).setOptions(acrossWorkspaces), 1);
    assert.equal((await alertOf(connection)).claimedBy, 'Rita Rep');
  });

  it('asks for a reconnect in every workspace when the app was removed at the chat', async () => {
    const other = await connectTo(platform, chat);
    await say({ kind: 'grant.revoked', accountId });
    for (const { workspaceId, _id } of [connection, other]) {
      const { state, problem } = await Connection.findOne({ workspaceId, _id }).orFail().lean();
      assert.deepEqual({ state, problem }, { state: 'needs_reauth', problem: 'The app was removed at the provider. Connect it again.' });
    }
  });

  it('does not bring a connection back that was ended here', async () => {
    const { workspaceId, _id } = connection;
    await Connection.updateOne({ workspaceId, _id }, { $set: { state: 'disconnected' } });
    await say({ kind: 'grant.revoked', accountId });
    assert.equal((await Connection.findOne({ workspaceId, _id }).lean())?.state, 'disconnected');
  });

  it('answers 404 for a provider that has no inbox, and refuses a body without end', async () => {
    assert.equal((await app.call('/v1/inbox/nobody', { method: 'POST', body: '{}' })).status, 404);
    const huge = { method: 'POST', body: Buffer.alloc(5 * 1024 * 1024), headers: { 'X-Fake-Signature': 'genuine' } };
    assert.equal((await app.call('/v1/inbox/fakechat', huge)).status, 413);
  });
});
