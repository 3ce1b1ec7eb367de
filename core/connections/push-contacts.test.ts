import assert from 'node:assert/strict';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { Job } from '../jobs/job.ts';
import { runDueJobs } from '../jobs/worker.ts';
import { askJob } from '../testing/ask-job.ts';
import { connectTo, recordAt } from '../testing/connect-to.ts';
import { makeContact } from '../testing/factories.ts';
import { asksToWait, crashes, type FakeCrm, fakeCrm, refuses, serves } from '../testing/fake-connectors.ts';
import { syncLog } from '../testing/sync-log.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { aboutRecord, pushContact } from './delivery-jobs.ts';
import { pushContactsHandler } from './push-contacts.ts';

describe("Bringing a contact's state to the CRM", () => {
  let platform: TestPlatform;
  let crm: FakeCrm;
  let connection: ConnectionDocument;

  beforeEach(() => connect());

  async function connect(parts: { batchSize?: number } = {}): Promise<void> {
    crm = fakeCrm(parts);
    platform = await testPlatform({ connectors: [crm.connector] });
    connection = await connectTo(platform, crm);
  }

  const make = (recordId: string, fields: Partial<ContactDocument> = {}) =>
    makeContact(platform, { workspaceId: connection.workspaceId, crm: [recordAt(connection, recordId)], ...fields });
  const ask = ({ _id: contactId }: ContactDocument) =>
    askJob(platform, pushContact, aboutRecord(connection.workspaceId, { connectionId: connection._id, contactId }, contactId));
  const work = () => runDueJobs(platform, [pushContactsHandler]);
  const log = () => syncLog(connection.workspaceId);
  const stateOf = async () => (await Job.find({ workspaceId: connection.workspaceId }).lean()).map(({ state }) => state);
  const score = (value: number) => ({ intent: { value, band: 'high' as const, reasons: [] } });

  it('shows score, reasons, insight and link token on the record', async () => {
    const at = platform.clock.now();
    const reason = { text: 'Looked at pricing for 2 min', at: at.toISOString(), sessionId: 'ses_1', offsetMs: 0 };
    const contact = await make('r1', {
      intent: {
        value: 72,
        band: 'high',
        reasons: [
          { points: 80, ...reason },
          { points: -8, ...reason, text: 'Read about jobs' },
        ],
      },
      insight: { label: 'buying', confidence: 0.8, summary: 'Compared plans.', nextStep: 'Call today.', moments: [], madeBy: 'rules' },
      lastSeenAt: at,
      lastSessionId: 'ses_1',
      sessions30d: 3,
      trend: 'rising',
    });
    await ask(contact);
    await work();
    assert.deepEqual(crm.states.get('r1'), {
      contactId: contact._id,
      recordId: 'r1',
      score: 72,
      band: 'high',
      trend: 'rising',
      reasons: '+80 Looked at pricing for 2 min\n-8 Read about jobs',
      lastSeenAt: at.toISOString(),
      sessions30d: 3,
      insight: 'Compared plans.',
      nextStep: 'Call today.',
      replayUrl: 'http://localhost:4000/r/ses_1',
      linkToken: contact.linkToken,
    });
    assert.deepEqual(await log(), ['done: Updated Ada Park in Fake CRM: score 72 (high)']);
    assert.deepEqual(await stateOf(), []);
  });

  it('sends nothing when the CRM shows it already', async () => {
    const contact = await make('r1');
    for (let time = 0; time < 3; time += 1) {
      await ask(contact);
      await work();
    }
    assert.equal(crm.calls.length, 1);
    assert.equal((await log()).length, 1);
  });

  it('sends only the newest state of what was asked for many times', async () => {
    const contact = await make('r1');
    for (const value of [10, 40, 90]) {
      await Contact.updateOne({ workspaceId: contact.workspaceId, _id: contact._id }, { $set: score(value) });
      await ask(contact);
    }
    await work();
    assert.equal(crm.calls.length, 1);
    assert.equal(crm.states.get('r1')?.score, 90);
  });

  it('sends many contacts in one call', async () => {
    for (let nth = 0; nth < 30; nth += 1) await ask(await make(`r${nth}`));
    await work();
    assert.deepEqual(crm.calls, [{ name: 'pushContacts', rows: 30 }]);
    assert.equal(crm.states.size, 30);
  });

  it('sends no more in one call than the CRM takes', async () => {
    await connect({ batchSize: 2 });
    for (let nth = 0; nth < 5; nth += 1) await ask(await make(`r${nth}`));
    await work();
    assert.deepEqual(
      crm.calls.map(({ rows }) => rows),
      [2, 2, 1],
    );
    assert.equal(crm.states.size, 5);
  });

  it('does not send again what arrived before a later part of the batch failed', async () => {
    await connect({ batchSize: 2 });
    for (let nth = 0; nth < 4; nth += 1) await ask(await make(`r${nth}`, { name: `Person ${nth}` }));
    crm.faults.push(serves(), asksToWait(0));
    await work();
    platform.clock.advance(1001);
    await work();
    assert.deepEqual(
      crm.calls.map(({ rows }) => rows),
      [2, 2, 2],
    );
    assert.equal(crm.states.size, 4);
    assert.equal((await log()).filter((line) => line.startsWith('done')).length, 4);
  });

  it('refuses one row without failing its neighbours, and says so in the log', async () => {
    crm.refused.set('r1', 'This record was deleted.');
    await ask(await make('r1', { name: 'Gone Person' }));
    await ask(await make('r2'));
    await work();
    assert.deepEqual([...crm.states.keys()], ['r2']);
    assert.deepEqual((await log()).toSorted(), [
      'done: Updated Ada Park in Fake CRM: score 0 (low)',
      'failed: Could not update Gone Person in Fake CRM (This record was deleted.)',
    ]);
    assert.deepEqual(await stateOf(), ['dead']);
    const { problem } = await Connection.findOne({ workspaceId: connection.workspaceId, _id: connection._id }).orFail().lean();
    assert.equal(problem, null, 'one record says nothing about the connection');
  });

  it('gives a refused record a new chance when there is news of the contact', async () => {
    crm.refused.set('r1', 'Locked.');
    const contact = await make('r1');
    await ask(contact);
    await work();
    crm.refused.clear();
    await ask(contact);
    await work();
    assert.equal(crm.states.get('r1')?.contactId, contact._id);
  });

  it('tries again when the CRM asked to wait, and not before', async () => {
    crm.faults.push(asksToWait(30_000));
    await ask(await make('r1'));
    await work();
    platform.clock.advance(29_999);
    assert.equal(await work(), 0);
    assert.equal(crm.calls.length, 1);
    platform.clock.advance(1001);
    await work();
    assert.equal(crm.states.size, 1);
    assert.deepEqual(await log(), [
      'retrying: Could not update Ada Park in Fake CRM (The vendor asks to wait.)',
      'done: Updated Ada Park in Fake CRM: score 0 (low)',
    ]);
  });

  it('waits out Retry-After even when there is news of the contact meanwhile', async () => {
    crm.faults.push(asksToWait(30_000));
    const contact = await make('r1');
    await ask(contact);
    await work();
    await ask(contact);
    assert.equal(await work(), 0);
  });

  it('tells of a bug without its words, and tries again', async () => {
    crm.faults.push(crashes());
    await ask(await make('r1'));
    await work();
    assert.deepEqual(await log(), ['retrying: Could not update Ada Park in Fake CRM (An unexpected error; the log has it.)']);
    platform.clock.advance(1001);
    await work();
    assert.equal(crm.states.size, 1);
  });

  it('gives up at once on what the CRM refuses as a whole, and shows it on the connection', async () => {
    crm.faults.push(refuses('The permission is missing.'));
    await ask(await make('r1'));
    await work();
    assert.deepEqual(await stateOf(), ['dead']);
    const { problem } = await Connection.findOne({ workspaceId: connection.workspaceId, _id: connection._id }).orFail().lean();
    assert.equal(problem, 'The permission is missing.');
  });

  it('says nothing in the log of a token that was refused and mended', async () => {
    crm.grants.expire();
    await ask(await make('r1'));
    await work();
    assert.deepEqual(await log(), ['done: Updated Ada Park in Fake CRM: score 0 (low)']);
  });

  it('skips a contact that has no record at this CRM', async () => {
    await ask(await make('r1', { crm: [] }));
    await work();
    assert.deepEqual(crm.calls, []);
    assert.deepEqual(await stateOf(), []);
  });

  it('keeps deliveries of a lost connection waiting, and says so', async () => {
    crm.grants.remove();
    await ask(await make('r1'));
    await work();
    await ask(await make('r2', { name: 'Second Person' }));
    await work();
    assert.deepEqual(await stateOf(), ['parked', 'parked']);
    assert.deepEqual(await log(), [
      'waiting: Could not update Ada Park in Fake CRM (The vendor no longer accepts the connection.)',
      'waiting: Could not update Second Person in Fake CRM (The connection must be renewed before this can be sent.)',
    ]);
  });

  it('drops what was to be sent to a connection that is gone', async () => {
    await ask(await make('r1'));
    await Connection.updateOne({ workspaceId: connection.workspaceId, _id: connection._id }, { $set: { state: 'disconnected' } });
    await work();
    assert.deepEqual(await stateOf(), []);
    assert.deepEqual(crm.calls, []);
  });
});
