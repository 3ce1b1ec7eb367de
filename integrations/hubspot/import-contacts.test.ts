import assert from 'node:assert/strict';
import nock from 'nock';
import { HUBSPOT_ORIGIN } from '../testing/fake-hubspot.ts';
import { connectHubspot, hubspotGrant } from '../testing/hubspot-connector.ts';
import { fakeTheNetworksEdge } from '../testing/network-edge.ts';

const PATH = '/crm/objects/2026-09/contacts';

describe('importing contacts from HubSpot', () => {
  fakeTheNetworksEdge();

  it('reads a page of 100 with what Leadlight needs, and where the next begins', async () => {
    const properties = {
      email: ' ada.park@northwind.example ',
      firstname: 'Ada',
      lastname: 'Park',
      company: 'Northwind',
      lifecyclestage: 'lead',
      hubspot_owner_id: '7',
      leadlight_link_token: 'tok',
      hs_object_id: '101',
    };
    nock(HUBSPOT_ORIGIN)
      .get(PATH)
      .query({
        limit: '100',
        archived: 'false',
        properties: 'email,firstname,lastname,company,lifecyclestage,hubspot_owner_id,leadlight_link_token',
      })
      .reply(200, { results: [{ id: '101', properties, createdAt: 'x' }], paging: { next: { after: '102', link: 'x' } } });
    assert.deepEqual(await connectHubspot().crm.importContacts(hubspotGrant, null), {
      contacts: [
        {
          recordId: '101',
          recordUrl: 'https://app.hubspot.com/contacts/4815162/record/0-1/101',
          email: 'ada.park@northwind.example',
          name: 'Ada Park',
          company: 'Northwind',
          ownerId: '7',
          lifecycle: 'lead',
          linkToken: 'tok',
        },
      ],
      next: '102',
    });
  });

  it('goes on where it stopped, and ends with the last page', async () => {
    nock(HUBSPOT_ORIGIN)
      .get(PATH)
      .query(({ after }) => after === '102')
      .reply(200, { results: [] });
    assert.deepEqual(await connectHubspot().crm.importContacts(hubspotGrant, '102'), { contacts: [], next: null });
  });

  it('takes a person of whom little is known', async () => {
    nock(HUBSPOT_ORIGIN)
      .get(PATH)
      .query(true)
      .reply(200, { results: [{ id: 5, properties: { email: null, lastname: 'Park', hubspot_owner_id: '' } }] });
    const { contacts } = await connectHubspot().crm.importContacts(hubspotGrant, null);
    const empty = { email: null, company: '', ownerId: null, lifecycle: null, linkToken: null };
    assert.deepEqual(contacts, [
      { recordId: '5', recordUrl: 'https://app.hubspot.com/contacts/4815162/record/0-1/5', name: 'Park', ...empty },
    ]);
  });

  it('does not take a page of HTML for contacts', async () => {
    nock(HUBSPOT_ORIGIN).get(PATH).query(true).reply(200, '<html>maintenance</html>');
    await assert.rejects(connectHubspot().crm.importContacts(hubspotGrant, null), { kind: 'vendorBusy', code: 'hubspot-unreadable' });
  });
});
