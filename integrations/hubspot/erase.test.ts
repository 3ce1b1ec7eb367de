import assert from 'node:assert/strict';
import nock from 'nock';
import { z } from 'zod';
import { fakeHubspot, HUBSPOT_ORIGIN } from '../testing/fake-hubspot.ts';
import { connectHubspot, hubspotGrant } from '../testing/hubspot-connector.ts';
import { fakeTheNetworksEdge } from '../testing/network-edge.ts';
import { aContact, aSession } from '../testing/snapshots.ts';

const sent = z.object({ inputs: z.array(z.object({ properties: z.record(z.string(), z.string()) })) });

describe('erasing a person from HubSpot', () => {
  fakeTheNetworksEdge();

  it('empties our properties and deletes our notes, and touches nothing else', async () => {
    const fake = fakeHubspot();
    const { crm } = connectHubspot();
    await crm.pushContacts(hubspotGrant, [aContact()]);
    await crm.pushSessions(hubspotGrant, [aSession()]);
    fake.notes.set('1', { contactId: '101', properties: { hs_note_body: 'Called, wants a quote.' } });
    await crm.erase(hubspotGrant, ['101']);
    assert.deepEqual([...fake.notes.keys()], ['1']);
    const { email, ...rest } = fake.contacts.get('101') ?? {};
    assert.equal(email, 'ada.park@northwind.example');
    assert.deepEqual(
      Object.entries(rest).filter(([name, value]) => name.startsWith('leadlight_') && value !== ''),
      [],
    );
  });

  it('empties what is left when an admin deleted one of the properties', async () => {
    const asked: string[][] = [];
    nock(HUBSPOT_ORIGIN)
      .persist()
      .post(/associations/)
      .reply(200, { results: [] })
      .get(/leadlight_insight$/)
      .reply(404, {})
      .get(/properties/)
      .reply(200, { type: 'string' })
      .post(/batch\/update/)
      .reply(async (request: Request) => {
        const names = Object.keys(sent.parse(await request.json()).inputs[0]?.properties ?? {});
        asked.push(names);
        if (names.includes('leadlight_insight')) return [400, { message: 'PROPERTY_DOESNT_EXIST' }];
        return [200, { results: [{ id: '101' }] }];
      });
    await connectHubspot().crm.erase(hubspotGrant, ['101']);
    assert.equal(asked.length, 2);
    assert.ok(asked[1]?.includes('leadlight_link_token') && !asked[1].includes('leadlight_insight'));
  });

  it('has nothing to do in an account that was never prepared', async () => {
    nock(HUBSPOT_ORIGIN)
      .persist()
      .post(/associations/)
      .reply(404, {})
      .get(/properties/)
      .reply(404, {})
      .post(/batch\/update/)
      .reply(207, { results: [], errors: [{ message: 'PROPERTY_DOESNT_EXIST', context: { ids: ['101'] } }] });
    await connectHubspot().crm.erase(hubspotGrant, ['101']);
  });

  it('says so when HubSpot refuses', async () => {
    nock(HUBSPOT_ORIGIN)
      .persist()
      .post(/associations/)
      .reply(200, { results: [] })
      .post(/batch\/update/)
      .reply(400, { message: 'The record is locked by a rule' });
    await assert.rejects(connectHubspot().crm.erase(hubspotGrant, ['101']), { kind: 'vendorRefused' });
  });
});
