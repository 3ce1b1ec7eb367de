import assert from 'node:assert/strict';
import nock from 'nock';
import { z } from 'zod';
import { fakeHubspot, HUBSPOT_ORIGIN } from '../testing/fake-hubspot.ts';
import { connectHubspot, hubspotGrant } from '../testing/hubspot-connector.ts';
import { fakeTheNetworksEdge } from '../testing/network-edge.ts';
import { aContact } from '../testing/snapshots.ts';

const PATH = '/crm/objects/2026-09/contacts/batch/update';
const sent = z.object({ inputs: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string()) })) });

function idsOf(body: unknown): string[] {
  return sent.parse(body).inputs.map(({ id }) => id);
}

/** HubSpot as it refuses a batch as a whole for its bad rows. */
function refusingBatches(bad: readonly string[], message: string): string[][] {
  const batches: string[][] = [];
  nock(HUBSPOT_ORIGIN)
    .persist()
    .post(PATH)
    .reply(async (request: Request) => {
      const ids = idsOf(await request.json());
      batches.push(ids);
      if (ids.some((id) => bad.includes(id))) return [400, { status: 'error', category: 'VALIDATION_ERROR', message }];
      return [200, { status: 'COMPLETE', results: ids.map((id) => ({ id })) }];
    });
  return batches;
}

function contacts(count: number) {
  return Array.from({ length: count }, (_, index) => aContact({ recordId: String(index + 1) }));
}

describe('updating contacts in HubSpot', () => {
  fakeTheNetworksEdge();

  it('writes the newest state into our own properties, and nothing else', async () => {
    const fake = fakeHubspot();
    assert.deepEqual(await connectHubspot().crm.pushContacts(hubspotGrant, [aContact()]), [{ ok: true, recordId: '101' }]);
    const { email, firstname, lastname, ...ours } = fake.contacts.get('101') ?? {};
    assert.deepEqual([email, firstname, lastname], ['ada.park@northwind.example', 'Ada', 'Park']);
    assert.deepEqual(ours, {
      leadlight_intent_score: '72',
      leadlight_intent_band: 'high',
      leadlight_intent_trend: 'rising',
      leadlight_score_reasons: 'Looked at pricing for 2 min\nCame back twice this week',
      leadlight_last_seen: '2026-11-03T14:02:00.000Z',
      leadlight_sessions_30d: '3',
      leadlight_insight: 'Compares the plans.',
      leadlight_next_step: 'Offer a call about the Team plan.',
      leadlight_replay_url: 'https://leadlight.example.com/r/0f8fad5b-d9cb-469f-a165-70867728950e?t=352',
      leadlight_link_token: 'tok_abcdefghijklmnop',
    });
  });

  it('writes link tokens alone', async () => {
    const fake = fakeHubspot();
    await connectHubspot().crm.writeLinkTokens(hubspotGrant, [{ recordId: '101', linkToken: 'tok_new' }]);
    assert.deepEqual(Object.keys(fake.contacts.get('101') ?? {}), ['email', 'firstname', 'lastname', 'leadlight_link_token']);
  });

  it('never takes a link token away that is in somebody’s mailbox', async () => {
    const fake = fakeHubspot();
    const { crm } = connectHubspot();
    await crm.pushContacts(hubspotGrant, [aContact()]);
    await crm.pushContacts(hubspotGrant, [aContact({ linkToken: '' })]);
    assert.equal(fake.contacts.get('101')?.leadlight_link_token, 'tok_abcdefghijklmnop');
  });

  it('keeps the texts short', async () => {
    const fake = fakeHubspot();
    const long = 'x'.repeat(70_000);
    await connectHubspot().crm.pushContacts(hubspotGrant, [aContact({ reasons: long, insight: long, nextStep: long, lastSeenAt: null })]);
    const lengths = ['leadlight_score_reasons', 'leadlight_insight', 'leadlight_next_step', 'leadlight_last_seen'].map(
      (name) => fake.contacts.get('101')?.[name]?.length,
    );
    assert.deepEqual(lengths, [2000, 2000, 500, 0]);
  });

  it('writes 250 contacts in three calls', async () => {
    const batches = refusingBatches([], '');
    const results = await connectHubspot().crm.pushContacts(hubspotGrant, contacts(250));
    assert.deepEqual(
      batches.map((batch) => batch.length),
      [100, 100, 50],
    );
    assert.ok(results.length === 250 && results.every(({ ok }) => ok));
  });

  it('asks nothing when there is nothing to write', async () => {
    assert.deepEqual(await connectHubspot().crm.pushContacts(hubspotGrant, []), []);
  });

  it('names the row that failed, and lets its neighbours pass', async () => {
    fakeHubspot().contacts.set('102', {});
    const [first, gone, last] = await connectHubspot().crm.pushContacts(
      hubspotGrant,
      ['101', '404404', '102'].map((recordId) => aContact({ recordId })),
    );
    assert.deepEqual([first?.ok, last?.ok], [true, true]);
    assert.ok(gone && !gone.ok);
    assert.deepEqual([gone.recordId, gone.code], ['404404', 'hubspot-not-found']);
  });

  it('finds the two bad rows of a batch that was refused as a whole', async () => {
    const batches = refusingBatches(['3', '77'], 'The property “region” is required');
    const results = await connectHubspot().crm.pushContacts(hubspotGrant, contacts(100));
    const bad = results.flatMap((result) => (result.ok ? [] : [result]));
    assert.deepEqual(
      bad.map(({ recordId, code }) => [recordId, code]),
      [
        ['3', 'hubspot-refused'],
        ['77', 'hubspot-refused'],
      ],
    );
    assert.match(bad[0]?.message ?? '', /“region” is required/);
    assert.ok(batches.length < 30, `${batches.length} calls`);
  });

  it('does not try row by row what is wrong with all of them', async () => {
    const batches = refusingBatches(['1'], 'PROPERTY_DOESNT_EXIST: leadlight_insight');
    await assert.rejects(connectHubspot().crm.pushContacts(hubspotGrant, contacts(100)), { code: 'hubspot-property-unusable' });
    assert.equal(batches.length, 1);
  });

  it('writes a person once who is named twice, with the later values', async () => {
    const batches = refusingBatches([], '');
    const results = await connectHubspot().crm.pushContacts(hubspotGrant, [aContact({ score: 10 }), aContact({ score: 20 })]);
    assert.deepEqual(batches, [['101']]);
    assert.equal(results.length, 2);
  });

  it('takes the answer under a new id, after HubSpot merged two people', async () => {
    nock(HUBSPOT_ORIGIN)
      .post(PATH)
      .reply(200, { status: 'COMPLETE', results: [{ id: '555' }] });
    assert.deepEqual(await connectHubspot().crm.pushContacts(hubspotGrant, [aContact()]), [{ ok: true, recordId: '101' }]);
  });

  it('does not claim success for a row that HubSpot did not mention', async () => {
    const errors = [{ category: 'VALIDATION_ERROR', message: 'no', context: { objectWriteTraceId: '101' } }];
    nock(HUBSPOT_ORIGIN).post(PATH).reply(207, { results: [], numErrors: 1, errors });
    const results = await connectHubspot().crm.pushContacts(hubspotGrant, [aContact(), aContact({ recordId: '102' })]);
    assert.deepEqual(
      results.map((result) => (result.ok ? 'ok' : result.code)),
      ['hubspot-refused', 'hubspot-row-unanswered'],
    );
  });
});
