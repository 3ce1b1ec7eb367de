import assert from 'node:assert/strict';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { z } from 'zod';
import { problem } from '#contract/api.ts';
import { metricsText } from '../http/metrics.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { mutateBytes, mutateJson } from '../testing/mutate.ts';
import { rawEvents } from '../testing/raw-events.ts';
import { newBrowser, pageView, sentBatch, sentChunk } from '../testing/sent-batch.ts';
import { type Answer, type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';

const origin = 'https://www.example.com';
const gzipped = { 'Content-Encoding': 'gzip' };

describe('the border of ingest', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let siteKey: string;
  let token: string;
  let workspaceId: string;

  before(async () => {
    platform = await testPlatform({ config: { trustedProxies: ['127.0.0.0/8', '10.1.0.0/16'] } });
    app = await testApp(platform);
    ({ workspaceId } = await makeOwner(platform));
    ({ siteKey } = await findSite(workspaceId));
    token = (await makeContact(platform, { workspaceId })).linkToken;
  });
  after(() => app.close());

  const post = (body: string | Uint8Array, headers: Record<string, string> = {}, key = siteKey) =>
    app.call(`/v1/ingest?key=${key}`, { method: 'POST', body, headers: { Origin: origin, 'Content-Type': 'text/plain', ...headers } });
  const batch = (fields = {}) => sentBatch(platform, newBrowser(), { identity: { token }, ...fields });
  const codeOf = ({ status, json }: Answer) => `${status} ${problem.parse(json).code}`;

  it('refuses for the first of several reasons: size, unfolded size, site key, origin, shape', async () => {
    const wrongKey = 'pk_nobody';
    const evil = { Origin: 'https://evil.example' };
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    assert.equal(codeOf(await post('x'.repeat(1024 * 1024 + 1), evil, wrongKey)), '413 body-too-large');
    assert.equal(codeOf(await post(bomb, { ...evil, ...gzipped }, wrongKey)), '413 body-too-large');
    assert.equal(codeOf(await post('no json', evil, wrongKey)), '404 site-key-unknown');
    assert.equal(codeOf(await post('no json', evil)), '403 origin-not-allowed');
    assert.equal(codeOf(await post('no json')), '400 json-invalid');
    assert.equal(codeOf(await post('{}')), '400 invalid-input');
    assert.equal((await post(JSON.stringify(batch()))).status, 202);
  });

  it('tells the page that sent it why it was refused', async () => {
    const answer = await post('x', { Origin: 'https://evil.example' });
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), 'https://evil.example');
    assert.equal((await post('x', { 'Content-Encoding': 'br' })).headers.get('Access-Control-Allow-Origin'), origin);
  });

  describe('met by what unfolds', () => {
    const text = (fields: string) => `${JSON.stringify(batch()).slice(0, -1)},${fields}}`;
    const bombs: Record<string, () => [Uint8Array | string, Record<string, string>?]> = {
      'a gigabyte of gzip': () => [bigGzip(1024), gzipped],
      'sixty-four megabytes of deflate': () => [deflateSync(Buffer.alloc(64 << 20)), { 'Content-Encoding': 'deflate' }],
      'gzip in gzip': () => [gzipSync(gzipSync(Buffer.alloc(64 << 20))), gzipped],
      'gzip that says it is small': () => [lie(gzipSync(Buffer.alloc(64 << 20))), gzipped],
      'many members of gzip': () => [Buffer.concat(Array.from({ length: 200 }, () => gzipSync(Buffer.alloc(1 << 20)))), gzipped],
      'a list of encodings': () => ['x', { 'Content-Encoding': 'gzip, gzip' }],
      'JSON half a million levels deep': () => ['['.repeat(500_000)],
      'objects in objects': () => [text(`"x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
      'millions of empty arrays': () => [gzipSync(text(`"x":[${'[],'.repeat(2_500_000)}[]]`)), gzipped],
      'millions of numbers': () => [gzipSync(text(`"x":[${'0,'.repeat(3_000_000)}0]`)), gzipped],
      'one object with a hundred thousand names': () => [text(`"x":{${Array.from({ length: 60_000 }, (_, n) => `"k${n}":1`).join(',')}}`)],
      'a text of five megabytes': () => [gzipSync(text(`"x":"${'Ada Lovelace '.repeat(400_000)}"`)), gzipped],
      'a quarter of a million bad events': () => [
        gzipSync(text(`"chunks":[${Array.from({ length: 50 }, () => `{"seq":0,"events":[${'0,'.repeat(4_999)}0]}`).join(',')}]`)),
        gzipped,
      ],
      'ten thousand bad chunks': () => [gzipSync(text(`"chunks":[${'0,'.repeat(100_000)}0]`)), gzipped],
    };
    for (const [what, make] of Object.entries(bombs)) {
      it(`refuses ${what}, at once and without room for it`, async () => {
        const [body, headers] = make();
        await post('{}');
        globalThis.gc?.();
        const before = process.memoryUsage();
        const began = performance.now();
        const answer = await post(body, headers);
        const tookMs = performance.now() - began;
        const after = process.memoryUsage();
        assert.ok([400, 413].includes(answer.status), answer.text);
        assert.ok(tookMs < 1000, `${tookMs} ms`);
        const grown = (after.heapUsed + after.external - before.heapUsed - before.external) >> 20;
        assert.ok(grown < 48, `${grown} MB`);
      });
    }

    it('takes a page as deep as browsers make them, and a stylesheet of two million characters', async () => {
      const deep = deepChunk(500);
      assert.equal((await post(gzipSync(JSON.stringify(batch({ chunks: [deep] }))), gzipped)).status, 202);
      const css = `.a{color:${'red/* */ '.repeat(210_000)}}`;
      const sheets = [{ hash: 'a'.repeat(64), css }];
      assert.equal((await post(gzipSync(JSON.stringify(batch({ sheets }))), gzipped)).status, 202);
    });
  });

  it('keeps no name that means something to JavaScript or to MongoDB, at any depth', async () => {
    const odd = `{"__proto__":{"polluted":1},"constructor":"c","$where":"w","a.b":1,"\\u0024set":2,"n\\u0000ul":3,"prototype":4,"fine":"kept-fine"}`;
    const text = JSON.stringify(
      batch({
        identity: { token, traits: 'ODD' },
        events: [pageView(platform, { type: 'custom', props: { name: 'x', props: 'ODD' } }), pageView(platform, { props: { odd: 'ODD' } })],
        chunks: [sentChunk(platform, 0)],
      }),
    ).replaceAll('"ODD"', odd);
    const answer = await post(text.replace('"attributes":{}', `"attributes":${odd}`));
    assert.equal(answer.status, 202);
    const names = storedNames(await dumpDatabase(platform));
    for (const name of ['__proto__', 'constructor', 'prototype', '$where', 'a.b', '$set', 'n\u0000ul']) assert.ok(!names.has(name), name);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('still reads a person in a name whose dots it changed', async () => {
    const props = { name: 'x', props: { 'ada@leak.example': 'kept-fine', 'version 1.2': 'kept-too' } };
    assert.equal((await post(JSON.stringify(batch({ events: [pageView(platform, { type: 'custom', props })] })))).status, 202);
    const stored = JSON.stringify(await rawEvents(workspaceId));
    assert.ok(stored.includes('kept-fine') && stored.includes('kept-too') && !stored.includes('leak'), stored);
  });

  it('answers damaged batches each with a reason, and breaks at none', async function damaged() {
    this.timeout(120_000);
    const good = Buffer.from(JSON.stringify(batch({ chunks: [sentChunk(platform, 0)], context: { utm: { source: 'x' } } })));
    const runs = Number(process.env.LEADLIGHT_FUZZ ?? 400);
    const damage = fc.oneof(mutateBytes(good), mutateJson(JSON.parse(good.toString())));
    const ask = fc.asyncProperty(fc.array(damage, { minLength: 10, maxLength: 10 }), async (bodies) => {
      for (const answer of await Promise.all(bodies.map((body, n) => post(body, { 'X-Forwarded-For': `10.${n}.${count++ % 250}.7` }))))
        assertReason(answer);
    });
    let count = 0;
    await fc.assert(ask, { numRuns: runs / 10, endOnFailure: true });
    assert.equal((await post(good)).status, 202);
  });

  it('keeps no address of a thousand callers, and counts each apart', async () => {
    const v4 = Array.from({ length: 20 }, (_, n) => `203.0.113.${n + 1}`);
    const v6 = Array.from({ length: 20 }, (_, n) => `2001:db8:77:${n + 16}::beef`);
    for (let n = 0; n < 25; n += 1) {
      const bodies = [JSON.stringify(batch()), '{}', gzipSync('x')] as const;
      const calls = [...v4, ...v6].map((address, at) =>
        post(bodies[at % 3] ?? '', { 'X-Forwarded-For': `198.51.100.99, ${address}, 10.1.2.3` }),
      );
      for (const { status } of await Promise.all(calls)) assert.ok([202, 400].includes(status), String(status));
    }
    const everything = [JSON.stringify(await dumpDatabase(platform)), JSON.stringify(platform.log.lines), (await metricsText()).text].join(
      '\n',
    );
    for (const address of [...v4, ...v6, '198.51.100.99', '10.1.2.3', '::beef', '127.0.0.1'])
      assert.ok(!everything.includes(address), address);
  });
});

/** A stream of zeros is the same 1,030 bytes over and over: a bomb that takes no memory to make. */
function bigGzip(megabytes: number): Buffer {
  const piece = gzipSync(Buffer.alloc(1 << 20));
  return Buffer.concat(Array.from({ length: Math.min(megabytes, 900) }, () => piece)).subarray(0, 1024 * 1024);
}

/** The last four bytes are the sender's own word for the size. */
function lie(gzip: Buffer): Buffer {
  gzip.writeUInt32LE(100, gzip.length - 4);
  return gzip;
}

function deepChunk(levels: number) {
  let node: object = { type: 3, textContent: 'deep', id: 1 };
  for (let id = 2; id < levels; id += 1) node = { type: 2, tagName: 'div', attributes: {}, childNodes: [node], id };
  const root = { type: 0, childNodes: [node], id: levels };
  return { seq: 0, events: [{ type: 2, timestamp: 0, data: { node: root, initialOffset: { left: 0, top: 0 } } }] };
}

/** Every name in every stored row, and in the JSON that is kept as text. */
function storedNames(dump: Record<string, string[]>): Set<string> {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null)
      for (const [name, held] of Object.entries(value)) {
        names.add(name);
        walk(held);
      }
    else if (typeof value === 'string' && /^[[{]/.test(value)) walk(tryJson(value));
  };
  for (const rows of Object.values(dump)) for (const row of rows) walk(JSON.parse(row));
  return names;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const taken = z.object({ accepted: z.number(), refused: z.array(z.object({ reason: z.string().min(3) })) });

/** Either refused with a code, or taken, whatever was set aside with its reason. */
function assertReason({ status, json, text }: Answer): void {
  if (status === 202) assert.ok(taken.safeParse(json).success, text);
  else {
    assert.ok([400, 409, 413, 429].includes(status), `${status} ${text}`);
    assert.match(problem.parse(json).code, /^[a-z-]{5,}$/);
  }
}
