import assert from 'node:assert/strict';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { Job } from '../jobs/job.ts';
import { runDueJobs } from '../jobs/worker.ts';
import { askJob } from '../testing/ask-job.ts';
import { connectTo } from '../testing/connect-to.ts';
import { makeContact } from '../testing/factories.ts';
import { asksToWait, crashes, cutsTheLine, type FakeCrm, fakeCrm, personAt, refuses, serves } from '../testing/fake-connectors.ts';
import { syncLog } from '../testing/sync-log.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { syncCrm } from './delivery-jobs.ts';
import { pushContactsHandler } from './push-contacts.ts';
import { syncCrmHandler } from './sync-crm.ts';

const waiting = { state: 'waiting', cursor: null, imported: 0, linkTokensWritten: 0 } as const;

describe('The first sync with a CRM', () => {
  let platform: TestPlatform;
  let crm: FakeCrm;
  let connection: ConnectionDocument;

  beforeEach(() => connect());

  async function connect(parts: { batchSize?: number } = {}): Promise<void> {
    crm = fakeCrm(parts);
    platform = await testPlatform({ connectors: [crm.connector] });
    connection = await connectTo(platform, crm, { sync: { ...waiting } });
  }

  const people = (count: number) => crm.contacts.push(...Array.from({ length: count }, (_, nth) => personAt(nth)));
  const sync = async () => {
    const { workspaceId, _id } = connection;
    await askJob(platform, syncCrm, { workspaceId, key: _id, group: _id, payload: { connectionId: _id } });
    return work();
  };
  const work = () => runDueJobs(platform, [syncCrmHandler, pushContactsHandler]);
  const stored = () => Connection.findOne({ workspaceId: connection.workspaceId, _id: connection._id }).orFail().lean();
  const contacts = (): Promise<ContactDocument[]> => Contact.find({ workspaceId: connection.workspaceId }).sort({ name: 1 }).lean();
  const log = () => syncLog(connection.workspaceId);
  /** Something happens each time before the CRM is asked for a page. */
  const changeImports = (happen: (cursor: string | null) => unknown) => {
    const { crm: ability } = crm.connector;
    assert.ok(ability);
    const importContacts: typeof ability.importContacts = async (grant, cursor) => {
      await happen(cursor);
      return ability.importContacts(grant, cursor);
    };
    platform = { ...platform, connectors: new Map([['fakecrm', { ...crm.connector, crm: { ...ability, importContacts } }]]) };
  };
  const callsOf = (name: string) => crm.calls.filter((call) => call.name === name);

  it('makes its fields, imports page by page, and writes a link token on every record', async () => {
    people(5);
    crm.pageSize = 2;
    crm.missingFields.push('Leadlight score', 'Leadlight band');
    await sync();
    assert.deepEqual((await stored()).sync, { state: 'done', cursor: null, imported: 5, linkTokensWritten: 5 });
    assert.equal(callsOf('importContacts').length, 3);
    assert.deepEqual(
      crm.contacts.map(({ linkToken }) => linkToken),
      (await contacts()).map(({ linkToken }) => linkToken),
    );
    assert.deepEqual(await log(), [
      'done: Made 2 fields in Fake CRM: Leadlight score, Leadlight band',
      'done: Imported 5 contacts from Fake CRM and wrote 5 link tokens',
    ]);
  });

  it('changes nothing when it is run again', async () => {
    people(3);
    await sync();
    const before = await contacts();
    await sync();
    assert.deepEqual(await contacts(), before);
    assert.equal(callsOf('writeLinkTokens').length, 1);
    assert.equal((await log()).at(-1), 'done: Imported 3 contacts from Fake CRM and wrote 0 link tokens');
  });

  for (const [what, fault] of [
    ['after a crash', crashes],
    ['when the CRM asked to wait', () => asksToWait(1000)],
    ['when the line was cut', cutsTheLine],
  ] as const) {
    it(`goes on at the page where it was ${what}`, async () => {
      people(6);
      crm.pageSize = 2;
      // Fields, then per page an import and its link tokens: the import of page 2 fails.
      crm.faults.push(serves(), serves(), serves(), fault());
      await sync();
      assert.deepEqual((await stored()).sync, { state: 'running', cursor: '2', imported: 2, linkTokensWritten: 2 });
      platform.clock.advance(2001);
      await work();
      assert.deepEqual((await stored()).sync, { state: 'done', cursor: null, imported: 6, linkTokensWritten: 6 });
      assert.equal((await contacts()).length, 6);
      assert.equal(callsOf('importContacts').length, 4);
    });
  }

  it('makes no contact twice when it stopped between storing a page and writing its link tokens', async () => {
    people(2);
    crm.faults.push(serves(), serves(), crashes());
    await sync();
    platform.clock.advance(1001);
    await work();
    assert.equal((await contacts()).length, 2);
    assert.deepEqual(
      crm.contacts.map(({ linkToken }) => linkToken),
      (await contacts()).map(({ linkToken }) => linkToken),
    );
  });

  it('outlives its tokens: every page of a large import may need a new one', async () => {
    people(8);
    crm.pageSize = 2;
    const expiredAt = new Set<string | null>();
    changeImports((cursor) => {
      if (!expiredAt.has(cursor)) crm.grants.expire();
      expiredAt.add(cursor);
    });
    await sync();
    const { state, sync: end } = await stored();
    assert.equal(state, 'active');
    assert.deepEqual(end, { state: 'done', cursor: null, imported: 8, linkTokensWritten: 8 });
    assert.equal(crm.grants.refreshes.length, 4);
  });

  it('shows why it failed when the CRM refuses the fields, and works after a reconnect', async () => {
    people(1);
    crm.faults.push(refuses('The permission to make fields is missing.'));
    await sync();
    const { sync: failed, problem, state } = await stored();
    assert.equal(failed?.state, 'failed');
    assert.equal(problem, 'The permission to make fields is missing.');
    assert.equal(state, 'active');
    assert.equal((await Job.findOne({ workspaceId: connection.workspaceId }).lean())?.state, 'dead');
    await sync();
    assert.deepEqual((await stored()).sync, { state: 'done', cursor: null, imported: 1, linkTokensWritten: 1 });
    assert.equal((await stored()).problem, null);
  });

  it('shows those who visited before in the CRM at once, and nobody else', async () => {
    people(3);
    const { workspaceId } = connection;
    await makeContact(platform, {
      workspaceId,
      email: 'person1@example.com',
      lastSessionId: 'ses_1',
      intent: { value: 72, band: 'high', reasons: [] },
    });
    await sync();
    assert.deepEqual(
      [...crm.states].map(([recordId, { score }]) => [recordId, score]),
      [['r1', 72]],
    );
    await sync();
    assert.equal(callsOf('pushContacts').length, 1);
  });

  it('fills its fields again when somebody removed them from the CRM', async () => {
    people(1);
    const { workspaceId } = connection;
    await makeContact(platform, { workspaceId, email: 'person0@example.com', lastSessionId: 'ses_1' });
    await sync();
    crm.states.clear();
    crm.missingFields.push('Leadlight score');
    await sync();
    assert.ok(crm.states.has('r0'));
  });

  it('stops when the connection is ended in the middle', async () => {
    people(4);
    crm.pageSize = 2;
    changeImports(() =>
      Connection.updateOne(
        { workspaceId: connection.workspaceId, _id: connection._id },
        { $set: { state: 'disconnected', sync: null }, $inc: { tokenVersion: 1 } },
      ),
    );
    await sync();
    assert.equal((await stored()).sync, null);
    assert.equal(callsOf('importContacts').length, 1);
    assert.equal(await Job.countDocuments({ workspaceId: connection.workspaceId }), 0);
  });

  it('writes no more link tokens in one call than the CRM takes', async () => {
    await connect({ batchSize: 2 });
    people(5);
    await sync();
    assert.deepEqual(
      callsOf('writeLinkTokens').map(({ rows }) => rows),
      [2, 2, 1],
    );
  });

  it('counts and tells of the link tokens that the CRM refused', async () => {
    people(3);
    crm.refused.set('r1', 'This record is locked.');
    await sync();
    assert.equal((await stored()).sync?.linkTokensWritten, 2);
    assert.deepEqual(await log(), [
      'failed: Could not write 1 link token in Fake CRM (This record is locked.)',
      'done: Imported 3 contacts from Fake CRM and wrote 2 link tokens',
    ]);
  });
});
