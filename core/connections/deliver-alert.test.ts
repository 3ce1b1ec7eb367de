import assert from 'node:assert/strict';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { Job } from '../jobs/job.ts';
import { runDueJobs } from '../jobs/worker.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { exampleSummary } from '../sessions/summarise-example.ts';
import { askJob } from '../testing/ask-job.ts';
import { connectTo, recordAt } from '../testing/connect-to.ts';
import { makeContact, makeSession } from '../testing/factories.ts';
import { asksToWait, cutsTheLine, type FakeChat, type FakeCrm, fakeChat, fakeCrm, refuses } from '../testing/fake-connectors.ts';
import { syncLog } from '../testing/sync-log.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { Alert, type AlertDocument, alertId } from './alert.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { deliverAlertHandler } from './deliver-alert.ts';
import { aboutRecord, deliverAlert } from './delivery-jobs.ts';

describe('Announcing a visit in a chat', () => {
  let platform: TestPlatform;
  let chat: FakeChat;
  let crm: FakeCrm;
  let connection: ConnectionDocument;
  let contact: ContactDocument;
  let session: SessionDocument;

  beforeEach(async () => {
    chat = fakeChat();
    crm = fakeCrm();
    platform = await testPlatform({ connectors: [chat.connector, crm.connector] });
    connection = await connectTo(platform, chat);
    const { workspaceId } = connection;
    const crmConnection = await connectTo(platform, crm, { workspaceId });
    const reason = { at: platform.clock.now().toISOString(), sessionId: null, offsetMs: null };
    const reasons = ['Asked for a demo', 'Looked at pricing', 'Came back', 'Read much'].map((text, nth) => ({
      points: 40 - nth,
      text,
      ...reason,
    }));
    contact = await makeContact(platform, {
      workspaceId,
      email: 'ada@brightwater.example',
      crm: [recordAt(crmConnection, 'r1')],
      intent: { value: 100, band: 'high', reasons },
    });
    session = await makeVisit();
    await makeAlert();
  });

  const visitPages = (...paths: string[]) =>
    exampleSummary(
      platform.clock.now(),
      paths.map((path) => ({ path, title: path, seconds: 20 })),
    );
  const makeVisit = () =>
    makeSession(platform, { workspaceId: contact.workspaceId, contactId: contact._id, summary: visitPages('/pricing') });
  const makeAlert = async ({ _id: sessionId, workspaceId } = session) => {
    const { _id: connectionId } = connection;
    const row = { _id: alertId(connectionId, sessionId), workspaceId, connectionId, sessionId, contactId: contact._id, channelId: 'C1' };
    await Alert.create([{ ...row, signal: 'asked for a demo' }]);
  };
  const change = (fields: Partial<SessionDocument>) =>
    Session.updateOne({ workspaceId: session.workspaceId, _id: session._id }, { $set: fields });
  const changeAlert = (fields: Partial<AlertDocument>) =>
    Alert.updateOne({ workspaceId: session.workspaceId, _id: alertId(connection._id, session._id) }, { $set: fields });
  const deliver = async ({ _id: sessionId } = session) => {
    await askJob(platform, deliverAlert, aboutRecord(contact.workspaceId, { connectionId: connection._id, sessionId }, sessionId));
    return work();
  };
  const work = () => runDueJobs(platform, [deliverAlertHandler]);
  const log = () => syncLog(contact.workspaceId);
  const theMessage = () => {
    const messages = [...chat.messages.values()];
    assert.equal(messages.length, 1);
    return messages[0];
  };

  it('says who it is, why now, and where to look', async () => {
    await deliver();
    const { channelId, alert, edits } = theMessage() ?? {};
    const now = platform.clock.now().toISOString();
    assert.equal(channelId, 'C1');
    assert.equal(edits, 0);
    assert.deepEqual(alert, {
      sessionId: session._id,
      contactName: 'Ada Park',
      company: 'Brightwater',
      email: 'ada@brightwater.example',
      score: 100,
      band: 'high',
      signal: 'asked for a demo',
      reasons: ['+40 Asked for a demo', '+39 Looked at pricing', '+38 Came back'],
      pages: [{ title: '/pricing', path: '/pricing', activeMs: 20_000 }],
      live: true,
      startedAt: now,
      lastSeenAt: now,
      insight: null,
      replayUrl: `http://localhost:4000/r/${session._id}`,
      contactUrl: `http://localhost:4000/contacts/${contact._id}`,
      crm: { title: 'Fake CRM', url: 'https://fakecrm.example/contacts/r1' },
      claimedBy: null,
      snoozedUntil: null,
      notUseful: false,
    });
    assert.deepEqual(await log(), ['done: Announced Ada Park in Fake Chat (#sales)']);
  });

  it('announces a visitor once a session, and edits the message as the visit goes on', async () => {
    await deliver();
    for (const pages of [
      ['/pricing', '/demo'],
      ['/pricing', '/demo', '/contact'],
    ]) {
      platform.clock.advance(5000);
      await change({ summary: visitPages(...pages) });
      await deliver();
    }
    assert.equal(theMessage()?.edits, 2);
    assert.equal(theMessage()?.alert.pages.length, 3);
    assert.deepEqual((await log()).slice(1), Array(2).fill('done: Updated the message about Ada Park in Fake Chat (#sales)'));
  });

  it('edits no faster than every one and a half seconds, and then shows the newest', async () => {
    await deliver();
    for (const path of ['/one', '/two', '/three']) {
      platform.clock.advance(300);
      await change({ summary: visitPages('/pricing', path) });
      await deliver();
    }
    assert.equal(theMessage()?.edits, 0);
    platform.clock.advance(599);
    await work();
    assert.equal(theMessage()?.edits, 0);
    platform.clock.advance(1);
    await work();
    assert.equal(theMessage()?.edits, 1);
    assert.equal(theMessage()?.alert.pages[1]?.path, '/three');
    assert.equal(await work(), 0);
  });

  it('does not edit when there is nothing new to show', async () => {
    await deliver();
    platform.clock.advance(10_000);
    await change({ lastSeenAt: platform.clock.now() });
    await deliver();
    assert.equal(theMessage()?.edits, 0);
  });

  it('ends with the insight', async () => {
    await deliver();
    platform.clock.advance(60_000);
    const insight = {
      label: 'buying',
      confidence: 0.9,
      summary: 'Wants a demo.',
      nextStep: 'Call.',
      moments: [],
      madeBy: 'rules',
    } as const;
    await change({ endedAt: platform.clock.now(), insight: { ...insight, moments: [] } });
    await deliver();
    assert.equal(theMessage()?.alert.live, false);
    assert.deepEqual(theMessage()?.alert.insight, insight);
  });

  it('posts no second message when the line was cut after the first', async () => {
    const firstTry = platform.clock.now();
    chat.faults.push(cutsTheLine());
    await deliver();
    platform.clock.advance(5000);
    await work();
    assert.equal(chat.messages.size, 1);
    assert.deepEqual(
      chat.announcements.map(({ mayExist, triedSince }) => ({ mayExist, triedSince })),
      [
        { mayExist: false, triedSince: null },
        { mayExist: true, triedSince: firstTry },
      ],
    );
    assert.deepEqual(await log(), [
      'retrying: Could not announce Ada Park in Fake Chat (The vendor did not answer.)',
      'done: Announced Ada Park in Fake Chat (#sales)',
    ]);
  });

  it('keeps the first moment of trying through several cuts', async () => {
    const firstTry = platform.clock.now();
    chat.faults.push(cutsTheLine(), cutsTheLine());
    await deliver();
    for (let time = 0; time < 2; time += 1) {
      platform.clock.advance(10_000);
      await work();
    }
    assert.equal(chat.messages.size, 1);
    assert.deepEqual(chat.announcements.at(-1)?.triedSince, firstTry);
  });

  it('posts after the chat asked to wait, and not before', async () => {
    chat.faults.push(asksToWait(20_000));
    await deliver();
    platform.clock.advance(19_999);
    assert.equal(await work(), 0);
    platform.clock.advance(1001);
    await work();
    assert.equal(chat.messages.size, 1);
  });

  it('goes to the channel that is chosen by now, and stays where it was posted', async () => {
    chat.faults.push(refuses('The channel is archived. Choose another channel.'));
    await deliver();
    const choose = (channel: ConnectionDocument['channel']) =>
      Connection.updateOne({ workspaceId: contact.workspaceId, _id: connection._id }, { $set: { channel } });
    await choose({ id: 'C2', name: '#marketing' });
    await deliver();
    assert.equal(theMessage()?.channelId, 'C2');
    await choose({ id: 'C1', name: '#sales' });
    platform.clock.advance(5000);
    await change({ summary: visitPages('/demo') });
    await deliver();
    assert.equal(theMessage()?.edits, 1);
    assert.deepEqual((await log()).slice(1), [
      'done: Announced Ada Park in Fake Chat (#marketing)',
      'done: Updated the message about Ada Park in Fake Chat (C2)',
    ]);
  });

  it('says what became of an edit that the chat refused', async () => {
    await deliver();
    platform.clock.advance(5000);
    await change({ summary: visitPages('/demo') });
    chat.faults.push(refuses('The channel is archived.'));
    await deliver();
    assert.equal((await log()).at(-1), 'failed: Could not update the message about Ada Park in Fake Chat (The channel is archived.)');
  });

  it('does not announce a contact that somebody snoozed, until the snooze is over', async () => {
    await deliver();
    await changeAlert({ snoozedUntil: new Date(platform.clock.now().getTime() + 3_600_000) });
    session = await makeVisit();
    await makeAlert();
    await deliver();
    assert.equal(chat.messages.size, 1);
    assert.equal(await Job.countDocuments({ workspaceId: contact.workspaceId, dueAt: { $lte: platform.clock.now() } }), 0);
    platform.clock.advance(3_600_000);
    await deliver();
    assert.equal(chat.messages.size, 2);
  });

  it('still edits the message on which the snooze was asked for', async () => {
    await deliver();
    platform.clock.advance(5000);
    await changeAlert({ snoozedUntil: new Date(platform.clock.now().getTime() + 3_600_000) });
    await deliver();
    assert.equal(theMessage()?.alert.snoozedUntil, '2026-05-20T13:00:05.000Z');
  });

  it('announces another contact all the same', async () => {
    await deliver();
    await changeAlert({ snoozedUntil: new Date(platform.clock.now().getTime() + 3_600_000) });
    contact = await makeContact(platform, { workspaceId: contact.workspaceId, name: 'Ben Lee' });
    session = await makeVisit();
    await makeAlert();
    await deliver();
    assert.deepEqual(
      [...chat.messages.values()].map(({ alert }) => alert.contactName),
      ['Ada Park', 'Ben Lee'],
    );
  });

  it('names no CRM for a contact that came from none', async () => {
    await Contact.updateOne({ workspaceId: contact.workspaceId, _id: contact._id }, { $set: { crm: [] } });
    await deliver();
    assert.equal(theMessage()?.alert.crm, null);
  });

  it('says nothing of a visit that was erased meanwhile', async () => {
    await Session.deleteOne({ workspaceId: session.workspaceId, _id: session._id });
    await deliver();
    assert.equal(chat.messages.size, 0);
    assert.equal(await Job.countDocuments({ workspaceId: contact.workspaceId }), 0);
  });
});
