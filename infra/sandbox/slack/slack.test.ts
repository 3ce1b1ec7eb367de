import assert from 'node:assert/strict';
import { WebClient } from '@slack/web-api';
import {
  answerConsent,
  connectSlack,
  handClock,
  pkcePair,
  replyOf,
  slackCallback,
  slackScopes,
  trySandbox,
} from '../testing/try-sandbox.ts';

function clientOf(url: string, token: string): WebClient {
  return new WebClient(token, { slackApiUrl: `${url}/api/`, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
}

async function connected(settings: Parameters<typeof trySandbox>[0] = {}, scopes = slackScopes) {
  const sandbox = await trySandbox(settings);
  const { token, body } = await connectSlack(sandbox.url, scopes);
  return { url: sandbox.url, token, body, slack: clientOf(sandbox.url, token), [Symbol.asyncDispose]: sandbox.close };
}

const hot = 'C0HOTLEADS';
const metadata = { event_type: 'leadlight_session', event_payload: { sessionId: 's-1' } };
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

describe('the Slack sandbox', () => {
  it('installs by OAuth, and tells who the bot is', async () => {
    await using workspace = await connected();
    assert.match(workspace.token, /^xoxb-/);
    assert.equal(workspace.body.scope, slackScopes);
    const who = await workspace.slack.auth.test();
    assert.equal(who.team_id, 'T0NORTHWIND');
    assert.equal(who.bot_id, 'B0LEADLIGHT');
    assert.equal((await workspace.slack.team.info()).team?.name, 'Northwind Robotics');
  });

  it('uses a code once, and only with the verifier of its challenge', async () => {
    await using sandbox = await trySandbox();
    const exchange = async (verifier: string) => {
      const { verifier: right, challenge } = pkcePair();
      const query = {
        client_id: 'sl-id',
        redirect_uri: slackCallback,
        scope: 'chat:write',
        code_challenge: challenge,
        code_challenge_method: 'S256',
      };
      const back = await answerConsent(`${sandbox.url}/oauth/v2/authorize?${new URLSearchParams(query)}`);
      const form = {
        client_id: 'sl-id',
        client_secret: 'sl-secret',
        redirect_uri: slackCallback,
        code: back.searchParams.get('code') ?? '',
      };
      const post = async () =>
        replyOf(
          await fetch(`${sandbox.url}/api/oauth.v2.access`, {
            method: 'POST',
            body: new URLSearchParams({ ...form, code_verifier: verifier || right }),
          }),
        );
      return [await post(), await post()] as const;
    };
    const [good, reused] = await exchange('');
    assert.equal(good.body.ok, true);
    assert.equal(reused.body.error, 'invalid_code');
    const [wrong] = await exchange(pkcePair().verifier);
    assert.equal(wrong.body.error, 'invalid_code_verifier');
  });

  it('posts, edits and finds a message again by its metadata', async () => {
    await using workspace = await connected();
    const { slack } = workspace;
    await slack.conversations.join({ channel: hot });
    const posted = await slack.chat.postMessage({ channel: hot, text: 'Ada is here', blocks: [section('*Ada* is here')], metadata });
    const ts = posted.ts ?? '';
    await slack.chat.update({ channel: hot, ts, text: 'Ada left', blocks: [section('*Ada* left')] });
    const oldest = String(Number(ts) - 1);
    const history = await slack.conversations.history({ channel: hot, oldest, include_all_metadata: true });
    assert.equal(history.messages?.length, 1);
    const [found] = history.messages ?? [];
    assert.equal(found?.text, 'Ada left');
    assert.equal(found?.bot_id, 'B0LEADLIGHT');
    assert.deepEqual(found?.metadata, metadata);
    assert.ok(found?.edited);
    const link = await slack.chat.getPermalink({ channel: hot, message_ts: ts });
    const moved = await fetch(String(link.permalink), { redirect: 'manual' });
    assert.equal(moved.headers.get('location'), `/slack/${hot}#m-${ts}`);
    const page = await fetch(String(link.permalink));
    assert.match(await page.text(), /<strong>Ada<\/strong> left.*\(edited\)/s);
  });

  it('gives a message a time that is never before the clock', async () => {
    const clock = handClock(Date.UTC(2026, 10, 20, 9, 0, 0, 750));
    await using workspace = await connected({ now: clock.now });
    const posted = await workspace.slack.chat.postMessage({ channel: hot, text: 'now' });
    assert.ok(Number(posted.ts) * 1000 >= clock.now().getTime());
  });

  it('lists channels page by page', async () => {
    await using workspace = await connected();
    const names: (string | undefined)[] = [];
    for await (const page of workspace.slack.paginate('conversations.list', { limit: 4 })) {
      names.push(...[...JSON.stringify(page).matchAll(/"name":"([^"]+)"/g)].map((match) => match[1]));
    }
    assert.deepEqual(names, ['general', 'sales', 'hot-leads', 'marketing', 'support', 'random']);
  });

  it('says what is wrong the way Slack does', async () => {
    await using workspace = await connected();
    const { slack } = workspace;
    const codeOf = async (work: Promise<unknown>) => {
      const failure: unknown = await work.then(
        () => null,
        (error: unknown) => error,
      );
      return /An API error occurred: (\w+)/.exec(String(failure))?.[1];
    };
    assert.equal(await codeOf(slack.chat.postMessage({ channel: 'C404', text: 'x' })), 'channel_not_found');
    assert.equal(await codeOf(slack.chat.update({ channel: hot, ts: '1.000001', text: 'x' })), 'message_not_found');
    assert.equal(await codeOf(slack.chat.postMessage({ channel: hot, text: 'x'.repeat(40_001) })), 'msg_too_long');
    assert.equal(await codeOf(slack.conversations.history({ channel: 'C0SALES' })), 'not_in_channel');
    assert.equal(await codeOf(slack.users.lookupByEmail({ email: 'nobody@example.com' })), 'users_not_found');
    assert.equal(await codeOf(clientOf(workspace.url, 'xoxb-made-up').auth.test()), 'invalid_auth');
    assert.equal(await codeOf(new WebClient(undefined, { slackApiUrl: `${workspace.url}/api/` }).auth.test()), 'not_authed');
    assert.equal(await codeOf(slack.apiCall('chat.whatever')), 'unknown_method');
  });

  it('checks the limits of blocks', async () => {
    const clock = handClock();
    await using workspace = await connected({ now: clock.now });
    const post = async (blocks: unknown) => {
      clock.passSeconds(1);
      const headers = { authorization: `Bearer ${workspace.token}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ channel: hot, text: 'x', blocks });
      return (await replyOf(await fetch(`${workspace.url}/api/chat.postMessage`, { method: 'POST', headers, body }))).body;
    };
    const button = (text: string, value: string) => ({
      type: 'actions',
      elements: [{ type: 'button', text: { type: 'plain_text', text }, value }],
    });
    const tooMuch = [
      Array.from({ length: 51 }, () => ({ type: 'divider' })),
      [section('x'.repeat(3001))],
      [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
      [button('x'.repeat(76), 'v')],
      [button('x', 'v'.repeat(2001))],
      [{ type: 'section' }],
      [{ type: 'sparkle' }],
    ];
    for (const blocks of tooMuch) {
      const reply = await post(blocks);
      assert.equal(reply.error, 'invalid_blocks');
      assert.match(JSON.stringify(reply.response_metadata), /json-pointer:\/blocks/);
    }
    assert.equal((await post('not json')).error, 'invalid_blocks_format');
    assert.equal((await post([section('fits'), button('Claim', 'v')])).ok, true);
  });

  it('needs the scope of each method, and membership where the app may not post everywhere', async () => {
    await using workspace = await connected({}, 'chat:write,channels:join');
    const { slack } = workspace;
    await assert.rejects(slack.conversations.list(), /missing_scope/);
    await assert.rejects(slack.chat.postMessage({ channel: hot, text: 'x' }), /not_in_channel/);
    await slack.conversations.join({ channel: hot });
    await slack.chat.postMessage({ channel: hot, text: 'x' });
  });

  it('bears a short burst in a channel and then asks to wait', async () => {
    const clock = handClock();
    await using workspace = await connected({ now: clock.now });
    const post = () => workspace.slack.chat.postMessage({ channel: hot, text: 'x' });
    for (let burst = 0; burst < 5; burst += 1) await post();
    await assert.rejects(post(), { code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
    await workspace.slack.chat.postMessage({ channel: 'C0SALES', text: 'another channel is free' });
    clock.passSeconds(1);
    await post();
  });

  it('rotates tokens when rotation is on', async () => {
    const clock = handClock();
    await using sandbox = await trySandbox({ rotate: true, now: clock.now });
    const { body, token } = await connectSlack(sandbox.url);
    assert.equal(body.expires_in, 43_200);
    const refresh = async () => {
      const form = {
        client_id: 'sl-id',
        client_secret: 'sl-secret',
        grant_type: 'refresh_token',
        refresh_token: String(body.refresh_token),
      };
      return replyOf(await fetch(`${sandbox.url}/api/oauth.v2.access`, { method: 'POST', body: new URLSearchParams(form) }));
    };
    clock.passSeconds(43_200);
    await assert.rejects(clientOf(sandbox.url, token).auth.test(), /token_expired/);
    const renewed = await refresh();
    assert.equal((await clientOf(sandbox.url, String(renewed.body.access_token)).auth.test()).ok, true);
    assert.equal((await refresh()).body.error, 'invalid_refresh_token');
  });

  it('kills the token when it is revoked', async () => {
    await using workspace = await connected();
    assert.match(JSON.stringify(await workspace.slack.auth.revoke()), /"revoked":true/);
    await assert.rejects(workspace.slack.auth.test(), /token_revoked/);
  });
});
