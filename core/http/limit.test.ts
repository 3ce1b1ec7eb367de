import assert from 'node:assert/strict';
import Router from '@koa/router';
import type { CoreConfig } from '../platform.ts';
import { send, serve } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { createApp } from './create-app.ts';
import { callerHash, createLimit } from './limit.ts';

describe('too many requests', () => {
  let app: Awaited<ReturnType<typeof serve>> | null = null;
  let platform: TestPlatform;

  afterEach(() => app?.close());

  /** Three a minute for each caller. @returns a call with this `X-Forwarded-For`, answered with its status. */
  async function start(config: Partial<CoreConfig> = {}) {
    platform = await testPlatform({ config });
    const limit = createLimit(3, 60);
    const router = new Router();
    router.get('/', async (ctx) => {
      const caller = callerHash(platform, ctx);
      await limit.take(caller);
      ctx.body = caller;
    });
    app = await serve(createApp(platform).use(router.routes()).callback());
    const { url } = app;
    return (forwardedFor?: string) => send(url, { headers: forwardedFor === undefined ? {} : { 'X-Forwarded-For': forwardedFor } });
  }
  const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status);

  it('are refused with the moment to come again', async () => {
    const call = await start();
    assert.deepEqual(statuses([await call(), await call(), await call()]), [200, 200, 200]);
    const refused = await call();
    assert.equal(refused.status, 429);
    assert.match(refused.text, /too-many/);
    const seconds = Number(refused.headers.get('Retry-After'));
    assert.ok(seconds >= 1 && seconds <= 60, `${seconds}`);
  });

  it('are counted for each key apart', async () => {
    const limit = createLimit(1, 60);
    await limit.take('one');
    await limit.take('other');
    await assert.rejects(limit.take('one'), { kind: 'tooMany', code: 'too-many' });
  });

  it('are not hidden by a header that anybody can write', async () => {
    const call = await start();
    const answers = [];
    for (let n = 0; n < 5; n += 1) answers.push(await call(`203.0.113.${n}`));
    assert.deepEqual(statuses(answers), [200, 200, 200, 429, 429]);
  });

  it('are counted by the address that our own proxy wrote, whatever the caller wrote before it', async () => {
    const call = await start({ trustedProxies: 1 });
    for (let n = 0; n < 3; n += 1) assert.equal((await call(`10.0.0.${n}, 203.0.113.7`)).status, 200);
    assert.equal((await call('198.51.100.1, 203.0.113.7')).status, 429);
    assert.equal((await call('203.0.113.7')).status, 429);
    assert.equal((await call('203.0.113.8')).status, 200);
  });

  it('are counted by the second address from the end behind two proxies', async () => {
    const call = await start({ trustedProxies: 2 });
    const one = await call('6.6.6.6, 203.0.113.7, 10.0.0.1');
    const same = await call('203.0.113.7, 10.0.0.2');
    const other = await call('203.0.113.7, 203.0.113.8, 10.0.0.1');
    assert.equal(one.text, same.text);
    assert.notEqual(one.text, other.text);
  });

  it('share one count when a request came around the proxies, so that going around them gains nothing', async () => {
    const call = await start({ trustedProxies: 2 });
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push(await call(`203.0.113.${n}`));
    assert.deepEqual(statuses(answers), [200, 200, 200, 429]);
  });

  it('are counted without the address: what is kept cannot be read, and means nothing elsewhere', async () => {
    const call = await start({ trustedProxies: 1 });
    const { text } = await call('203.0.113.7');
    assert.match(text, /^[\w-]{43}$/);
    assert.ok(!Buffer.from(text, 'base64url').toString('latin1').includes('203.0.113.7'));
  });
});
