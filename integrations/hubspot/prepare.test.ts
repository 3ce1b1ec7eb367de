import assert from 'node:assert/strict';
import nock from 'nock';
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { fakeHubspot, HUBSPOT_ORIGIN } from '../testing/fake-hubspot.ts';
import { connectHubspot, hubspotGrant } from '../testing/hubspot-connector.ts';
import { fakeTheNetworksEdge } from '../testing/network-edge.ts';
import { contactProperties } from './properties.ts';

const names = contactProperties.map(({ name }) => name);
const option = z.object({ value: z.string(), label: z.string(), displayOrder: z.number(), hidden: z.boolean() });
const property = z.object({
  groupName: z.literal('leadlight'),
  label: z.string().min(3),
  description: z.string().min(20),
  options: z.array(option).optional(),
});

describe('preparing a HubSpot account', () => {
  fakeTheNetworksEdge();

  it('makes the group and every property, and says which', async () => {
    const fake = fakeHubspot();
    const { created } = await connectHubspot().crm.prepare(hubspotGrant);
    assert.deepEqual(created, ['leadlight', ...names]);
    assert.deepEqual([...fake.properties.keys()], names);
    for (const made of fake.properties.values()) property.parse(made);
  });

  it('gives each choice its words', async () => {
    const fake = fakeHubspot();
    await connectHubspot().crm.prepare(hubspotGrant);
    const { options } = property.parse(fake.properties.get('leadlight_intent_band'));
    assert.deepEqual(options, [
      { value: 'low', label: 'Low', displayOrder: 0, hidden: false },
      { value: 'medium', label: 'Medium', displayOrder: 1, hidden: false },
      { value: 'high', label: 'High', displayOrder: 2, hidden: false },
    ]);
  });

  it('makes nothing the second time', async () => {
    const fake = fakeHubspot();
    const { crm } = connectHubspot();
    await crm.prepare(hubspotGrant);
    fake.calls.length = 0;
    assert.deepEqual(await crm.prepare(hubspotGrant), { created: [] });
    assert.ok(fake.calls.every(({ method }) => method === 'GET'));
  });

  it('is content when somebody else made a property in the meantime', async () => {
    nock(HUBSPOT_ORIGIN).persist().get(/.*/).reply(404, {}).post(/.*/).reply(409, { category: 'OBJECT_ALREADY_EXISTS' });
    assert.deepEqual(await connectHubspot().crm.prepare(hubspotGrant), { created: [] });
  });

  it('refuses to write into a property of another type, and says which', async () => {
    fakeHubspot().properties.set('leadlight_intent_score', { name: 'leadlight_intent_score', type: 'string' });
    await assert.rejects(connectHubspot().crm.prepare(hubspotGrant), (error) => {
      assert.ok(error instanceof Failure);
      assert.deepEqual([error.kind, error.code], ['vendorRefused', 'hubspot-property-conflict']);
      assert.match(error.message, /“leadlight_intent_score” of type string/);
      return true;
    });
  });

  it('brings back a choice that somebody removed, beside the choices they added', async () => {
    const fake = fakeHubspot();
    const { crm } = connectHubspot();
    await crm.prepare(hubspotGrant);
    const kept = { label: 'Sizzling', value: 'sizzling', displayOrder: 0, hidden: false };
    fake.properties.set('leadlight_intent_band', { type: 'enumeration', options: [kept] });
    fake.calls.length = 0;
    await assert.rejects(crm.prepare(hubspotGrant), 'the fake has no PATCH for properties');
    const patch = fake.calls.find(({ method }) => method === 'PATCH');
    const { options } = z.object({ options: z.array(option) }).parse(patch?.body);
    assert.deepEqual(options[0], kept);
    assert.deepEqual(
      options.map(({ value }) => value),
      ['sizzling', 'low', 'medium', 'high'],
    );
  });
});
