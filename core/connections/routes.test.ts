import assert from 'node:assert/strict';
import { problem } from '#contract/api.ts';
import { channelList, connectStart, deliveryList, integrationList } from '#contract/integrations.ts';
import { connectTo } from '../testing/connect-to.ts';
import { makeMember, makeOwner } from '../testing/factories.ts';
import { asksToWait, type FakeChat, type FakeCrm, fakeChat, fakeCrm, sales } from '../testing/fake-connectors.ts';
import { type Call, type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { logDelivery } from './delivery-log.ts';

describe('The routes of integrations', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let crm: FakeCrm;
  let chat: FakeChat;
  let owner: MemberDocument;
  let stranger: MemberDocument;
  let slack: ConnectionDocument;

  beforeEach(async () => {
    crm = fakeCrm();
    chat = fakeChat();
    platform = await testPlatform({ connectors: [crm.connector, chat.connector] });
    app = await testApp(platform);
    owner = await makeOwner(platform);
    stranger = await makeOwner(platform);
    slack = await connectTo(platform, chat, { workspaceId: owner.workspaceId, channel: null });
  });
  afterEach(() => app.close());

  const putChannel = (body: unknown): Call => ({ method: 'PUT', body });
  const reading = () => ['/v1/integrations', '/v1/deliveries', `/v1/connections/${slack._id}/channels`];
  const writing = (): readonly (readonly [string, Call])[] => [
    ['/v1/integrations/fakecrm/connect', { method: 'POST' }],
    [`/v1/connections/${slack._id}/channel`, putChannel({ channelId: 'C1' })],
    [`/v1/connections/${slack._id}`, { method: 'DELETE' }],
  ];
  const all = (): readonly (readonly [string, Call])[] => [
    ...reading().map((path) => [path, {}] as const),
    ['/v1/integrations/fakecrm/callback', {}],
    ...writing(),
  ];
  const refusal = (json: unknown) => problem.parse(json).code;

  it('ask everybody to sign in first', async () => {
    for (const [path, call] of all()) {
      const answer = await app.call(path, { ...call, headers: { Origin: platform.config.publicUrl } });
      assert.equal(answer.status, 401, path);
      assert.equal(refusal(answer.json), 'not-signed-in');
    }
  });

  it('let marketers look and admins change, and refuse everybody else', async () => {
    const { workspaceId } = owner;
    const [rep, marketer] = [await makeMember(platform, { workspaceId }), await makeMember(platform, { workspaceId, role: 'marketer' })];
    for (const [path, call] of all()) assert.equal((await app.callAs(rep, path, call)).status, 403, path);
    for (const path of reading()) assert.equal((await app.callAs(marketer, path)).status, 200, path);
    for (const [path, call] of writing()) assert.equal((await app.callAs(marketer, path, call)).status, 403, path);
    assert.equal((await Connection.findOne({ workspaceId, _id: slack._id }).lean())?.state, 'active');
  });

  it('refuse a change that another site made the browser ask for', async () => {
    for (const [path, call] of writing()) {
      const answer = await app.callAs(owner, path, { ...call, headers: { Origin: 'https://evil.example' } });
      assert.equal(answer.status, 403, path);
      assert.equal(refusal(answer.json), 'foreign-origin');
    }
  });

  it('show and change nothing of another workspace', async () => {
    await logDelivery(platform, slack, { text: 'Announced Ada Park', contactId: null });
    for (const [path, call] of [...writing().slice(1), [`/v1/connections/${slack._id}/channels`, {}] as const]) {
      const answer = await app.callAs(stranger, path, call);
      assert.equal(answer.status, 404, path);
      assert.equal(refusal(answer.json), 'connection-missing');
    }
    const { items } = integrationList.parse((await app.callAs(stranger, '/v1/integrations')).json);
    assert.ok(items.length === 2 && items.every(({ connection }) => connection === null));
    assert.deepEqual(deliveryList.parse((await app.callAs(stranger, '/v1/deliveries')).json).items, []);
    assert.equal((await Connection.findOne({ workspaceId: owner.workspaceId, _id: slack._id }).lean())?.channel, null);
  });

  it('show every integration, connected or not', async () => {
    const sync = { state: 'running', cursor: '2', imported: 7, linkTokensWritten: 5 } as const;
    const hubspot = await connectTo(platform, crm, { workspaceId: owner.workspaceId, sync, problem: 'A field is missing.' });
    const { items } = integrationList.parse((await app.callAs(owner, '/v1/integrations')).json);
    const common = { state: 'active', accountName: 'Northwind', connectedAt: '2026-05-20T12:00:00.000Z', pendingDeliveries: 0 };
    assert.deepEqual(items, [
      {
        provider: 'fakecrm',
        title: 'Fake CRM',
        kind: 'crm',
        connection: {
          ...common,
          id: hubspot._id,
          accountUrl: 'https://fakecrm.example/northwind',
          problem: 'A field is missing.',
          sync: { state: 'running', imported: 7, linkTokensWritten: 5 },
          mergeTag: '{{ contact.fake_token }}',
          mergeTagLink: 'https://www.example.com/?ll={{ contact.fake_token }}',
          channel: null,
        },
      },
      {
        provider: 'fakechat',
        title: 'Fake Chat',
        kind: 'alerts',
        connection: {
          ...common,
          id: slack._id,
          accountUrl: 'https://fakechat.example/northwind',
          problem: null,
          sync: null,
          mergeTag: null,
          mergeTagLink: null,
          channel: null,
        },
      },
    ]);
  });

  it('begin connecting with the address of the consent page', async () => {
    const answer = await app.callAs(owner, '/v1/integrations/fakecrm/connect', { method: 'POST' });
    const { searchParams } = new URL(connectStart.parse(answer.json).consentUrl);
    assert.equal(searchParams.get('redirectUri'), 'http://localhost:4000/v1/integrations/fakecrm/callback');
    assert.match(searchParams.get('codeChallenge') ?? '', /^[\w-]{43}$/);
    assert.match(searchParams.get('state') ?? '', /^[\w-]{32}$/);
  });

  it('know no provider that is not configured', async () => {
    assert.equal((await app.callAs(owner, '/v1/integrations/nobody/connect', { method: 'POST' })).status, 404);
    const answer = await app.callAs(owner, '/v1/integrations/nobody/callback?code=x&state=y');
    assert.match(answer.headers.get('Location') ?? '', /failed=nobody&reason=There/);
  });

  it('list the channels, and keep the chosen one', async () => {
    const path = `/v1/connections/${slack._id}`;
    const { items } = channelList.parse((await app.callAs(owner, `${path}/channels`)).json);
    assert.deepEqual(items, [sales, { id: 'C2', name: '#marketing' }]);
    assert.equal((await app.callAs(owner, `${path}/channel`, putChannel({ channelId: 'C1' }))).status, 204);
    const list = integrationList.parse((await app.callAs(owner, '/v1/integrations')).json);
    assert.deepEqual(list.items[1]?.connection?.channel, sales);
  });

  it('take no channel that is not there, and no body that says nothing', async () => {
    const path = `/v1/connections/${slack._id}/channel`;
    const unknown = await app.callAs(owner, path, putChannel({ channelId: 'C404' }));
    assert.equal(unknown.status, 404);
    assert.equal(refusal(unknown.json), 'channel-missing');
    for (const body of [{}, { channelId: '' }, { channelId: { $ne: null } }, 'x']) {
      const answer = await app.callAs(owner, path, putChannel(body));
      assert.equal(answer.status, 400);
    }
  });

  it('pass on what the provider says when the channels cannot be read', async () => {
    chat.faults.push(asksToWait(4000));
    const path = `/v1/connections/${slack._id}/channels`;
    const busy = await app.callAs(owner, path);
    assert.equal(busy.status, 503);
    assert.equal(busy.headers.get('Retry-After'), '4');
    chat.grants.remove();
    const lost = await app.callAs(owner, path);
    assert.equal(lost.status, 409);
    assert.equal(problem.parse(lost.json).detail, 'The vendor no longer accepts the connection.');
  });

  it('end a connection once', async () => {
    const path = `/v1/connections/${slack._id}`;
    assert.equal((await app.callAs(owner, path, { method: 'DELETE' })).status, 204);
    assert.equal((await app.callAs(owner, path, { method: 'DELETE' })).status, 404);
    assert.equal((await app.callAs(owner, `${path}/channels`)).status, 404);
  });

  it('page through the sync log, newest first, without losing or repeating a line of the same moment', async () => {
    for (let nth = 0; nth < 60; nth += 1) {
      if (nth % 20 === 0) platform.clock.advance(1000);
      await logDelivery(platform, slack, { text: `Line ${nth}`, contactId: null });
    }
    const first = deliveryList.parse((await app.callAs(owner, '/v1/deliveries')).json);
    assert.equal(first.items.length, 50);
    const second = deliveryList.parse((await app.callAs(owner, `/v1/deliveries?cursor=${first.next}`)).json);
    assert.equal(second.next, null);
    const lines = [...first.items, ...second.items];
    assert.equal(new Set(lines.map(({ text }) => text)).size, 60);
    assert.deepEqual(
      lines.map(({ at }) => at),
      lines
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
  });

  it('take no cursor that they did not give', async () => {
    for (const cursor of ['x', Buffer.from('["never",1]').toString('base64url')])
      assert.equal(refusal((await app.callAs(owner, `/v1/deliveries?cursor=${cursor}`)).json), 'cursor-invalid');
  });
});
