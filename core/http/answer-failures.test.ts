import assert from 'node:assert/strict';
import Router from '@koa/router';
import { problem } from '#contract/api.ts';
import { Failure, type FailureKind, failureKinds } from '#contract/failure.ts';
import { send, serve, type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { createApp } from './create-app.ts';

/** Written out again on purpose: it is what API clients rely on. */
const statuses: Record<FailureKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  tooLarge: 413,
  tooMany: 429,
  busy: 503,
  vendorBusy: 503,
  vendorRefused: 502,
  grantLost: 409,
};

describe('what goes wrong in a request', () => {
  let platform: TestPlatform;
  let app: Awaited<ReturnType<typeof serve>>;
  let thrown: unknown;

  before(async () => {
    platform = await testPlatform();
    const router = new Router();
    router.get('/fail', (ctx) => {
      ctx.set('Cache-Control', 'no-store');
      throw thrown;
    });
    app = await serve(createApp(platform).use(router.routes()).callback());
  });
  after(() => app.close());

  const failWith = (error: unknown) => {
    thrown = error;
    return send(`${app.url}/fail`);
  };

  for (const [kind, status] of Object.entries(statuses)) {
    it(`answers ${status} for ${kind}, as problem details`, async () => {
      const known = Object.keys(failureKinds).find((name): name is FailureKind => name === kind);
      assert.ok(known);
      const answer = await failWith(new Failure(known, 'Do this instead.', { code: 'a-code', fields: { name: 'Too long' } }));
      assert.equal(answer.status, status);
      assert.match(answer.headers.get('Content-Type') ?? '', /^application\/problem\+json/);
      const { title, ...details } = problem.parse(answer.json);
      assert.notEqual(title, 'Error');
      assert.deepEqual(details, { type: 'about:blank', status, detail: 'Do this instead.', code: 'a-code', fields: { name: 'Too long' } });
      assert.equal(answer.headers.get('Retry-After'), null);
    });
  }

  it('knows every kind of failure', () => {
    assert.deepEqual(Object.keys(failureKinds).sort(), Object.keys(statuses).sort());
  });

  it('says in whole seconds when to come again, never too early', async () => {
    for (const [retryAfterMs, seconds] of [
      [1, '1'],
      [1000, '1'],
      [1001, '2'],
      [90_000, '90'],
    ] as const) {
      const answer = await failWith(new Failure('tooMany', 'Wait.', { code: 'too-many', retryAfterMs }));
      assert.equal(answer.headers.get('Retry-After'), seconds);
    }
  });

  it('says nothing of a bug to the caller, and all of it to the log', async () => {
    const bug = new TypeError('password of ada@example.com is undefined');
    const answer = await failWith(bug);
    assert.equal(answer.status, 500);
    assert.equal(problem.parse(answer.json).code, 'internal');
    assert.doesNotMatch(answer.text, /ada|password|TypeError|\.ts/);
    assert.deepEqual(platform.log.lines.at(-1), {
      level: 'error',
      message: 'a request failed unexpectedly',
      fields: { err: bug, route: 'GET /fail' },
    });
  });

  it('survives what is no error at all', async () => {
    for (const strange of [undefined, null, 'text', { status: 404, expose: true, message: 'secret' }]) {
      const answer = await failWith(strange);
      assert.equal(answer.status, 500);
      assert.doesNotMatch(answer.text, /secret/);
    }
  });
});

describe('an address that is not there', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp(await testPlatform({ config: { buildDir: '/nowhere/leadlight' } }));
  });
  after(() => app.close());

  it('is a problem in the API and at the player, whatever the method', async () => {
    const answers = await Promise.all([
      app.call('/v1/nothing'),
      app.call('/v1/contacts/1/2/3/4', { method: 'DELETE' }),
      app.call('/v1/contacts', { method: 'DELETE' }),
      app.callPlayer('/v1/contacts'),
      app.callPlayer('/'),
    ]);
    for (const answer of answers) assert.deepEqual([answer.status, problem.parse(answer.json).code], [404, 'not-found']);
  });

  it('is not found rather than an accident when it is spelled so that nobody can read it', async () => {
    for (const path of ['/%E0%A4%A', '/assets/%E0%A4%A', '/assets/../../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/x.js%00']) {
      const answer = await app.call(path);
      assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
      assert.doesNotMatch(answer.text, /"dependencies"/);
    }
  });

  it('is not found rather than an accident when browser code was not built', async () => {
    for (const path of ['/ll.js', '/ll-recorder.js', '/', '/contacts', '/favicon.ico'])
      assert.equal((await app.call(path)).status, 404, path);
    for (const path of ['/player', '/player.js', '/player.css']) assert.equal((await app.callPlayer(path)).status, 404, path);
  });
});
