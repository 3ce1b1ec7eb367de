import assert from 'node:assert/strict';
import { Client } from '@hubspot/api-client';
import { connectHubSpot, trySandbox } from '../testing/try-sandbox.ts';

describe('the HubSpot sandbox and the official client', () => {
  it('answers apiRequest like HubSpot does', async () => {
    await using sandbox = await trySandbox();
    const { accessToken } = await connectHubSpot(sandbox.url);
    const client = new Client({ accessToken, basePath: sandbox.url });
    const list = await client.apiRequest({ path: '/crm/objects/2026-09/contacts', qs: { limit: 2, properties: 'email' } });
    assert.equal(list.status, 200);
    assert.match(await list.text(), /ada\.park@brightwater-foods\.example/);
    const inputs = [{ id: '51001', properties: { city: 'Utrecht' } }];
    const update = await client.apiRequest({ method: 'POST', path: '/crm/objects/2026-09/contacts/batch/update', body: { inputs } });
    assert.equal(update.status, 200);
    const wrong = await client.apiRequest({ method: 'POST', path: '/crm/objects/2026-09/contacts/batch/update', body: { inputs: 'no' } });
    assert.equal(wrong.status, 400);
  });
});
