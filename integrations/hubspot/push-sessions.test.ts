import assert from 'node:assert/strict';
import nock from 'nock';
import { fakeHubspot, HUBSPOT_ORIGIN } from '../testing/fake-hubspot.ts';
import { connectHubspot, hubspotGrant } from '../testing/hubspot-connector.ts';
import { fakeTheNetworksEdge } from '../testing/network-edge.ts';
import { aSession, SESSION_ID } from '../testing/snapshots.ts';

const OTHER_SESSION = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

describe('telling visits on a HubSpot timeline', () => {
  fakeTheNetworksEdge();

  it('makes one note on the contact, dated at the start of the visit', async () => {
    const fake = fakeHubspot();
    assert.deepEqual(await connectHubspot().crm.pushSessions(hubspotGrant, [aSession()]), [{ ok: true, recordId: '101', entryId: '9001' }]);
    assert.equal(fake.notes.get('9001')?.contactId, '101');
    assert.equal(fake.notes.get('9001')?.properties.hs_timestamp, '2026-11-03T14:02:00.000Z');
    assert.deepEqual(
      fake.calls.map(({ method }) => method),
      ['POST'],
    );
  });

  it('edits the note at the end of the visit', async () => {
    const fake = fakeHubspot();
    const { crm } = connectHubspot();
    await crm.pushSessions(hubspotGrant, [aSession()]);
    await crm.pushSessions(hubspotGrant, [aSession({ entryId: '9001', endedAt: '2026-11-03T14:30:00.000Z' })]);
    assert.equal(fake.notes.size, 1);
    assert.doesNotMatch(fake.notes.get('9001')?.properties.hs_note_body ?? '', /still on the site/);
  });

  it('leaves a note deleted that a person deleted', async () => {
    const fake = fakeHubspot();
    const results = await connectHubspot().crm.pushSessions(hubspotGrant, [aSession({ entryId: '9001', mayExist: true })]);
    assert.deepEqual(results, [{ ok: true, recordId: '101', entryId: '9001' }]);
    assert.equal(fake.notes.size, 0);
  });

  it('looks for the note before making another, and tells whose it is', async () => {
    const fake = fakeHubspot();
    fake.contacts.set('102', {});
    const { crm } = connectHubspot();
    await crm.pushSessions(hubspotGrant, [aSession({ recordId: '102', sessionId: OTHER_SESSION, replayUrl: '' })]);
    await crm.pushSessions(hubspotGrant, [aSession()]);
    const results = await crm.pushSessions(hubspotGrant, [
      aSession({ mayExist: true }),
      aSession({ recordId: '102', sessionId: OTHER_SESSION, replayUrl: '', mayExist: true }),
    ]);
    assert.deepEqual(
      results.map((result) => result.ok && result.entryId),
      ['9002', '9001'],
    );
    assert.equal(fake.notes.size, 2);
  });

  it('makes the note when none was made before', async () => {
    const fake = fakeHubspot();
    fake.notes.set('8000', { contactId: '101', properties: { hs_note_body: `Called. https://leadlight.example.com/r/${SESSION_ID}` } });
    const [result] = await connectHubspot().crm.pushSessions(hubspotGrant, [aSession({ mayExist: true })]);
    assert.equal(result?.ok && result.entryId, '9002');
    assert.match(fake.notes.get('8000')?.properties.hs_note_body ?? '', /^Called/);
  });

  it('makes one note for a session that is named twice', async () => {
    const fake = fakeHubspot();
    await connectHubspot().crm.pushSessions(hubspotGrant, [aSession(), aSession()]);
    assert.equal(fake.notes.size, 1);
  });

  it('lets the other visits pass when one contact is gone', async () => {
    fakeHubspot();
    const results = await connectHubspot().crm.pushSessions(hubspotGrant, [
      aSession({ recordId: '999' }),
      aSession({ sessionId: OTHER_SESSION }),
    ]);
    assert.deepEqual(
      results.map(({ ok, recordId }) => [ok, recordId]),
      [
        [false, '999'],
        [true, '101'],
      ],
    );
  });

  it('reads on where a contact has more notes than one page tells', async () => {
    const pages = [
      { results: [{ from: { id: '101' }, to: [{ toObjectId: 1 }], paging: { next: { after: 'p2' } } }] },
      { results: [{ from: { id: '101' }, to: [{ toObjectId: 2 }] }] },
    ];
    const asked: unknown[] = [];
    nock(HUBSPOT_ORIGIN)
      .post(/associations/)
      .twice()
      .reply(async (request: Request) => {
        asked.push(await request.json());
        return [207, pages[asked.length - 1] ?? {}];
      })
      .post(/notes\/batch\/read/)
      .reply(200, { results: [{ id: '2', properties: { hs_note_body: `Website visit seen by Leadlight /r/${SESSION_ID}` } }] })
      .patch(/notes\/2$/)
      .reply(200, { id: '2' });
    const [result] = await connectHubspot().crm.pushSessions(hubspotGrant, [aSession({ mayExist: true })]);
    assert.equal(result?.ok && result.entryId, '2');
    assert.deepEqual(asked, [{ inputs: [{ id: '101' }] }, { inputs: [{ id: '101', after: 'p2' }] }]);
  });
});
