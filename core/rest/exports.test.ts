import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { Contact } from '../contacts/contact.ts';
import { newContact } from '../contacts/new-contact.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { makeContact, makeOwner, makeSession } from '../testing/factories.ts';
import { makeKey } from '../testing/make-key.ts';
import { storeEvents } from '../testing/make-visit.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';

describe('exports', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let secret: string;

  before(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    secret = await makeKey(platform, owner, ['exports:read']);
  });
  after(() => app.close());

  const read = async (path: string) =>
    (await app.callWith(secret, `/v1/exports/${path}`, { headers: { 'Accept-Encoding': 'identity' } })).text;

  it('of contacts hold their own workspace alone, as a table, as JSON and line by line', async () => {
    await makeContact(platform);
    assert.equal(await read('contacts'), 'id,name,email,externalId,company,score,band,trend,sessions30d,lastSeenAt,createdAt\r\n');
    assert.deepEqual(JSON.parse(await read('contacts?format=json')), []);
    const one = await makeContact(platform, {
      workspaceId: owner.workspaceId,
      name: 'Ada, "the" Park',
      company: 'Two\nlines',
      email: null,
    });
    const [head = '', ...rows] = (await read('contacts?format=csv')).split('\r\n');
    assert.equal(rows.join('|'), `${one._id},"Ada, ""the"" Park",,,"Two\nlines",0,low,steady,0,,${one.createdAt.toISOString()}|`);
    const items = z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(await read('contacts?format=json')));
    assert.deepEqual(items.map(Object.keys), [head.split(',')]);
    assert.deepEqual(JSON.parse(await read('contacts?format=ndjson')), items[0]);
    assert.ok(JSON.stringify((await dumpDatabase(platform)).accessLog).includes('contacts.exported'));
  });

  it('hold no cell that a spreadsheet would run', async () => {
    for (const name of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x")']) {
      const { workspaceId } = await makeOwner(platform);
      await makeContact(platform, { workspaceId, name, company: 'x' });
      const key = await makeKey(platform, { workspaceId });
      const { text } = await app.callWith(key, '/v1/exports/contacts');
      assert.doesNotMatch(text, /(?:^|,|\n)"?[=+\-@\t\r](?!\n)/, JSON.stringify(text));
    }
  });

  it('of sessions and events take filters, and come compressed when that is accepted', async () => {
    const { workspaceId } = owner;
    const startedAt = new Date('2026-11-20T08:00:00Z');
    const { _id: sessionId } = await makeSession(platform, { workspaceId, startedAt });
    const event = { eid: 'e', type: 'page_view' as const, at: startedAt, pageId: 'p', url: '/', props: { title: '=cmd' } };
    await storeEvents({ workspaceId, sessionId }, { events: [event], receivedAt: startedAt });
    assert.match(await read('sessions?to=2026-11-21T00:00:00Z'), new RegExp(`\r\n${sessionId},`));
    assert.doesNotMatch(await read('sessions?from=2026-11-21T00:00:00Z'), new RegExp(sessionId));
    assert.match(await read('events'), /page_view/);
    const { headers, body } = await rawGet(`/v1/exports/events`, { 'Accept-Encoding': 'gzip' });
    assert.equal(headers['content-encoding'], 'gzip');
    assert.match(gunzipSync(body).toString(), /page_view,2026-11-20T08:00:00\.000Z/);
  });

  it('stop reading the database when their reader goes', async () => {
    const { workspaceId } = owner;
    const contacts = Array.from({ length: 3000 }, (_, n) =>
      newContact(platform, { workspaceId, email: `${n}@x.example`, company: randomBytes(1500).toString('hex') }),
    );
    await Contact.insertMany(contacts);
    for (const encoding of ['identity', 'gzip']) {
      const headers = { Authorization: `Bearer ${secret}`, 'Accept-Encoding': encoding };
      const request = get(`${app.url}/v1/exports/contacts`, { headers });
      const [response] = await once(request, 'response');
      await once(response, 'data');
      response.pause();
      await until(async () => (await openCursors()) === 1);
      request.on('error', () => {});
      request.destroy();
      await until(async () => (await openCursors()) === 0);
    }
    await Contact.deleteMany({ workspaceId });
  });

  /** Cursors on the contacts of this test's own database. */
  async function openCursors(): Promise<number> {
    const admin = platform.store.connection.getClient().db('admin');
    const ns = `${platform.store.connection.name}.contacts`;
    const idle = [{ $currentOp: { idleCursors: true } }, { $match: { ns, type: 'idleCursor' } }];
    return (await admin.aggregate(idle).toArray()).length;
  }

  async function until(holds: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + 15_000;
    while (!(await holds())) assert.ok(performance.now() < end, 'it never came true');
  }

  async function rawGet(path: string, headers: Record<string, string>) {
    const [response] = await once(get(app.url + path, { headers: { ...headers, Authorization: `Bearer ${secret}` } }), 'response');
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part);
    return { headers: response.headers, body: Buffer.concat(parts) };
  }
});
