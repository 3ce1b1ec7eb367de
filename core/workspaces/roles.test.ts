import assert from 'node:assert/strict';
import { type Permission, permissions, type Role, roles } from '#contract/roles.ts';
import { makeMember, makeOwner } from '../testing/factories.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { testPlatform } from '../testing/test-platform.ts';
import { type WebRoute, webRoutes } from '../testing/web-routes.ts';
import type { MemberDocument } from './member.ts';

/** What each route asks of whoever calls it: nothing, a login, or a permission. A new route is added here. */
const rights: Readonly<Record<string, 'nobody' | 'anyone' | Permission>> = {
  'GET /v1/sites/:siteKey/config': 'nobody',
  'OPTIONS /v1/ingest': 'nobody',
  'POST /v1/ingest': 'nobody',
  'POST /v1/inbox/:provider': 'nobody',
  'GET /v1/setup': 'nobody',
  'POST /v1/workspaces': 'nobody',
  'POST /v1/sign-in': 'nobody',
  'POST /v1/sign-in/link': 'nobody',
  'POST /v1/sign-out': 'nobody',
  'GET /v1/openapi.json': 'nobody',
  'GET /v1/me': 'anyone',
  'GET /v1/workspace': 'contacts.read',
  'PATCH /v1/workspace': 'workspace.write',
  'GET /v1/members': 'members.read',
  'GET /v1/keys': 'keys.write',
  'POST /v1/keys': 'keys.write',
  'DELETE /v1/keys/:id': 'keys.write',
  'GET /v1/sites/:id': 'contacts.read',
  'GET /v1/sites': 'contacts.read',
  'POST /v1/sites': 'sites.write',
  'PATCH /v1/sites/:id': 'sites.write',
  'POST /v1/sites/:id/rotate-key': 'sites.write',
  'GET /v1/sites/:id/leaks': 'contacts.read',
  'GET /v1/sites/:id/faults': 'contacts.read',
  'GET /v1/sites/:id/report': 'contacts.read',
  'GET /v1/workspace/retention': 'contacts.read',
  'PUT /v1/workspace/retention': 'workspace.write',
  'GET /v1/contacts': 'contacts.read',
  'GET /v1/contacts/:id': 'contacts.read',
  'PATCH /v1/contacts/:id': 'contacts.write',
  'POST /v1/contacts/upsert': 'contacts.write',
  'GET /v1/links': 'contacts.read',
  'POST /v1/links/check': 'contacts.read',
  'DELETE /v1/links/:id': 'links.write',
  'GET /v1/contacts/:id/links': 'contacts.read',
  'POST /v1/contacts/:id/links': 'links.write',
  'GET /v1/contacts/:id/sessions': 'contacts.read',
  'GET /v1/contacts/:id/visitors': 'contacts.read',
  'POST /v1/visitors/:id/confirm': 'contacts.write',
  'POST /v1/visitors/:id/unbind': 'contacts.write',
  'GET /v1/sessions': 'contacts.read',
  'GET /v1/sessions/:id': 'contacts.read',
  'POST /v1/sessions/:id/replay': 'replay.watch',
  'GET /v1/live': 'contacts.read',
  'GET /v1/sessions/:id/live': 'contacts.read',
  'GET /v1/sessions/:id/events': 'contacts.read',
  'GET /v1/events': 'contacts.read',
  'GET /v1/sessions/:id/recording': 'replay.watch',
  'GET /v1/sessions/:id/recording/content': 'replay.watch',
  'DELETE /v1/sessions/:id/recording': 'recordings.delete',
  'GET /v1/exports/contacts': 'exports.read',
  'GET /v1/exports/sessions': 'exports.read',
  'GET /v1/exports/events': 'exports.read',
  'GET /v1/dead-letters': 'dead-letters.write',
  'GET /v1/dead-letters/:id': 'dead-letters.write',
  'POST /v1/dead-letters/:id/replay': 'dead-letters.write',
  'DELETE /v1/dead-letters/:id': 'dead-letters.write',
  'GET /v1/integrations': 'connections.read',
  'POST /v1/integrations/:provider/connect': 'connections.write',
  'GET /v1/integrations/:provider/callback': 'connections.write',
  'GET /v1/connections/:id/channels': 'connections.read',
  'PUT /v1/connections/:id/channel': 'connections.write',
  'DELETE /v1/connections/:id': 'connections.write',
  'GET /v1/deliveries': 'connections.read',
};

/** Written out again on purpose: who may do what is a promise to customers. */
const promised: Readonly<Record<Permission, readonly Role[]>> = {
  'contacts.read': ['owner', 'admin', 'marketer', 'rep', 'viewer'],
  'contacts.write': ['owner', 'admin', 'marketer', 'rep'],
  'replay.watch': ['owner', 'admin', 'marketer', 'rep'],
  'links.write': ['owner', 'admin', 'marketer', 'rep'],
  'sites.write': ['owner', 'admin', 'marketer'],
  'connections.read': ['owner', 'admin', 'marketer'],
  'connections.write': ['owner', 'admin'],
  'members.read': ['owner', 'admin', 'marketer', 'rep', 'viewer'],
  'workspace.write': ['owner', 'admin'],
  'recordings.delete': ['owner', 'admin'],
  'dead-letters.write': ['owner', 'admin', 'marketer'],
  'exports.read': ['owner', 'admin', 'marketer'],
  'keys.write': ['owner', 'admin'],
};

describe('roles', () => {
  let app: TestApp;
  let routes: WebRoute[];
  const members = new Map<Role, MemberDocument>();

  before(async () => {
    const platform = await testPlatform();
    app = await testApp(platform);
    routes = webRoutes(platform);
    const { workspaceId } = await makeOwner(platform);
    for (const role of roles) members.set(role, await makeMember(platform, { workspaceId, role }));
  });
  after(() => app.close());

  const rightOf = ({ method, path }: WebRoute) => rights[`${method} ${path}`];
  const callAs = (member: MemberDocument, { method, path }: WebRoute) =>
    app.callAs(member, path.replace(/:\w+/g, 'nothing'), { method, ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }) });

  it('are asked for by every route, as this table says', () => {
    assert.deepEqual(routes.map(({ method, path }) => `${method} ${path}`).sort(), Object.keys(rights).sort());
  });

  it('may do what was promised, no less and no more', () => {
    assert.deepEqual(permissions, promised);
  });

  it('need a login on every route that is not for everybody', async () => {
    for (const route of routes.filter((candidate) => rightOf(candidate) !== 'nobody')) {
      const { status, text } = await app.call(route.path.replace(/:\w+/g, 'nothing'), { method: route.method });
      assert.equal(status, 401, `${route.method} ${route.path}`);
      assert.match(text, /not-signed-in/);
    }
  });

  for (const role of roles) {
    it(`let the ${role} do what the table says`, async () => {
      const member = members.get(role);
      assert.ok(member);
      for (const route of routes) {
        const right = rightOf(route);
        if (right === 'nobody' || right === undefined) continue;
        const { status, text } = await callAs(member, route);
        const may = right === 'anyone' || promised[right].includes(role);
        assert.equal(text.includes('role-forbids'), !may, `${route.method} ${route.path}: ${status}`);
        assert.equal(status === 403, !may, `${route.method} ${route.path}: ${status}`);
      }
    });
  }
});
