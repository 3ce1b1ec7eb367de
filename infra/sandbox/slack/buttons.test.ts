import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { readBody } from '../http/read-body.ts';
import { connectSlack, replyOf, stateOf, trySandbox } from '../testing/try-sandbox.ts';

const heardPayload = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: z.string() }),
  team: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  message: z.object({ ts: z.string() }),
  trigger_id: z.string(),
  response_url: z.url(),
  actions: z.tuple([z.object({ action_id: z.string(), block_id: z.string(), value: z.string(), type: z.literal('button') })]),
});

/** An app that answers as it is told, and keeps what it heard. */
async function tryApp(status: number) {
  const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    heard.push({ headers: request.headers, body: (await readBody(request)).toString('utf8') });
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = z.object({ port: z.number() }).parse(server.address());
  return { heard, url: `http://127.0.0.1:${address.port}/slack`, [Symbol.asyncDispose]: async () => void server.close() };
}

const blocks = [
  {
    type: 'actions' as const,
    block_id: 'act',
    elements: [{ type: 'button' as const, action_id: 'claim', value: 's-1', text: { type: 'plain_text' as const, text: 'Claim' } }],
  },
];

async function pressed(url: string) {
  const { token } = await connectSlack(url);
  const slack = new WebClient(token, { slackApiUrl: `${url}/api/` });
  const { ts = '' } = await slack.chat.postMessage({ channel: 'C0HOTLEADS', text: 'Ada is here', blocks });
  const body = new URLSearchParams({ channelId: 'C0HOTLEADS', ts, blockId: 'act', actionId: 'claim' });
  const reply = await replyOf(await fetch(`${url}/slack/press`, { method: 'POST', body }));
  return { ts, problem: reply.body.problem };
}

describe('the Slack sandbox: buttons', () => {
  it('sends a press to the app, signed as Slack signs', async () => {
    await using app = await tryApp(200);
    await using sandbox = await trySandbox({ requestUrl: app.url });
    const { ts, problem } = await pressed(sandbox.url);
    assert.equal(problem, null);
    const [request] = app.heard;
    const body = request?.body ?? '';
    const stamp = String(request?.headers['x-slack-request-timestamp']);
    const expected = `v0=${createHmac('sha256', 'sl-sign').update(`v0:${stamp}:${body}`).digest('hex')}`;
    assert.equal(request?.headers['x-slack-signature'], expected);
    assert.ok(Math.abs(Date.now() / 1000 - Number(stamp)) < 60);
    assert.equal(request?.headers['content-type'], 'application/x-www-form-urlencoded');
    const payload = heardPayload.parse(JSON.parse(new URLSearchParams(body).get('payload') ?? ''));
    assert.equal(payload.actions[0].value, 's-1');
    assert.equal(payload.message.ts, ts);
    assert.equal(payload.team.id, 'T0NORTHWIND');
  });

  it('takes an answer at the response_url', async () => {
    await using app = await tryApp(200);
    await using sandbox = await trySandbox({ requestUrl: app.url });
    const { ts } = await pressed(sandbox.url);
    const { response_url } = heardPayload.parse(JSON.parse(new URLSearchParams(app.heard[0]?.body).get('payload') ?? ''));
    const say = async (body: object) => (await fetch(response_url, { method: 'POST', body: JSON.stringify(body) })).status;
    assert.equal(await say({ replace_original: true, text: 'Claimed by Maya' }), 200);
    const { slack } = await stateOf(sandbox.url);
    const message = slack.channels.flatMap((one) => one.messages).find((one) => one.ts === ts);
    assert.equal(message?.text, 'Claimed by Maya');
    assert.equal(message?.edits, 1);
    for (let use = 2; use <= 5; use += 1) assert.equal(await say({ text: 'Noted' }), 200);
    assert.equal(await say({ text: 'Noted' }), 404);
  });

  it('tells the person when the app does not answer 200', async () => {
    await using app = await tryApp(500);
    await using sandbox = await trySandbox({ requestUrl: app.url });
    assert.match(String((await pressed(sandbox.url)).problem), /500/);
    assert.deepEqual((await stateOf(sandbox.url)).slack.sentToApp, [{ what: 'block_actions claim', status: 500 }]);
  });

  it('tells the app when it is removed from the workspace', async () => {
    await using app = await tryApp(200);
    await using sandbox = await trySandbox({ requestUrl: app.url });
    await connectSlack(sandbox.url);
    await fetch(`${sandbox.url}/apps/slack/remove`, { method: 'POST', headers: { accept: 'application/json' } });
    assert.deepEqual(
      app.heard.map((one) => /"event":\{"type":"(\w+)"/.exec(one.body)?.[1]),
      ['tokens_revoked', 'app_uninstalled'],
    );
  });
});
