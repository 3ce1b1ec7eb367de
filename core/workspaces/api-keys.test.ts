import assert from 'node:assert/strict';
import { apiKeyList, newApiKey } from '#contract/rest.ts';
import { type Scope, scopeNames } from '#contract/scopes.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { makeContact, makeMember, makeOwner } from '../testing/factories.ts';
import { makeKey } from '../testing/make-key.ts';
import { type Answer, type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { type WebRoute, webRoutes } from '../testing/web-routes.ts';
import type { MemberDocument } from './member.ts';

/** What each route asks of an API key, written out again: it is a promise to who made one. `null`: no key may. */
const needed: Readonly<Record<string, Scope | null>> = {
  'GET /v1/me': null,
  'GET /v1/workspace': 'workspace:read',
  'PATCH /v1/workspace': 'workspace:write',
  'GET /v1/members': 'members:read',
  'GET /v1/keys': 'keys:read',
  'POST /v1/keys': 'keys:write',
  'DELETE /v1/keys/:id': 'keys:write',
  'GET /v1/sites': 'sites:read',
  'GET /v1/sites/:id': 'sites:read',
  'POST /v1/sites': 'sites:write',
  'PATCH /v1/sites/:id': 'sites:write',
  'POST /v1/sites/:id/rotate-key': 'sites:write',
  'GET /v1/sites/:id/leaks': 'sites:read',
  'GET /v1/sites/:id/faults': 'sites:read',
  'GET /v1/contacts': 'contacts:read',
  'GET /v1/contacts/:id': 'contacts:read',
  'PATCH /v1/contacts/:id': 'contacts:write',
  'POST /v1/contacts/upsert': 'contacts:write',
  'GET /v1/contacts/:id/visitors': 'contacts:read',
  'POST /v1/visitors/:id/confirm': 'contacts:write',
  'POST /v1/visitors/:id/unbind': 'contacts:write',
  'GET /v1/contacts/:id/links': 'links:read',
  'POST /v1/contacts/:id/links': 'links:write',
  'GET /v1/links': 'links:read',
  'POST /v1/links/check': 'links:read',
  'DELETE /v1/links/:id': 'links:write',
  'GET /v1/contacts/:id/sessions': 'sessions:read',
  'GET /v1/sessions': 'sessions:read',
  'GET /v1/sessions/:id': 'sessions:read',
  'POST /v1/sessions/:id/replay': null,
  'GET /v1/sessions/:id/events': 'events:read',
  'GET /v1/events': 'events:read',
  'GET /v1/sessions/:id/recording': 'recordings:read',
  'GET /v1/sessions/:id/recording/content': 'recordings:read',
  'DELETE /v1/sessions/:id/recording': 'recordings:write',
  'GET /v1/exports/contacts': 'exports:read',
  'GET /v1/exports/sessions': 'exports:read',
  'GET /v1/exports/events': 'exports:read',
  'GET /v1/dead-letters': 'dead-letters:read',
  'GET /v1/dead-letters/:id': 'dead-letters:read',
  'POST /v1/dead-letters/:id/replay': 'dead-letters:write',
  'DELETE /v1/dead-letters/:id': 'dead-letters:write',
  'GET /v1/integrations': 'connections:read',
  'POST /v1/integrations/:provider/connect': null,
  'GET /v1/integrations/:provider/callback': null,
  'GET /v1/connections/:id/channels': 'connections:read',
  'PUT /v1/connections/:id/channel': 'connections:write',
  'DELETE /v1/connections/:id': 'connections:write',
  'GET /v1/deliveries': 'connections:read',
};

describe('API keys', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;

  before(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
  });
  after(() => app.close());

  const codeOf = ({ text }: Answer) => /"code":"([\w-]+)"/.exec(text)?.[1];
  const make = (body: unknown, member = owner) => app.callAs(member, '/v1/keys', { method: 'POST', body });
  const list = async () => apiKeyList.parse((await app.callAs(owner, '/v1/keys')).json).items;

  it('are shown once, kept as a hash, recognised by their beginning, and work until they are revoked', async () => {
    const made = newApiKey.parse((await make({ name: 'Warehouse', scopes: ['contacts:read', 'contacts:read'] })).json);
    assert.match(made.secret, /^llk_[\w-]{43}$/);
    const [listed, ...others] = await list();
    assert.deepEqual([others.length, listed?.prefix, listed?.scopes], [0, made.secret.slice(0, 12), ['contacts:read']]);
    assert.ok(!JSON.stringify([listed, await dumpDatabase(platform)]).includes(made.secret));
    assert.equal((await app.callWith(made.secret, '/v1/contacts')).status, 200);
    assert.equal((await app.callAs(owner, `/v1/keys/${made.id}`, { method: 'DELETE' })).status, 204);
    const after = await app.callWith(made.secret, '/v1/contacts');
    assert.deepEqual([after.status, codeOf(after), (await list()).length], [401, 'key-invalid', 0]);
    assert.match(after.headers.get('WWW-Authenticate') ?? '', /invalid_token/);
    assert.equal((await app.callAs(owner, `/v1/keys/${made.id}`, { method: 'DELETE' })).status, 404);
  });

  it('open their own workspace alone, whatever cookie comes along', async () => {
    const theirs = await makeContact(platform);
    const secret = await makeKey(platform, owner);
    assert.equal((await app.callWith(secret, `/v1/contacts/${theirs._id}`)).status, 404);
    const stranger = await makeOwner(platform);
    const answer = await app.callAs(stranger, '/v1/workspace', { headers: { Authorization: `Bearer ${secret}` } });
    assert.ok(answer.text.includes(owner.workspaceId));
  });

  it('say when they were used, written once a minute', async () => {
    const secret = await makeKey(platform, owner, ['sites:read']);
    const lastUse = async () => (await list()).find(({ prefix }) => secret.startsWith(prefix))?.lastUsedAt;
    assert.equal(await lastUse(), null);
    await app.callWith(secret, '/v1/sites');
    const first = await lastUse();
    assert.equal(first, platform.clock.now().toISOString());
    platform.clock.advance(59_000);
    await app.callWith(secret, '/v1/sites');
    assert.equal(await lastUse(), first);
    platform.clock.advance(1000);
    await app.callWith(secret, '/v1/sites');
    assert.equal(await lastUse(), platform.clock.now().toISOString());
  });

  it('expire', async () => {
    const expiresAt = new Date(platform.clock.now().getTime() + 60_000).toISOString();
    const { secret } = newApiKey.parse((await make({ name: 'Short', scopes: ['sites:read'], expiresAt })).json);
    assert.equal((await app.callWith(secret, '/v1/sites')).status, 200);
    platform.clock.advance(60_000);
    const answer = await app.callWith(secret, '/v1/sites');
    assert.deepEqual([answer.status, codeOf(answer)], [401, 'key-expired']);
  });

  it('are refused with what is wrong', async () => {
    const rep = await makeMember(platform, { workspaceId: owner.workspaceId, role: 'rep' });
    const past = new Date(platform.clock.now().getTime() - 1).toISOString();
    for (const [body, status] of [
      [{ name: '', scopes: ['sites:read'] }, 400],
      [{ name: 'x', scopes: [] }, 400],
      [{ name: 'x', scopes: ['everything'] }, 400],
      [{ name: 'x', scopes: ['sites:read'], expiresAt: past }, 400],
      [{ name: 'x', scopes: ['sites:read'], expiresAt: 'tomorrow' }, 400],
    ] as const) {
      assert.equal((await make(body)).status, status, JSON.stringify(body));
    }
    assert.equal((await make({ name: 'x', scopes: ['sites:read'] }, rep)).status, 403);
    for (const header of ['Bearer', 'Bearer x', 'Basic eDp4', `Bearer llk_${'a'.repeat(43)}`, `Bearer llk_${'a'.repeat(500)}`]) {
      const answer = await app.call('/v1/sites', { headers: { Authorization: header } });
      assert.deepEqual([answer.status, codeOf(answer)], [401, 'key-invalid'], header);
    }
  });

  it('that make keys give no more than they have', async () => {
    const secret = await makeKey(platform, owner, ['keys:write', 'sites:read']);
    const from = (scopes: readonly Scope[]) => app.callWith(secret, '/v1/keys', { method: 'POST', body: { name: 'Child', scopes } });
    assert.deepEqual([(await from(['sites:read'])).status, codeOf(await from(['sites:read', 'sites:write']))], [201, 'scope-not-yours']);
  });

  it('may do on every route what their scopes say, no less and no more', async () => {
    const routes = webRoutes(platform).filter(({ method, path }) => `${method} ${path}` in needed);
    assert.equal(routes.length, Object.keys(needed).length);
    const full = await makeKey(platform, owner);
    const only = new Map<Scope, string>();
    const without = new Map<Scope, string>();
    for (const scope of scopeNames) {
      only.set(scope, await makeKey(platform, owner, [scope]));
      without.set(
        scope,
        await makeKey(
          platform,
          owner,
          scopeNames.filter((other) => other !== scope),
        ),
      );
    }
    const ask = (secret: string | undefined, { method, path }: WebRoute) => {
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
      return app.callWith(secret ?? '', path.replace(/:\w+/g, 'nothing'), { method, ...body });
    };
    for (const route of routes) {
      const what = `${route.method} ${route.path}`;
      const scope = needed[what];
      if (scope === null || scope === undefined) {
        assert.equal(codeOf(await ask(full, route)), 'members-only', what);
        continue;
      }
      assert.equal(codeOf(await ask(without.get(scope), route)), 'scope-missing', what);
      const may = await ask(only.get(scope), route);
      assert.ok(may.status !== 401 && may.status !== 403, `${what}: ${may.status}`);
    }
  });
});
