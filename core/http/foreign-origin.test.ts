import assert from 'node:assert/strict';
import { dumpDatabase } from '../testing/dump-database.ts';
import { makeOwner } from '../testing/factories.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { type WebRoute, webRoutes } from '../testing/web-routes.ts';
import type { MemberDocument } from '../workspaces/member.ts';

/** Called by every website's visitors and by vendors: they carry no cookie of ours and prove themselves otherwise. */
const open = ['/v1/ingest', '/v1/inbox/:provider'];

describe('a request that another site made the browser send', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let routes: WebRoute[];

  before(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    routes = webRoutes(platform).filter(({ method, path }) => method !== 'GET' && !open.includes(path));
    await app.callAs(owner, '/v1/me');
  });
  after(() => app.close());

  const foreign: Readonly<Record<string, Record<string, string>>> = {
    'a foreign Origin': { Origin: 'https://evil.example' },
    'an opaque Origin': { Origin: 'null' },
    'our host on another port': { Origin: 'http://localhost:4001' },
    'our host by another scheme': { Origin: 'https://localhost:4000' },
    'our origin as the start of another': { Origin: 'http://localhost:4000.evil.example' },
    'no Origin, from another site': { Origin: '', 'Sec-Fetch-Site': 'cross-site' },
    'no Origin, from a sibling site': { Origin: '', 'Sec-Fetch-Site': 'same-site' },
  };

  it('is looked at on at least these routes', () => {
    const found = routes.map(({ method, path }) => `${method} ${path}`);
    for (const known of [
      'POST /v1/workspaces',
      'POST /v1/sign-in',
      'POST /v1/sign-out',
      'POST /v1/contacts/:id/links',
      'DELETE /v1/connections/:id',
    ])
      assert.ok(found.includes(known), known);
  });

  for (const [what, headers] of Object.entries(foreign)) {
    it(`is refused on every route that changes something: ${what}`, async () => {
      const before = await dumpDatabase(platform);
      for (const { method, path } of routes) {
        const answer = await app.callAs(owner, path.replace(/:\w+/g, 'x'), { method, body: {}, headers });
        assert.equal(answer.status, 403, `${method} ${path}`);
        assert.match(answer.text, /foreign-origin/);
      }
      assert.deepEqual(await dumpDatabase(platform), before);
    });
  }

  it('is let pass from our own page, and from a program that is no browser', async () => {
    for (const headers of [{ Origin: 'http://localhost:4000' }, { Origin: '', 'Sec-Fetch-Site': 'same-origin' }, { Origin: '' }]) {
      const answer = await app.callAs(owner, '/v1/contacts/x/links', { method: 'POST', body: { url: 'https://acme.example/' }, headers });
      assert.equal(answer.status, 404, JSON.stringify(headers));
    }
  });
});
