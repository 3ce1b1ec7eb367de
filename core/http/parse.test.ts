import assert from 'node:assert/strict';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { deflateSync, gzipSync } from 'node:zlib';
import Router from '@koa/router';
import { z } from 'zod';
import { send, serve } from '../testing/test-app.ts';
import { testPlatform } from '../testing/test-platform.ts';
import { createApp } from './create-app.ts';
import { decompress } from './decompress.ts';
import { parseJson, parseJsonText } from './parse.ts';
import { readBody } from './read-body.ts';

const limits = { wireBytes: 2000, plainBytes: 10_000 };
const jsonLimits = { depth: 10, containers: 50, values: 100, members: 20, stringBytes: 1000, longText: { key: 'css', bytes: 5000 } };
const greeting = z.object({ name: z.string().min(1, 'Tell us your name'), guests: z.array(z.object({ age: z.number() })) });
const good = { name: 'Ada', guests: [{ age: 7 }] };

describe('the body of a request', () => {
  let app: Awaited<ReturnType<typeof serve>>;

  before(async () => {
    const platform = await testPlatform();
    const router = new Router();
    router.post('/greet', async (ctx) => {
      ctx.body = await parseJson(ctx, greeting);
    });
    router.post('/raw', async (ctx) => {
      const body = await decompress(await readBody(ctx, limits), ctx.get('Content-Encoding'), limits);
      ctx.body = { length: body.length, value: ctx.query.json === undefined ? null : parseJsonText(body, jsonLimits) };
    });
    app = await serve(createApp(platform).use(router.routes()).callback());
  });
  after(() => app.close());

  const greet = (body: unknown, headers = {}) => send(`${app.url}/greet`, { method: 'POST', body, headers });
  const raw = (body: Uint8Array | string, headers = {}, query = '') =>
    send(`${app.url}/raw${query}`, { method: 'POST', body, headers: { 'Content-Type': 'text/plain', ...headers } });
  const codeOf = ({ json }: { json: unknown }) => z.object({ code: z.string() }).parse(json).code;

  describe('as JSON', () => {
    it('is read, and what was not asked for is dropped', async () => {
      assert.deepEqual((await greet({ ...good, admin: true })).json, good);
      assert.equal((await greet(good, { 'Content-Type': 'application/json; charset=utf-8' })).status, 200);
    });

    it('is refused field by field, each with what to do', async () => {
      const answer = await greet({ name: '', guests: [{ age: 1 }, { age: 'two' }] });
      assert.equal(answer.status, 400);
      const { code, fields, detail } = z
        .object({ code: z.string(), detail: z.string(), fields: z.record(z.string(), z.string()) })
        .parse(answer.json);
      assert.equal(code, 'invalid-input');
      assert.deepEqual(Object.keys(fields), ['name', 'guests.1.age']);
      assert.equal(fields.name, 'Tell us your name');
      assert.match(detail, /name: Tell us your name/);
    });

    it('names at most twenty of its mistakes', async () => {
      const answer = await greet({ name: 'Ada', guests: Array.from({ length: 500 }, () => ({})) });
      const { fields } = z.object({ fields: z.record(z.string(), z.string()) }).parse(answer.json);
      assert.equal(Object.keys(fields).length, 20);
    });

    for (const text of ['', '{', '{"name":}', 'undefined', '\u0000', '{"name":"Ada"} {}']) {
      it(`that is no JSON is refused: ${JSON.stringify(text)}`, async () => {
        const answer = await greet(text, { 'Content-Type': 'application/json' });
        assert.deepEqual([answer.status, codeOf(answer)], [400, 'json-invalid']);
      });
    }

    it('that is JSON but no object is refused', async () => {
      for (const value of [null, 7, 'text', [], true]) {
        const answer = await greet(JSON.stringify(value), { 'Content-Type': 'application/json' });
        assert.deepEqual([answer.status, codeOf(answer)], [400, 'invalid-input'], JSON.stringify(value));
      }
    });

    it('is refused under any content type that a form on a foreign page can send', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
        const answer = await greet(JSON.stringify(good), { 'Content-Type': type });
        assert.deepEqual([answer.status, codeOf(answer)], [400, 'json-expected'], type);
      }
    });

    it('cannot change what every object inherits', async () => {
      const answer = await greet('{"name":"Ada","guests":[],"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}', {
        'Content-Type': 'application/json',
      });
      assert.deepEqual(answer.json, { name: 'Ada', guests: [] });
      assert.equal(Reflect.get({}, 'polluted'), undefined);
    });

    it('that nests a hundred thousand deep is an answer, not an accident', async () => {
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      const answer = await greet(deep, { 'Content-Type': 'application/json' });
      assert.equal(answer.status, 400);
    });

    it('larger than an API call needs is refused', async () => {
      const answer = await greet({ ...good, name: 'x'.repeat(257 * 1024) });
      assert.deepEqual([answer.status, codeOf(answer)], [413, 'body-too-large']);
    });
  });

  describe('and its size', () => {
    it('is taken up to the limit and refused one byte above', async () => {
      assert.deepEqual((await raw('x'.repeat(2000))).json, { length: 2000, value: null });
      const answer = await raw('x'.repeat(2001));
      assert.deepEqual([answer.status, codeOf(answer)], [413, 'body-too-large']);
    });

    it('is watched also where the sender does not tell it: the refusal is heard, and the rest is not read', async () => {
      const answer = await sendInPieces(`${app.url}/raw`, 5000);
      assert.equal(answer.status, 413);
      assert.match(answer.text, /body-too-large/);
    });
  });

  describe('and its compression', () => {
    const plain = JSON.stringify(good);

    it('is undone for gzip and deflate, however the name is spelled', async () => {
      for (const encoding of ['gzip', 'GZIP']) {
        assert.deepEqual((await raw(gzipSync(plain), { 'Content-Encoding': encoding }, '?json')).json, {
          length: plain.length,
          value: good,
        });
      }
      assert.deepEqual((await raw(deflateSync(plain), { 'Content-Encoding': 'deflate' }, '?json')).json, {
        length: plain.length,
        value: good,
      });
      assert.deepEqual((await raw(plain, { 'Content-Encoding': 'identity' }, '?json')).json, { length: plain.length, value: good });
    });

    it('stops a bomb at the limit', async () => {
      assert.equal((await raw(gzipSync(Buffer.alloc(10_000)), { 'Content-Encoding': 'gzip' })).status, 200);
      for (const size of [10_001, 1_000_000]) {
        const answer = await raw(gzipSync(Buffer.alloc(size)), { 'Content-Encoding': 'gzip' });
        assert.deepEqual([answer.status, codeOf(answer)], [413, 'body-too-large']);
      }
      assert.equal((await raw(deflateSync(Buffer.alloc(1_000_000)), { 'Content-Encoding': 'deflate' })).status, 413);
    });

    it('stops a bomb of several members, whose sizes only together are too large', async () => {
      const members = Buffer.concat(Array.from({ length: 3 }, () => gzipSync(Buffer.alloc(4000))));
      assert.equal((await raw(members, { 'Content-Encoding': 'gzip' })).status, 413);
    });

    it('is undone once: a bomb in a bomb stays a lump, and a list of encodings is refused', async () => {
      const nested = gzipSync(gzipSync(Buffer.alloc(1_000_000)));
      assert.equal((await raw(nested, { 'Content-Encoding': 'gzip' })).status, 200);
      const answer = await raw(nested, { 'Content-Encoding': 'gzip, gzip' });
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'encoding-unsupported']);
    });

    it('is refused when it is another one, or none at all', async () => {
      for (const encoding of ['br', 'zstd', 'compress', 'constructor', '__proto__', 'x'.repeat(500)]) {
        const answer = await raw('x', { 'Content-Encoding': encoding });
        assert.deepEqual([answer.status, codeOf(answer)], [400, 'encoding-unsupported'], encoding);
        assert.ok(answer.text.length < 400);
      }
      for (const body of [Buffer.from(plain), gzipSync(plain).subarray(0, 20), gzipSync(plain).subarray(5), Buffer.alloc(0)]) {
        const answer = await raw(body, { 'Content-Encoding': 'gzip' });
        assert.deepEqual([answer.status, codeOf(answer)], [400, 'encoding-invalid']);
      }
    });
  });
});

/** A sender that says neither how much will come nor that it is done, until it is answered. */
function sendInPieces(url: string, bytes: number): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers: { 'Content-Type': 'text/plain' } }, (response) => {
      buffer(response).then((text) => resolve({ status: response.statusCode ?? 0, text: text.toString() }), reject);
    });
    call.on('error', reject);
    for (let sent = 0; sent < bytes; sent += 500) call.write('x'.repeat(500));
    call.on('response', () => call.end());
  });
}
