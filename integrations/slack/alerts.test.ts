import assert from 'node:assert/strict';
import nock from 'nock';
import { z } from 'zod';
import { fakeSlack, SLACK_ORIGIN } from '../testing/fake-slack.ts';
import { fakeTheNetworksEdge } from '../testing/network-edge.ts';
import { connectSlack, slackGrant } from '../testing/slack-connector.ts';
import { anAlert, SESSION_ID } from '../testing/snapshots.ts';

const again = { channelId: 'C1', alert: anAlert(), mayExist: true, triedSince: new Date('2026-11-03T14:03:00.000Z') };
const first = { ...again, mayExist: false, triedSince: null };
const form = z.record(z.string(), z.string());

describe('alerts in Slack', () => {
  fakeTheNetworksEdge();

  it('are posted once, with a mark that names the session and nobody', async () => {
    const fake = fakeSlack();
    assert.equal(await connectSlack().alerts.announce(slackGrant, first), 'C1/1762178700.000100');
    assert.deepEqual(fake.messages[0]?.metadata, { event_type: 'leadlight_session', event_payload: { sessionId: SESSION_ID } });
    const { unfurl_links, unfurl_media } = form.parse(fake.calls[0]?.body);
    assert.deepEqual([fake.calls.length, unfurl_links, unfurl_media], [1, 'false', 'false']);
  });

  it('change in place as the visit goes on', async () => {
    const fake = fakeSlack();
    const { alerts } = connectSlack();
    const ref = await alerts.announce(slackGrant, first);
    await alerts.update(slackGrant, { ref, alert: anAlert({ live: false, score: 90 }) });
    assert.equal(fake.messages.length, 1);
    assert.match(fake.messages[0]?.text ?? '', /was on your website\. Intent score 90/);
    assert.deepEqual(fake.messages[0]?.metadata, { event_type: 'leadlight_session', event_payload: { sessionId: SESSION_ID } });
  });

  it('say so when somebody deleted the message', async () => {
    fakeSlack();
    const request = { ref: 'C1/1.000', alert: anAlert() };
    await assert.rejects(connectSlack().alerts.update(slackGrant, request), { kind: 'vendorRefused', code: 'slack-message-not-found' });
    await assert.rejects(connectSlack().alerts.update(slackGrant, { ...request, ref: '' }), { kind: 'vendorRefused' });
  });

  it('are looked for before they are posted again', async () => {
    const fake = fakeSlack();
    const { alerts } = connectSlack();
    const ref = await alerts.announce(slackGrant, first);
    assert.equal(await alerts.announce(slackGrant, again), ref);
    assert.equal(fake.messages.length, 1);
    const { oldest, include_all_metadata } = form.parse(fake.calls[1]?.body);
    assert.deepEqual([oldest, include_all_metadata], ['1793714520.000000', 'true']);
  });

  it('of other sessions are not taken for this one', async () => {
    const fake = fakeSlack();
    const { alerts } = connectSlack();
    await alerts.announce(slackGrant, { ...first, alert: anAlert({ sessionId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }) });
    await alerts.announce(slackGrant, again);
    assert.equal(fake.messages.length, 2);
  });

  it('are posted where Slack does not let us look', async () => {
    nock(SLACK_ORIGIN).post('/api/conversations.history').reply(200, { ok: false, error: 'not_in_channel' });
    nock(SLACK_ORIGIN).post('/api/conversations.join').reply(200, { ok: false, error: 'method_not_supported_for_channel_type' });
    nock(SLACK_ORIGIN).post('/api/chat.postMessage').twice().reply(200, { ok: true, channel: 'C1', ts: '2.0' });
    const { alerts } = connectSlack();
    assert.equal(await alerts.announce(slackGrant, again), 'C1/2.0');
    assert.equal(await alerts.announce({ ...slackGrant, scopes: ['chat:write'] }, again), 'C1/2.0');
  });

  it('are looked for in a channel that Leadlight is not in, once it has joined', async () => {
    const metadata = { event_type: 'leadlight_session', event_payload: { sessionId: SESSION_ID } };
    nock(SLACK_ORIGIN)
      .post('/api/conversations.history')
      .reply(200, { ok: false, error: 'not_in_channel' })
      .post('/api/conversations.join', 'channel=C1')
      .reply(200, { ok: true, channel: { id: 'C1' } })
      .post('/api/conversations.history')
      .reply(200, { ok: true, messages: [{ ts: '1.0', metadata }] });
    assert.equal(await connectSlack().alerts.announce(slackGrant, again), 'C1/1.0');
  });

  it('wait when looking has to wait', async () => {
    nock(SLACK_ORIGIN).post('/api/conversations.history').reply(429, {}, { 'retry-after': '60' });
    await assert.rejects(connectSlack().alerts.announce(slackGrant, again), { kind: 'vendorBusy', retryAfterMs: 60_000 });
  });

  it('are posted when only the second page has to wait, for it always will', async () => {
    nock(SLACK_ORIGIN)
      .post('/api/conversations.history')
      .reply(200, { ok: true, messages: [{ ts: '1.0' }], response_metadata: { next_cursor: 'p2' } })
      .post('/api/conversations.history', /cursor=p2/)
      .reply(429, {}, { 'retry-after': '60' })
      .post('/api/chat.postMessage')
      .reply(200, { ok: true, channel: 'C1', ts: '2.0' });
    assert.equal(await connectSlack().alerts.announce(slackGrant, again), 'C1/2.0');
  });

  it('are found on the second page', async () => {
    const metadata = { event_type: 'leadlight_session', event_payload: { sessionId: SESSION_ID } };
    nock(SLACK_ORIGIN)
      .post('/api/conversations.history')
      .reply(200, {
        ok: true,
        messages: [{ ts: '9.0', metadata: { event_type: 'other', event_payload: {} } }],
        response_metadata: { next_cursor: 'p2' },
      })
      .post('/api/conversations.history', /cursor=p2/)
      .reply(200, { ok: true, messages: [{ ts: '1.0', metadata }] });
    assert.equal(await connectSlack().alerts.announce(slackGrant, again), 'C1/1.0');
  });
});

describe('the channels of a Slack workspace', () => {
  fakeTheNetworksEdge();

  it('are listed from every page, by name, without archived ones', async () => {
    const asked: Record<string, string>[] = [];
    const pages = [
      { ok: true, channels: [{ id: 'C2', name: 'sales' }], response_metadata: { next_cursor: 'p2' } },
      { ok: true, channels: [{ id: 'C1', name: 'demand' }], response_metadata: { next_cursor: '' } },
    ];
    nock(SLACK_ORIGIN)
      .post('/api/conversations.list')
      .twice()
      .reply(async (request: Request) => {
        asked.push(Object.fromEntries(new URLSearchParams(await request.text())));
        return [200, pages[asked.length - 1] ?? {}];
      });
    assert.deepEqual(await connectSlack().alerts.channels(slackGrant), [
      { id: 'C1', name: 'demand' },
      { id: 'C2', name: 'sales' },
    ]);
    assert.deepEqual(asked, [
      { types: 'public_channel,private_channel', exclude_archived: 'true', limit: '200' },
      { types: 'public_channel,private_channel', exclude_archived: 'true', limit: '200', cursor: 'p2' },
    ]);
  });

  it('are the public ones where private ones are not permitted', async () => {
    nock(SLACK_ORIGIN)
      .post('/api/conversations.list', /types=public_channel&/)
      .reply(200, { ok: true, channels: [] });
    assert.deepEqual(await connectSlack().alerts.channels({ ...slackGrant, scopes: ['channels:read'] }), []);
  });
});
