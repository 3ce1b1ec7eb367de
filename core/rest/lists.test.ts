import assert from 'node:assert/strict';
import { z } from 'zod';
import { contactDetail, contactList, sessionList } from '#contract/api.ts';
import { contactUpserted, eventList, linkCheck, memberList, workspace } from '#contract/rest.ts';
import { Contact } from '../contacts/contact.ts';
import { createTrackedLink } from '../contacts/create-tracked-link.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { findSite, makeContact, makeOwner, makeSession } from '../testing/factories.ts';
import { makeKey } from '../testing/make-key.ts';
import { storeEvents } from '../testing/make-visit.ts';
import { type Answer, type Call, type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';

const pageShape = z.object({ items: z.array(z.object({ id: z.string() })), next: z.string().nullable() });

describe('the REST API, with a key', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let secret: string;

  before(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    secret = await makeKey(platform, owner);
  });
  after(() => app.close());

  const ask = (path: string, call?: Call) => app.callWith(secret, path, call);
  const codeOf = ({ text }: Answer) => /"code":"([\w-]+)"/.exec(text)?.[1];
  const post = (path: string, body: unknown) => ask(path, { method: 'POST', body });

  it('reads lists to their end by the address in the Link header, each row once while rows are added', async () => {
    const own = await makeOwner(platform);
    const key = await makeKey(platform, own);
    for (let n = 0; n < 5; n += 1)
      await makeContact(platform, { workspaceId: own.workspaceId, intent: { value: 50, band: 'high', reasons: [] } });
    const seen: string[] = [];
    for (let path: string | null = '/v1/contacts?limit=2'; path !== null; ) {
      const answer = await app.callWith(key, path);
      seen.push(...pageShape.parse(answer.json).items.map(({ id }) => id));
      await makeContact(platform, { workspaceId: own.workspaceId, intent: { value: 90, band: 'high', reasons: [] } });
      const next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('Link') ?? '')?.[1];
      path = next === undefined ? null : next.replace(platform.config.publicUrl, '');
    }
    assert.deepEqual([seen.length, new Set(seen).size], [5, 5]);
  });

  it('refuses bad limits, filters, and parameters that it does not know, and names them', async () => {
    for (const [path, field] of [
      ['/v1/contacts?limit=0', 'limit'],
      ['/v1/contacts?limit=101', 'limit'],
      ['/v1/contacts?limit=ten', 'limit'],
      ['/v1/contacts?sort=name', 'sort'],
      ['/v1/contacts?limt=10', '(body)'],
      ['/v1/contacts?limit=1&limit=2', 'limit'],
      ['/v1/contacts?minScore=101', 'minScore'],
      ['/v1/sessions?mode=secret', 'mode'],
      ['/v1/sessions?from=yesterday', 'from'],
      ['/v1/events?to=1', 'to'],
      ['/v1/exports/contacts?format=xml', 'format'],
      ['/v1/dead-letters?replayed=maybe', 'replayed'],
    ] as const) {
      const answer = await ask(path);
      const { fields } = z.object({ fields: z.record(z.string(), z.string()) }).parse(answer.json);
      assert.deepEqual([answer.status, Object.keys(fields)], [400, [field]], path);
    }
    assert.match((await ask('/v1/contacts?limt=10')).text, /limt/);
    assert.equal(codeOf(await ask('/v1/contacts?cursor=nonsense')), 'cursor-invalid');
  });

  it('names each request, in refusals too, and lets no foreign page read an answer', async () => {
    const answer = await ask('/v1/contacts/nothing', { headers: { Origin: 'https://evil.example' } });
    const id = answer.headers.get('X-Request-Id');
    assert.match(id ?? '', /^req_/);
    assert.equal(z.object({ requestId: z.string() }).parse(answer.json).requestId, id);
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), null);
    assert.equal(answer.headers.get('Cache-Control'), 'no-store');
  });

  it('tells what is left of the minute', async () => {
    const { headers } = await ask('/v1/workspace');
    assert.equal(headers.get('RateLimit-Policy'), '"key";q=600;w=60');
    assert.match(headers.get('RateLimit') ?? '', /^"key";r=\d+;t=\d+$/);
  });

  it('reads and renames the workspace, and lists its members without a secret', async () => {
    assert.equal(workspace.parse((await ask('/v1/workspace', { method: 'PATCH', body: { name: 'New name' } })).json).name, 'New name');
    assert.equal(workspace.parse((await ask('/v1/workspace')).json).name, 'New name');
    assert.equal((await ask('/v1/workspace', { method: 'PATCH', body: { name: ' ' } })).status, 400);
    assert.deepEqual(
      memberList.parse((await ask('/v1/members')).json).items.map(({ id, role }) => [id, role]),
      [[owner._id, 'owner']],
    );
  });

  it('makes and changes contacts in batches, once however often it is sent', async () => {
    const contacts = [
      { email: 'Grace@Hopper.example', name: 'Grace' },
      { externalId: 'u-17', company: 'Navy' },
      { email: 'grace@hopper.example', externalId: 'u-18', company: 'Navy' },
    ];
    const send = async () => contactUpserted.parse((await post('/v1/contacts/upsert', { contacts })).json).items;
    const first = await send();
    assert.deepEqual(
      first.map(({ outcome }) => outcome),
      ['created', 'created', 'updated'],
    );
    assert.equal(first[0]?.id, first[2]?.id);
    assert.deepEqual(
      (await send()).map(({ outcome }) => outcome),
      ['unchanged', 'unchanged', 'unchanged'],
    );
    const found = contactList.parse((await ask('/v1/contacts?externalId=u-18')).json).items;
    assert.deepEqual(
      found.map(({ id, email, company }) => [id, email, company]),
      [[first[0]?.id, 'grace@hopper.example', 'Navy']],
    );
    for (const bad of [[{}], [{ email: 'no address' }], [{ name: 'Nobody' }], []]) {
      assert.equal((await post('/v1/contacts/upsert', { contacts: bad })).status, 400, JSON.stringify(bad));
    }
    const together = await Promise.all(
      Array.from({ length: 4 }, () => post('/v1/contacts/upsert', { contacts: [{ email: 'once@x.example' }] })),
    );
    assert.deepEqual(new Set(together.map(({ status }) => status)), new Set([200]));
    assert.equal(await Contact.countDocuments({ workspaceId: owner.workspaceId, email: 'once@x.example' }), 1);
  });

  it('changes one contact, and refuses what another one has', async () => {
    const { _id, email } = await makeContact(platform, { workspaceId: owner.workspaceId });
    const other = await makeContact(platform, { workspaceId: owner.workspaceId });
    const change = (body: unknown) => ask(`/v1/contacts/${_id}`, { method: 'PATCH', body });
    const changed = contactDetail.parse((await change({ name: 'Ada L.', email: 'ADA@new.example' })).json);
    assert.deepEqual([changed.name, changed.email, changed.company], ['Ada L.', 'ada@new.example', 'Brightwater']);
    const taken = await change({ email: other.email });
    assert.deepEqual([taken.status, codeOf(taken)], [409, 'contact-exists']);
    assert.equal((await change({ email: null })).status, 400);
    assert.notEqual(email, changed.email);
  });

  it('filters sessions by site, contact, mode, time and score', async () => {
    const own = await makeOwner(platform);
    const { workspaceId } = own;
    const key = await makeKey(platform, own);
    const hot = await makeContact(platform, { workspaceId, intent: { value: 80, band: 'high', reasons: [] } });
    const cold = await makeContact(platform, { workspaceId });
    const site = await findSite(workspaceId);
    const at = (hour: number) => new Date(`2026-11-01T${String(hour).padStart(2, '0')}:00:00Z`);
    const ofHot = await makeSession(platform, { workspaceId, contactId: hot._id, startedAt: at(10) });
    const ofCold = await makeSession(platform, { workspaceId, contactId: cold._id, startedAt: at(11) });
    const ofNobody = await makeSession(platform, { workspaceId, contactId: null, startedAt: at(12) });
    const found = async (query: string) => {
      const { items } = sessionList.parse((await app.callWith(key, `/v1/sessions?${query}`)).json);
      return items.map(({ id }) => id);
    };
    const all = [ofNobody._id, ofCold._id, ofHot._id];
    assert.deepEqual(await found(`site=${site._id}`), all);
    assert.deepEqual(await found('site=other'), []);
    assert.deepEqual(await found(`contact=${cold._id}`), [ofCold._id]);
    assert.deepEqual(await found('mode=anonymous'), [ofNobody._id]);
    assert.deepEqual(await found('minScore=50'), [ofHot._id]);
    assert.deepEqual(await found('from=2026-11-01T11:00:00Z&to=2026-11-01T12:00:00Z'), [ofCold._id]);
    assert.deepEqual(await found('from=2026-11-01T12:00:00%2B01:00&limit=2'), all.slice(0, 2));
  });

  it('reads raw events of a session and of everybody, page by page', async () => {
    const own = await makeOwner(platform);
    const { workspaceId } = own;
    const key = await makeKey(platform, own);
    const sessions: string[] = [];
    for (const hour of [9, 10, 11]) {
      const startedAt = new Date(platform.clock.now().getTime() - hour * 3_600_000);
      const { _id: sessionId } = await makeSession(platform, { workspaceId, startedAt });
      sessions.unshift(sessionId);
      const event = (n: number) => {
        const moment = new Date(startedAt.getTime() + n * 1000);
        return { eid: `${sessionId} ${n}`, type: 'page_view' as const, at: moment, pageId: 'p', url: '/', props: { title: `Page ${n}` } };
      };
      await storeEvents({ workspaceId, sessionId }, { events: [event(1), event(2), event(3)], receivedAt: startedAt });
    }
    const read = async (path: string) => {
      const rows: string[] = [];
      for (let cursor = ''; ; ) {
        const { items, next } = eventList.parse((await app.callWith(key, `${path}?limit=2${cursor}`)).json);
        rows.push(...items.map(({ sessionId, props }) => `${sessions.indexOf(sessionId)} ${String(props.title)}`));
        if (next === null) return rows;
        cursor = `&cursor=${next}`;
      }
    };
    assert.deepEqual(await read(`/v1/sessions/${sessions[0]}/events`), ['0 Page 1', '0 Page 2', '0 Page 3']);
    assert.deepEqual(
      await read('/v1/events'),
      [0, 1, 2].flatMap((session) => [1, 2, 3].map((n) => `${session} Page ${n}`)),
    );
  });

  it('says whether a link works, and revokes it', async () => {
    const contact = await makeContact(platform, { workspaceId: owner.workspaceId });
    const link = await createTrackedLink(platform, { contact, url: 'https://www.example.com/', createdBy: owner._id });
    const check = async (url: string) => linkCheck.parse((await post('/v1/links/check', { url })).json);
    const good = `https://www.example.com/pricing?ll=${link.token}`;
    assert.deepEqual(await check(good).then(({ code, contactId, linkId }) => [code, contactId, linkId]), ['works', contact._id, link._id]);
    assert.equal((await check(`https://www.example.com/?ll=${contact.linkToken}`)).code, 'works');
    assert.equal((await check('https://www.example.com/')).code, 'no-token');
    assert.equal((await check('https://www.example.com/?ll=abcdefghijklmnop')).code, 'token-unknown');
    assert.equal((await check(`https://elsewhere.example/?ll=${link.token}`)).code, 'foreign-site');
    assert.equal((await post('/v1/links/check', { url: 'javascript:alert(1)' })).status, 400);
    for (const _time of [1, 2]) assert.equal((await ask(`/v1/links/${link._id}`, { method: 'DELETE' })).status, 204);
    assert.equal((await check(good)).code, 'revoked');
  });

  it('deletes a recording once the visit is over', async () => {
    const { workspaceId } = owner;
    const session = await makeSession(platform, { workspaceId, hasRecording: true });
    const path = `/v1/sessions/${session._id}/recording`;
    assert.deepEqual(codeOf(await ask(path, { method: 'DELETE' })), 'session-live');
    platform.clock.advance(600_000);
    assert.equal((await ask(`${path}/content`)).status, 200);
    assert.equal((await ask(path, { method: 'DELETE' })).status, 204);
    assert.equal(await RecordingChunk.countDocuments({ workspaceId, sessionId: session._id }), 0);
    assert.deepEqual([(await ask(path)).status, (await ask(`${path}/content`)).status], [404, 404]);
  });
});
