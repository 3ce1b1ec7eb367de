import assert from 'node:assert/strict';
import { connectHubSpot, stateOf, trySandbox } from '../testing/try-sandbox.ts';

const path = '/crm/objects/2026-09/notes';
const onContact = (id: string) => [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] }];

describe('the HubSpot sandbox: notes', () => {
  it('makes a note on a contact, edits it, and removes it', async () => {
    await using sandbox = await trySandbox();
    const { api } = await connectHubSpot(sandbox.url);
    const properties = { hs_timestamp: '2026-11-20T10:00:00Z', hs_note_body: '<b>Visit</b>' };
    const made = await api('POST', path, { properties, associations: onContact('51001') });
    assert.equal(made.status, 201);
    const id = String(made.body.id);
    const edit = { inputs: [{ id, properties: { hs_note_body: '<b>Visit ended</b>' } }] };
    assert.equal((await api('POST', `${path}/batch/update`, edit)).status, 200);
    const [note] = (await stateOf(sandbox.url)).hubspot.notes;
    assert.equal(note?.properties.hs_note_body, '<b>Visit ended</b>');
    assert.deepEqual(note?.contactIds, ['51001']);
    assert.equal((await api('DELETE', `${path}/${id}`)).status, 204);
    assert.equal((await api('GET', `${path}/${id}`)).status, 404);
  });

  it('wants a time, a contact that exists and the association type 202', async () => {
    await using sandbox = await trySandbox();
    const { api } = await connectHubSpot(sandbox.url);
    const properties = { hs_timestamp: '1763632800000', hs_note_body: 'x' };
    const wrong = [
      { properties: { hs_note_body: 'x' }, associations: onContact('51001') },
      { properties, associations: onContact('404404') },
      { properties, associations: [{ to: { id: '51001' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }] }] },
      { properties: { ...properties, hs_note_body: 'x'.repeat(65_537) }, associations: onContact('51001') },
    ];
    for (const body of wrong) assert.equal((await api('POST', path, body)).status, 400);
    assert.equal((await stateOf(sandbox.url)).hubspot.notes.length, 0);
  });

  it('finds the notes of contacts through their associations, and says which contact has none', async () => {
    await using sandbox = await trySandbox();
    const { api } = await connectHubSpot(sandbox.url);
    const properties = { hs_timestamp: '2026-11-20T10:00:00Z', hs_note_body: 'x' };
    const inputs = ['51001', '51001', '51002'].map((id) => ({ properties, associations: onContact(id) }));
    const made = await api('POST', `${path}/batch/create`, { inputs });
    assert.equal(made.status, 201);
    const read = await api('POST', '/crm/associations/2026-09/contacts/notes/batch/read', { inputs: [{ id: '51001' }, { id: '51003' }] });
    assert.equal(read.status, 207);
    assert.match(JSON.stringify(read.body.errors), /crm\.associations\.NO_ASSOCIATIONS_FOUND.*51003/);
    assert.deepEqual(read.body.results, [
      {
        from: { id: '51001' },
        to: ['88001', '88002'].map((toObjectId) => ({
          toObjectId,
          associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 201, label: null }],
        })),
      },
    ]);
    assert.equal((await api('PUT', '/crm/objects/2026-09/notes/88003/associations/default/contacts/51003')).status, 200);
    const after = await api('GET', '/crm/objects/2026-09/contacts/51003/associations/notes');
    assert.match(JSON.stringify(after.body.results), /88003/);
  });
});
