import assert from 'node:assert/strict';
import type { CrmContact } from '#contract/connector.ts';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { recordAt } from '../testing/connect-to.ts';
import { makeConnection, makeContact } from '../testing/factories.ts';
import { personAt } from '../testing/fake-connectors.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { ConnectionDocument } from './connection.ts';
import { importContacts } from './import-contacts.ts';

describe('Importing contacts from a CRM', () => {
  let platform: TestPlatform;
  let connection: ConnectionDocument;

  beforeEach(async () => {
    platform = await testPlatform();
    connection = await makeConnection(platform);
  });

  const make = (fields: Partial<ContactDocument>) => makeContact(platform, { workspaceId: connection.workspaceId, ...fields });
  const importRows = (...rows: CrmContact[]) => importContacts(platform, connection, rows);
  const contacts = (): Promise<ContactDocument[]> => Contact.find({ workspaceId: connection.workspaceId }).sort({ name: 1 }).lean();
  const find = async ({ _id }: ContactDocument) => (await contacts()).find((contact) => contact._id === _id);
  const recordsOf = (contact: ContactDocument | undefined) => contact?.crm.map(({ recordId }) => recordId);

  it('makes a contact of somebody nobody knew', async () => {
    await importRows(personAt(0, { email: 'Person0@Example.com' }));
    const [contact] = await contacts();
    assert.deepEqual(
      { name: contact?.name, email: contact?.email, company: contact?.company, score: contact?.intent.value },
      { name: 'Person 0', email: 'person0@example.com', company: 'Brightwater', score: 0 },
    );
    const record = { connectionId: connection._id, provider: 'fakecrm', recordId: 'r0', url: 'https://fakecrm.example/contacts/r0' };
    assert.deepEqual(contact?.crm, [{ ...record, ownerId: 'owner-1', lifecycle: 'lead' }]);
  });

  it('knows people by their e-mail address, in any case, and keeps what was known of them', async () => {
    const known = await make({ name: '', email: 'person0@example.com', sessions30d: 4 });
    const [stored] = await importRows(personAt(0, { email: 'Person0@Example.com' }));
    assert.deepEqual(stored, { contactId: known._id, hasVisited: false, recordId: 'r0', linkToken: known.linkToken, onRecord: null });
    const [contact, ...others] = await contacts();
    assert.deepEqual(others, []);
    assert.deepEqual(
      { id: contact?._id, name: contact?.name, sessions: contact?.sessions30d, records: recordsOf(contact) },
      { id: known._id, name: 'Person 0', sessions: 4, records: ['r0'] },
    );
  });

  it('knows people by their record, even when another contact has the address by now', async () => {
    // Made first, so that a search by either would meet it first.
    const byEmail = await make({ name: 'By e-mail', email: 'person0@example.com' });
    const byRecord = await make({ name: 'By record', email: null, crm: [recordAt(connection, 'r0')] });
    await importRows(personAt(0));
    assert.equal((await find(byRecord))?.name, 'Person 0');
    assert.deepEqual(await find(byEmail), byEmail);
  });

  it('follows the CRM when a name or company changed there, and keeps them when they were emptied', async () => {
    await importRows(personAt(0));
    await importRows(personAt(0, { name: 'Ada Lovelace', company: '' }));
    const [contact] = await contacts();
    assert.deepEqual([contact?.name, contact?.company], ['Ada Lovelace', 'Brightwater']);
  });

  it('keeps two records with one address apart: the address stays with the first', async () => {
    for (let time = 0; time < 2; time += 1) {
      await importRows(personAt(0), personAt(1, { email: 'PERSON0@example.com' }));
      assert.deepEqual(
        (await contacts()).map((contact) => [contact.name, contact.email, recordsOf(contact)]),
        [
          ['Person 0', 'person0@example.com', ['r0']],
          ['Person 1', null, ['r1']],
        ],
      );
    }
  });

  it('keeps two records apart that both have the address of somebody who was known before', async () => {
    const known = await make({ email: 'person0@example.com' });
    await importRows(personAt(0), personAt(1, { email: 'person0@example.com' }));
    const [first, second] = await contacts();
    assert.equal(first?._id, known._id);
    assert.deepEqual([recordsOf(first), recordsOf(second)], [['r0'], ['r1']]);
  });

  it('keeps people without an address apart', async () => {
    await importRows(personAt(0, { email: null }), personAt(1, { email: null }));
    assert.equal((await contacts()).length, 2);
  });

  it('keeps the record of another CRM', async () => {
    await make({ email: 'person0@example.com', crm: [recordAt({ ...connection, _id: 'conn_other' }, 'o7')] });
    await importRows(personAt(0));
    assert.deepEqual(recordsOf((await contacts())[0]), ['r0', 'o7']);
  });

  it('knows nobody of another workspace', async () => {
    const stranger = await makeContact(platform, { email: 'person0@example.com' });
    await importRows(personAt(0));
    assert.equal((await contacts()).length, 1);
    assert.deepEqual(await Contact.findOne({ workspaceId: stranger.workspaceId, _id: stranger._id }).lean(), stranger);
  });

  it('keeps a link token that is on a record already in use, so that links in sent campaigns keep working', async () => {
    const linkToken = 'token-of-an-old-campaign';
    for (let time = 0; time < 2; time += 1) {
      const [stored] = await importRows(personAt(0, { linkToken }));
      assert.deepEqual({ linkToken: stored?.linkToken, onRecord: stored?.onRecord }, { linkToken, onRecord: linkToken });
    }
  });

  it('gives a new link token where the one on the record is taken, or is none', async () => {
    const [copied, taken] = ['token-of-an-old-campaign', 'token-of-somebody-known'];
    await make({ linkToken: taken });
    const onRecords = [copied, copied, taken, 'short', 'with spaces and <markup>'];
    const stored = await importRows(...onRecords.map((linkToken, nth) => personAt(nth, { linkToken })));
    const tokens = stored.map(({ linkToken }) => linkToken);
    assert.equal(tokens[0], copied);
    assert.equal(new Set([...tokens, taken]).size, 6);
    for (const token of tokens) assert.match(token, /^[\w-]{16,64}$/);
    assert.deepEqual(
      stored.map(({ onRecord }) => onRecord),
      onRecords,
    );
  });
});
