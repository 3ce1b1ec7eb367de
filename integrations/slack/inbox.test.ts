import assert from 'node:assert/strict';
import type { InboxEvent, SignedRequest } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { eventOf, pressOf, signedRequest } from '../testing/signed-request.ts';
import { connectSlack } from '../testing/slack-connector.ts';
import { SESSION_ID } from '../testing/snapshots.ts';
import { actionIds } from './alert-message.ts';

async function receive(request: SignedRequest) {
  const accepted: { event: InboxEvent; eventKey: string }[] = [];
  const reply = await connectSlack().inbox.receive(request, {
    async accept(event, eventKey) {
      accepted.push({ event, eventKey });
    },
  });
  return { status: reply.status, body: reply.body, accepted };
}

const who = { accountId: 'T0NORTHWIND', sessionId: SESSION_ID, by: 'maya' };

describe('what people do in Slack', () => {
  const presses: readonly [string, InboxEvent][] = [
    [actionIds.claim, { kind: 'alert.claimed', ...who }],
    [actionIds.snooze, { kind: 'alert.snoozed', ...who, forMs: 86_400_000 }],
    [actionIds.notUseful, { kind: 'alert.notUseful', ...who }],
  ];
  for (const [actionId, event] of presses) {
    it(`is understood: ${event.kind}`, async () => {
      const { status, accepted } = await receive(pressOf(actionId, SESSION_ID));
      assert.equal(status, 200);
      assert.deepEqual(
        accepted.map((one) => one.event),
        [event],
      );
    });
  }

  it('has the same key when Slack tells it twice, and another key for another press', async () => {
    const keys = [];
    for (const wish of [{}, {}, { trigger_id: 'another' }]) {
      keys.push((await receive(pressOf(actionIds.claim, SESSION_ID, wish))).accepted[0]?.eventKey);
    }
    assert.equal(keys[0], keys[1]);
    assert.notEqual(keys[0], keys[2]);
  });

  it('needs no answer when it only opened a link, or is none of ours', async () => {
    for (const actionId of [actionIds.watch, actionIds.openCrm, 'somebody_elses']) {
      const { status, accepted } = await receive(pressOf(actionId, SESSION_ID));
      assert.deepEqual([status, accepted.length], [200, 0]);
    }
  });

  it('is kept before Slack is told that all is well', async () => {
    const busy = new Failure('busy', 'The database is away.', { code: 'store-away' });
    for (const error of [busy, new Error('a bug')]) {
      const received = connectSlack().inbox.receive(pressOf(actionIds.claim, SESSION_ID), { accept: () => Promise.reject(error) });
      await assert.rejects(received, (thrown) => thrown === error);
    }
  });

  it('belongs to the organisation where the app is installed for all of it', async () => {
    const wish = { team: null, enterprise: { id: 'E1', name: 'Group' }, is_enterprise_install: true };
    const { accepted } = await receive(pressOf(actionIds.claim, SESSION_ID, wish));
    assert.equal(accepted[0]?.event.accountId, 'E1');
  });

  it('is never told to another request that comes at the same time', async () => {
    const both = await Promise.all([receive(pressOf(actionIds.claim, 'session-one')), receive(pressOf(actionIds.snooze, 'session-two'))]);
    assert.deepEqual(
      both.map(({ accepted }) => accepted.map(({ event }) => event.kind)),
      [['alert.claimed'], ['alert.snoozed']],
    );
  });
});

describe('the end of a Slack connection', () => {
  const gone = [{ event: { kind: 'grant.revoked', accountId: 'T0NORTHWIND' }, eventKey: 'Ev1' }];

  it('is noticed when the app is uninstalled', async () => {
    assert.deepEqual((await receive(eventOf({ type: 'app_uninstalled' }))).accepted, gone);
  });

  it("is noticed when the bot's token is revoked", async () => {
    assert.deepEqual((await receive(eventOf({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0LEADLIGHT'] } }))).accepted, gone);
  });

  it("is not what it means when a person's token is revoked", async () => {
    const { status, accepted } = await receive(eventOf({ type: 'tokens_revoked', tokens: { oauth: ['U0MAYA'] } }));
    assert.deepEqual([status, accepted], [200, []]);
  });
});

describe("Slack's requests", () => {
  it('prove that the address is ours', async () => {
    const { status, body } = await receive(signedRequest(JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1a', token: 'x' })));
    assert.deepEqual([status, body], [200, '3eZbrw1a']);
  });

  it('are fine when they are nothing we act on', async () => {
    const ignored = [{ type: 'event_callback' }, { type: 'app_rate_limited' }, { type: 'block_actions', user: {} }, [], 7];
    for (const body of ignored)
      assert.deepEqual(await receive(signedRequest(JSON.stringify(body))), { status: 200, body: '', accepted: [] });
    const form = await receive(signedRequest('ssl_check=1&token=x', { type: 'application/x-www-form-urlencoded' }));
    assert.equal(form.status, 200);
    assert.equal((await receive(eventOf({ type: 'message', text: 'hello' }))).status, 200);
  });

  it('are bad when they cannot be read', async () => assert.equal((await receive(signedRequest('{oops'))).status, 400));

  const genuine = pressOf(actionIds.claim, SESSION_ID);
  const { 'x-slack-signature': signature = '', 'x-slack-request-timestamp': timestamp = '' } = genuine.headers;
  const forged: readonly [string, SignedRequest][] = [
    ['have no signature', { ...genuine, headers: { ...genuine.headers, 'x-slack-signature': undefined } }],
    ['have no time', { ...genuine, headers: { ...genuine.headers, 'x-slack-request-timestamp': undefined } }],
    ['have another time', { ...genuine, headers: { ...genuine.headers, 'x-slack-request-timestamp': String(Number(timestamp) + 1) } }],
    ['have a time that is none', { ...genuine, headers: { ...genuine.headers, 'x-slack-request-timestamp': 'now' } }],
    ['have another body', { ...genuine, rawBody: Buffer.concat([genuine.rawBody, Buffer.from(' ')]) }],
    ['have another signature', { ...genuine, headers: { ...genuine.headers, 'x-slack-signature': `v0=${'0'.repeat(64)}` } }],
    ['have half a signature', { ...genuine, headers: { ...genuine.headers, 'x-slack-signature': signature.slice(0, 20) } }],
    ['have another version', { ...genuine, headers: { ...genuine.headers, 'x-slack-signature': signature.replace('v0', 'v1') } }],
    ['are old', signedRequest('{}', { skewSeconds: -301 })],
    ['are from the future', signedRequest('{}', { skewSeconds: 301 })],
  ];
  for (const [what, request] of forged) {
    it(`are turned away when they ${what}`, async () => {
      const { status, accepted } = await receive(request);
      assert.deepEqual([status, accepted], [401, []]);
    });
  }

  it('are taken within five minutes, before and after, with headers in any case', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c' });
    for (const skewSeconds of [-299, 299]) {
      const request = signedRequest(body, { skewSeconds });
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toUpperCase(), value]));
      assert.equal((await receive({ ...request, headers })).status, 200);
    }
  });
});
