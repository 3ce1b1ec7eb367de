import assert from 'node:assert/strict';
import Router from '@koa/router';
import { trackedLink } from '#contract/api.ts';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { createApp } from '../http/create-app.ts';
import { makeContact, makeOwner } from '../testing/factories.ts';
import { makeKey } from '../testing/make-key.ts';
import { type Answer, send, serve, type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { createKeyLimit } from './key-limit.ts';

describe('a call that is sent again', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let secret: string;
  let path: string;
  let workspaceId: string;

  before(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    workspaceId = owner.workspaceId;
    secret = await makeKey(platform, owner);
    path = `/v1/contacts/${(await makeContact(platform, { workspaceId }))._id}/links`;
  });
  beforeEach(async () => {
    await TrackedLink.deleteMany({ workspaceId });
  });
  after(() => app.close());

  const codeOf = ({ text }: Answer) => /"code":"([\w-]+)"/.exec(text)?.[1];
  const make = (key: string, url = 'https://www.example.com/', by = secret) =>
    app.callWith(by, path, { method: 'POST', body: { url }, headers: { 'Idempotency-Key': key } });
  const links = () => TrackedLink.countDocuments({ workspaceId });

  it('is done once and answered alike, for a day', async () => {
    const first = await make('one');
    const again = await make('one');
    assert.deepEqual([again.status, again.json, again.headers.get('Idempotent-Replayed')], [first.status, first.json, 'true']);
    assert.equal(first.headers.get('Idempotent-Replayed'), null);
    assert.equal(await links(), 1);
    assert.notEqual(trackedLink.parse((await make('two')).json).id, trackedLink.parse(first.json).id);
  });

  it('with another body is a mistake, and another key of the workspace has keys of its own', async () => {
    await make('three');
    const other = await make('three', 'https://www.example.com/other');
    assert.deepEqual([other.status, codeOf(other), await links()], [409, 'idempotency-key-reused', 1]);
    assert.equal((await make('three', undefined, await makeKey(platform, owner))).status, 201);
    assert.equal(await links(), 2);
  });

  it('at the same moment is done once: the others are told to come again', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => make('four')));
    assert.equal(await links(), 1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      assert.deepEqual([answer.status, codeOf(answer), answer.headers.get('Retry-After')], [409, 'idempotency-key-in-use', '1']);
    }
    assert.equal((await make('four')).headers.get('Idempotent-Replayed'), 'true');
  });

  it('may be tried again with the same key after a refusal', async () => {
    assert.equal((await make('five', 'no address')).status, 400);
    assert.equal((await make('five')).status, 201);
    assert.equal(codeOf(await make('é'.repeat(3).replaceAll('é', '\u00e9'))), 'idempotency-key-invalid');
  });

  it('is an ordinary one when a member sends it from the web app', async () => {
    const call = { method: 'POST', body: { url: 'https://www.example.com/' }, headers: { 'Idempotency-Key': 'six' } };
    for (const _time of [1, 2]) await app.callAs(owner, path, call);
    assert.equal(await links(), 2);
  });
});

describe('how much a key may ask', () => {
  it('is told in every answer, and refused with when to come again once it is used up', async () => {
    const router = new Router();
    const limit = createKeyLimit(2);
    router.get('/limited', async (ctx) => {
      await limit.take(ctx, String(ctx.query.key));
      ctx.body = {};
    });
    const app = await serve(
      createApp(await testPlatform())
        .use(router.routes())
        .callback(),
    );
    const call = (key: string) => send(`${app.url}/limited?key=${key}`);
    const answers = [await call('a'), await call('a'), await call('a'), await call('b')];
    await app.close();
    assert.deepEqual(
      answers.map(({ status, headers }) => [status, /r=(\d+);t=(?:60|5\d)$/.exec(headers.get('RateLimit') ?? '')?.[1]]),
      [
        [200, '1'],
        [200, '0'],
        [429, '0'],
        [200, '1'],
      ],
    );
    assert.match(answers[2]?.headers.get('Retry-After') ?? '', /^(60|5\d)$/);
    assert.equal(answers[2]?.headers.get('RateLimit-Policy'), '"key";q=2;w=60');
  });
});
