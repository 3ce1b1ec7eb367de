import assert from 'node:assert/strict';
import { connectHubSpot, trySandbox } from '../testing/try-sandbox.ts';

const path = '/crm/properties/2026-09/contacts';
const score = { name: 'leadlight_score', label: 'Score', groupName: 'leadlight', type: 'number', fieldType: 'number' };

describe('the HubSpot sandbox: properties', () => {
  it('makes a group and a property, and answers 409 the second time', async () => {
    await using sandbox = await trySandbox();
    const { api } = await connectHubSpot(sandbox.url);
    assert.equal((await api('GET', `${path}/leadlight_score`)).status, 404);
    assert.equal((await api('POST', path, score)).status, 400, 'its group has to exist first');
    assert.equal((await api('POST', `${path}/groups`, { name: 'leadlight', label: 'Leadlight' })).status, 201);
    assert.equal((await api('POST', `${path}/groups`, { name: 'leadlight', label: 'Leadlight' })).status, 409);
    assert.equal((await api('POST', path, score)).status, 201);
    const again = await api('POST', path, score);
    assert.equal(again.status, 409);
    assert.equal(again.body.category, 'OBJECT_ALREADY_EXISTS');
    assert.equal((await api('GET', `${path}/leadlight_score`)).body.type, 'number');
  });

  it('refuses a field type that does not go with the type, and an enumeration without options', async () => {
    await using sandbox = await trySandbox();
    const { api } = await connectHubSpot(sandbox.url);
    await api('POST', `${path}/groups`, { name: 'leadlight', label: 'Leadlight' });
    assert.equal((await api('POST', path, { ...score, fieldType: 'textarea' })).status, 400);
    assert.equal((await api('POST', path, { ...score, type: 'enumeration', fieldType: 'select' })).status, 400);
    assert.equal((await api('POST', path, { ...score, name: 'Leadlight Score' })).status, 400);
  });

  it('takes the values along when a property is archived, and leaves HubSpot’s own alone', async () => {
    await using sandbox = await trySandbox();
    const { api } = await connectHubSpot(sandbox.url);
    await api('POST', `${path}/groups`, { name: 'leadlight', label: 'Leadlight' });
    await api('POST', path, score);
    await api('PATCH', '/crm/objects/2026-09/contacts/51001', { properties: { leadlight_score: '40' } });
    assert.equal((await api('POST', `${path}/batch/archive`, { inputs: [{ name: 'leadlight_score' }] })).status, 204);
    await api('POST', path, score);
    const { body } = await api('GET', '/crm/objects/2026-09/contacts/51001?properties=leadlight_score');
    assert.match(JSON.stringify(body.properties), /"leadlight_score":null/);
    assert.equal((await api('DELETE', `${path}/email`)).status, 400);
  });
});
