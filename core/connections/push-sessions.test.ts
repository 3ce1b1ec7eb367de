import assert from 'node:assert/strict';
import type { ContactDocument } from '../contacts/contact.ts';
import { Job } from '../jobs/job.ts';
import { runDueJobs } from '../jobs/worker.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { exampleSummary } from '../sessions/summarise-example.ts';
import { askJob } from '../testing/ask-job.ts';
import { connectTo, recordAt } from '../testing/connect-to.ts';
import { makeContact, makeSession } from '../testing/factories.ts';
import { asksToWait, crashes, cutsTheLine, type FakeCrm, fakeCrm } from '../testing/fake-connectors.ts';
import { syncLog } from '../testing/sync-log.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { aboutRecord, pushSession } from './delivery-jobs.ts';
import { pushSessionHandler } from './push-sessions.ts';

describe("Putting a visit on the CRM's timeline", () => {
  let platform: TestPlatform;
  let crm: FakeCrm;
  let connection: ConnectionDocument;
  let contact: ContactDocument;
  let session: SessionDocument;

  beforeEach(async () => {
    crm = fakeCrm();
    platform = await testPlatform({ connectors: [crm.connector] });
    connection = await connectTo(platform, crm);
    contact = await makeContact(platform, {
      workspaceId: connection.workspaceId,
      crm: [recordAt(connection, 'r1')],
      intent: { value: 64, band: 'medium', reasons: [] },
    });
    session = await makeVisit();
  });

  const visitPages = (...paths: string[]) =>
    exampleSummary(
      platform.clock.now(),
      paths.map((path) => ({ path, title: path, seconds: 20 })),
    );
  const makeVisit = () =>
    makeSession(platform, { workspaceId: contact.workspaceId, contactId: contact._id, summary: visitPages('/pricing') });
  const change = (fields: Partial<SessionDocument>) =>
    Session.updateOne({ workspaceId: session.workspaceId, _id: session._id }, { $set: fields });
  const deliver = async ({ _id: sessionId } = session) => {
    await askJob(platform, pushSession, aboutRecord(contact.workspaceId, { connectionId: connection._id, sessionId }, sessionId));
    return work();
  };
  const work = () => runDueJobs(platform, [pushSessionHandler]);
  const log = () => syncLog(contact.workspaceId);
  const theEntry = () => {
    const entries = [...crm.entries.values()];
    assert.equal(entries.length, 1);
    return entries[0];
  };

  it('makes one entry with pages, time, intent and replay link', async () => {
    await change({
      insight: { label: 'buying', confidence: 0.9, summary: 'Looked at plans.', nextStep: 'Call.', moments: [], madeBy: 'rules' },
    });
    await deliver();
    assert.deepEqual(theEntry(), {
      sessionId: session._id,
      recordId: 'r1',
      startedAt: platform.clock.now().toISOString(),
      endedAt: null,
      activeMs: 20_000,
      pages: [{ title: '/pricing', path: '/pricing', activeMs: 20_000 }],
      score: 64,
      band: 'medium',
      intent: 'buying',
      summary: 'Looked at plans.',
      replayUrl: `http://localhost:4000/r/${session._id}`,
      entryId: null,
      mayExist: false,
    });
    assert.deepEqual(await log(), ["done: Added Ada Park's visit on the Fake CRM timeline"]);
  });

  it('leaves the entry alone while the visit goes on, page after page', async () => {
    for (const pages of [['/'], ['/', '/pricing'], ['/', '/pricing', '/demo']]) {
      await change({ summary: visitPages(...pages) });
      await deliver();
    }
    assert.equal(crm.calls.length, 1);
    assert.equal(theEntry()?.pages.length, 1);
  });

  it('finishes the same entry once, when the visit ended', async () => {
    await deliver();
    await change({ endedAt: platform.clock.now(), summary: visitPages('/pricing', '/demo') });
    await deliver();
    await deliver();
    assert.equal(crm.calls.length, 2);
    const entry = theEntry();
    assert.equal(entry?.endedAt, platform.clock.now().toISOString());
    assert.equal(entry?.pages.length, 2);
    assert.deepEqual(await log(), [
      "done: Added Ada Park's visit on the Fake CRM timeline",
      "done: Finished Ada Park's visit on the Fake CRM timeline",
    ]);
  });

  it('makes the entry in its final form when the visit was over before the CRM could be reached', async () => {
    crm.faults.push(asksToWait(60_000));
    await deliver();
    await change({ endedAt: platform.clock.now() });
    platform.clock.advance(61_000);
    await deliver();
    await deliver();
    assert.equal(theEntry()?.endedAt, session.startedAt.toISOString());
    assert.equal(crm.calls.length, 2);
  });

  it('finishes the entry again after a visitor came back into the same visit', async () => {
    await deliver();
    await change({ endedAt: platform.clock.now() });
    await deliver();
    platform.clock.advance(60_000);
    await change({ endedAt: null });
    await deliver();
    await change({ endedAt: platform.clock.now() });
    await deliver();
    assert.equal(theEntry()?.endedAt, platform.clock.now().toISOString());
    assert.equal(crm.calls.length, 3);
  });

  for (const [what, fault] of [
    ['the line was cut after the entry was made', cutsTheLine],
    ['we crashed after the entry was made', () => ({ ...crashes(), after: true, error: new Error('killed') })],
  ] as const) {
    it(`makes no second entry when ${what}`, async () => {
      crm.faults.push(fault());
      await deliver();
      assert.equal(crm.entries.size, 1);
      platform.clock.advance(1001);
      await work();
      assert.equal(theEntry()?.mayExist, true);
      assert.equal(crm.calls.length, 2);
      await change({ endedAt: platform.clock.now() });
      await deliver();
      assert.equal(theEntry()?.entryId, 'entry-1');
    });
  }

  it('keeps two visits of a contact apart', async () => {
    await deliver();
    await deliver(await makeVisit());
    assert.equal(crm.entries.size, 2);
  });

  it('says in the log what was refused, gives up on it, and holds it against nothing else', async () => {
    crm.refused.set('r1', 'This record was deleted.');
    await deliver();
    assert.deepEqual(await log(), ["failed: Could not put Ada Park's visit on the Fake CRM timeline (This record was deleted.)"]);
    assert.equal((await Job.findOne({ workspaceId: contact.workspaceId }).lean())?.state, 'dead');
    const { problem } = await Connection.findOne({ workspaceId: contact.workspaceId, _id: connection._id }).orFail().lean();
    assert.equal(problem, null);
  });

  it('tries again when the CRM asked to wait, and not before', async () => {
    crm.faults.push(asksToWait(10_000));
    await deliver();
    platform.clock.advance(9999);
    assert.equal(await work(), 0);
    platform.clock.advance(1001);
    await work();
    assert.equal(crm.entries.size, 1);
    assert.deepEqual(await log(), [
      "retrying: Could not put Ada Park's visit on the Fake CRM timeline (The vendor asks to wait.)",
      "done: Added Ada Park's visit on the Fake CRM timeline",
    ]);
  });

  it('skips a visit of a contact that has no record at this CRM', async () => {
    const stranger = await makeContact(platform, { workspaceId: contact.workspaceId });
    await deliver(await makeSession(platform, { workspaceId: contact.workspaceId, contactId: stranger._id }));
    assert.deepEqual(crm.calls, []);
    assert.equal(await Job.countDocuments({ workspaceId: contact.workspaceId }), 0);
  });
});
