import assert from 'node:assert/strict';
import type { Connector } from '#contract/connector.ts';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { newVisitor, Visitor } from '../contacts/visitor.ts';
import { DeadLetter } from '../ingest/dead-letter.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { findSite, makeConnection, makeContact, makeMember, makeOwner, makeSession } from '../testing/factories.ts';
import { type Answer, type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { type WebRoute, webRoutes } from '../testing/web-routes.ts';
import { ApiKey, newKeySecret } from './api-key.ts';
import type { MemberDocument } from './member.ts';

const tokens = { accessToken: 'a', refreshToken: null, expiresAt: null };
const vendor: Connector = {
  id: 'fakecrm',
  title: 'Fake CRM',
  oauth: {
    consentUrl: () => 'https://crm.example/consent',
    exchange: async () => ({ tokens, account: { id: 'account-1', name: 'Northwind', url: 'https://crm.example' }, scopes: [] }),
    revoke: async () => {},
  },
  alerts: { channels: async () => [{ id: 'C1', name: 'sales' }], announce: async () => 'ref', update: async () => {} },
};

/** A body that the route takes, so that it is the id that is refused and nothing else. */
const bodies: Readonly<Record<string, unknown>> = {
  'POST /v1/contacts/:id/links': { url: 'https://www.example.com/pricing' },
  'PUT /v1/connections/:id/channel': { channelId: 'C1' },
  'PATCH /v1/sites/:id': { consent: 'always' },
  'PATCH /v1/contacts/:id': { company: 'Northwind' },
};

/** What the route must be asked with. */
const queries: Readonly<Record<string, string>> = { 'GET /v1/sites/:id/report': '?from=2026-11-01&to=2026-11-02' };

/** Their parameter is the name of a vendor or a public key, no id of anybody's; each has tests of its own. */
const withoutIds = [
  'GET /v1/sites/:siteKey/config',
  'POST /v1/inbox/:provider',
  'POST /v1/integrations/:provider/connect',
  'GET /v1/integrations/:provider/callback',
];

const nameOf = ({ method, path }: WebRoute) => `${method} ${path}`;

describe("another workspace's ids", () => {
  let platform: TestPlatform;
  let app: TestApp;
  let routes: WebRoute[];
  let owner: MemberDocument;
  let intruder: MemberDocument;
  /** Everything of the first workspace that has an id. */
  let ids: Record<string, string>;

  before(async () => {
    platform = await testPlatform({ connectors: [vendor] });
    app = await testApp(platform);
    routes = webRoutes(platform);
    owner = await makeOwner(platform);
    intruder = await makeOwner(platform);
    ids = await fillWorkspace(owner);
    await Promise.all([owner, intruder].map((member) => app.callAs(member, '/v1/me')));
  });
  after(() => app.close());

  async function fillWorkspace({ workspaceId, _id: createdBy }: MemberDocument): Promise<Record<string, string>> {
    const contact = await makeContact(platform, { workspaceId, name: 'Secret Person', company: 'Secret Company' });
    const over = { hasRecording: true, endedAt: platform.clock.now() };
    const session = await makeSession(platform, { workspaceId, contactId: contact._id, ...over });
    const connection = await makeConnection(platform, { workspaceId });
    const link = { workspaceId, contactId: contact._id, token: 'secret-link-token-1', url: 'https://x.example', createdBy, sessionIds: [] };
    await TrackedLink.create([{ ...link, _id: 'link_secret', createdAt: platform.clock.now() }]);
    const visitor = {
      ...newVisitor(await findSite(workspaceId), 'secret-visitor-id-1'),
      contactId: contact._id,
      standing: 'bound' as const,
    };
    await Visitor.create([visitor]);
    const extra = await makeKeyAndLetter({ workspaceId, sessionId: session._id });
    const member = await makeMember(platform, { workspaceId });
    const site = await findSite(workspaceId);
    return {
      contact: contact._id,
      session: session._id,
      visitor: visitor._id,
      connection: connection._id,
      member: member._id,
      site: site._id,
      link: 'link_secret',
      ...extra,
      workspaceId,
    };
  }

  async function makeKeyAndLetter({ workspaceId, sessionId }: { workspaceId: string; sessionId: string }) {
    const at = platform.clock.now();
    const { secret: _secret, ...kept } = newKeySecret();
    await ApiKey.create([{ _id: 'key_secret', workspaceId, name: 'Secret key', scopes: [], createdAt: at, createdBy: 'x', ...kept }]);
    const { _id: siteId } = await findSite(workspaceId);
    const content = JSON.stringify({ eid: 'secret-content' });
    await DeadLetter.create([{ _id: 'dead_secret', workspaceId, siteId, sessionId, reason: 'Secret reason', content, receivedAt: at }]);
    return { key: 'key_secret', letter: 'dead_secret' };
  }

  const call = (member: MemberDocument, route: WebRoute, id: string): Promise<Answer> => {
    const body = bodies[nameOf(route)];
    const path = route.path.replace(/:\w+/g, id) + (queries[nameOf(route)] ?? '');
    return app.callAs(member, path, { method: route.method, ...(body === undefined ? {} : { body }) });
  };
  const withIds = () => routes.filter((route) => route.path.includes(':') && !withoutIds.includes(nameOf(route)));

  it('are tried on every route that takes an id', () => {
    const found = withIds().map(nameOf);
    assert.ok(found.length >= 9, found.join(', '));
    for (const known of ['GET /v1/contacts/:id', 'POST /v1/sessions/:id/replay', 'DELETE /v1/connections/:id'])
      assert.ok(found.includes(known), known);
    for (const listed of withoutIds) assert.ok(routes.map(nameOf).includes(listed), `${listed} is gone: take it off the list`);
  });

  it('are answered as if they were not there, and change nothing', async () => {
    const before = await dumpDatabase(platform);
    for (const route of withIds()) {
      const absent = await call(intruder, route, 'nothing_1');
      for (const [kind, id] of Object.entries(ids)) {
        const answer = await call(intruder, route, id);
        const what = `${nameOf(route)} with a ${kind}`;
        assert.deepEqual([answer.status, answer.text], [404, absent.text], what);
        assert.equal(answer.headers.get('Set-Cookie'), null, what);
      }
    }
    assert.deepEqual(await dumpDatabase(platform), before);
    assert.deepEqual(platform.log.lines, []);
  });

  it('and names stand in no answer of any other route either', async () => {
    const secrets = [
      ...Object.values(ids),
      'Secret Person',
      'Secret Company',
      'secret-link-token-1',
      'secret-visitor-id-1',
      owner.email,
      owner._id,
      'Northwind',
    ];
    for (const route of routes.filter(({ method, path }) => method === 'GET' && !path.includes(':'))) {
      const { text } = await call(intruder, route, '');
      for (const secret of secrets) assert.ok(!text.includes(secret), `${nameOf(route)} tells ${secret}`);
    }
    for (const query of ['?q=Secret', `?q=${owner.email}`, '?workspaceId=x', `?workspaceId=${ids.workspaceId}`]) {
      const { text } = await app.callAs(intruder, `/v1/contacts${query}`);
      for (const secret of secrets) assert.ok(!text.includes(secret), query);
    }
  });

  it('would have opened for their own workspace: it is the workspace that is refused', async () => {
    const kinds: Readonly<Record<string, string>> = {
      contacts: 'contact',
      sessions: 'session',
      visitors: 'visitor',
      connections: 'connection',
      sites: 'site',
      links: 'link',
      keys: 'key',
      'dead-letters': 'letter',
    };
    // What ends something comes last.
    const inOrder = withIds().toSorted((one, other) => Number(one.method === 'DELETE') - Number(other.method === 'DELETE'));
    for (const route of inOrder) {
      const id = ids[kinds[route.path.split('/')[2] ?? ''] ?? ''];
      assert.ok(id, `${nameOf(route)}: say here what kind of id it takes`);
      const { status, text } = await call(owner, route, id);
      assert.ok(status >= 200 && status < 300, `${nameOf(route)}: ${status} ${text}`);
    }
  });
});
