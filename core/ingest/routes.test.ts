import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ContactDocument } from '../contacts/contact.ts';
import { Contact } from '../contacts/contact.ts';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { Visitor } from '../contacts/visitor.ts';
import { EventBucket } from '../sessions/event-bucket.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { Session } from '../sessions/session.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { countEvents, rawEvents } from '../testing/raw-events.ts';
import { newBrowser, pageView, sentBatch, sentChunk } from '../testing/sent-batch.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { Site } from '../workspaces/site.ts';
import { DeadLetter } from './dead-letter.ts';

const origin = 'https://www.example.com';

describe('POST /v1/ingest', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let site: SiteDocument;
  let contact: ContactDocument;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    const owner = await makeOwner(platform);
    site = await findSite(owner.workspaceId);
    contact = await makeContact(platform, { workspaceId: owner.workspaceId });
  });
  afterEach(() => app.close());

  const post = (body: unknown, { key = site.siteKey, headers = {} }: { key?: string; headers?: Record<string, string> } = {}) =>
    app.call(`/v1/ingest?key=${key}`, {
      method: 'POST',
      body: body instanceof Uint8Array ? body : JSON.stringify(body),
      headers: { Origin: origin, 'Content-Type': 'text/plain', ...headers },
    });
  const known = (fields = {}) => sentBatch(platform, newBrowser(), { identity: { token: contact.linkToken }, ...fields });

  it('takes the first batch of a visitor who came by a tracked link', async () => {
    const answer = await post(known());
    assert.equal(answer.status, 202);
    assert.deepEqual(answer.json, { known: true, record: true, accepted: 1, refused: [] });
    const [session] = await Session.find({ workspaceId: site.workspaceId }).lean();
    assert.equal(session?.contactId, contact._id);
    assert.equal(await countEvents(site.workspaceId), 1);
  });

  it('keeps nothing at all of a visitor nobody knows', async () => {
    const answer = await post(sentBatch(platform, newBrowser()));
    assert.deepEqual(answer.json, { known: false, record: false, accepted: 0, refused: [] });
    assert.equal(await Visitor.countDocuments({}).setOptions(acrossWorkspaces), 0);
    assert.equal(await Session.countDocuments({}).setOptions(acrossWorkspaces), 0);
    assert.equal(await EventBucket.countDocuments({}).setOptions(acrossWorkspaces), 0);
  });

  it('keeps nothing of a visitor with a token of another workspace', async () => {
    const stranger = await makeContact(platform);
    const answer = await post(sentBatch(platform, newBrowser(), { identity: { token: stranger.linkToken } }));
    assert.equal(answer.status, 202);
    assert.equal(await Visitor.countDocuments({}).setOptions(acrossWorkspaces), 0);
  });

  it('knows the browser again without the link', async () => {
    const browser = newBrowser();
    await post(sentBatch(platform, browser, { identity: { token: contact.linkToken } }));
    const answer = await post(sentBatch(platform, browser));
    assert.deepEqual(answer.json, { known: true, record: true, accepted: 1, refused: [] });
    assert.equal(await Session.countDocuments({ workspaceId: site.workspaceId }), 1);
    assert.equal(await countEvents(site.workspaceId), 2);
  });

  it('counts a batch that is sent again only once', async () => {
    const batch = known({ chunks: [sentChunk(platform, 0)] });
    for (let time = 0; time < 3; time += 1) assert.equal((await post(batch)).status, 202);
    assert.equal(await countEvents(site.workspaceId), 1);
    assert.equal(await RecordingChunk.countDocuments({ workspaceId: site.workspaceId }), 1);
  });

  it('makes a contact for a person whom the site itself names', async () => {
    const batch = sentBatch(platform, newBrowser(), { identity: { email: 'New.Person@example.com', traits: { name: 'New Person' } } });
    await Promise.all([post(batch), post({ ...batch, vid: randomUUID() })]);
    const found = await Contact.find({ workspaceId: site.workspaceId, email: 'new.person@example.com' }).lean();
    assert.equal(found.length, 1);
    assert.equal(found[0]?.name, 'New Person');
  });

  it('counts the sessions of a tracked link', async () => {
    await TrackedLink.create([
      {
        _id: 'link_1',
        workspaceId: site.workspaceId,
        contactId: contact._id,
        token: 'tracked-link-token-1',
        url: origin,
        createdAt: platform.clock.now(),
        createdBy: 'mem_1',
        sessionIds: [],
      },
    ]);
    await post(sentBatch(platform, newBrowser(), { identity: { token: 'tracked-link-token-1' } }));
    const link = await TrackedLink.findOne({ workspaceId: site.workspaceId, _id: 'link_1' }).lean();
    assert.equal(link?.sessionIds.length, 1);
    assert.deepEqual(link?.lastClickedAt, platform.clock.now());
  });

  it('sets a bad event aside with its reason and keeps its neighbours', async () => {
    const bad = pageView(platform, { type: 'page_view', props: { title: 7 } });
    const answer = await post(known({ events: [pageView(platform), bad, { eid: 'x' }, pageView(platform, { type: 'no_such_event' })] }));
    assert.equal(answer.status, 202);
    const letters = await DeadLetter.find({ workspaceId: site.workspaceId }).lean();
    assert.equal(await countEvents(site.workspaceId), 1);
    assert.equal(letters.length, 3);
    assert.ok(letters.some((letter) => letter.eid === bad.eid && letter.reason.startsWith('props.title')));
  });

  it('scrubs what a forged client sends', async () => {
    const event = pageView(platform, {
      url: 'https://www.example.com/pricing?email=ada@secret.example&utm_source=x',
      props: { title: 'Hello ada@secret.example' },
    });
    await post(known({ events: [event], chunks: [sentChunk(platform, 0, 'Write to ada@secret.example')] }));
    const [stored] = await rawEvents(site.workspaceId);
    assert.ok(!JSON.stringify(stored).includes('secret.example'));
    assert.ok(stored?.url.includes('utm_source=x'));
  });

  it('reads a compressed body, and stops at a bomb', async () => {
    assert.equal((await post(gzipSync(JSON.stringify(known())), { headers: { 'Content-Encoding': 'gzip' } })).status, 202);
    const bomb = await post(gzipSync(Buffer.alloc(64 * 1024 * 1024)), { headers: { 'Content-Encoding': 'gzip' } });
    assert.equal(bomb.status, 413);
    assert.match(bomb.text, /body-too-large/);
  });

  it('corrects a browser clock that is hours off', async () => {
    const wrong = platform.clock.now().getTime() - 3 * 3_600_000;
    await post(known({ sentAt: wrong, events: [pageView(platform, { at: wrong - 1000 })] }));
    const [stored] = await rawEvents(site.workspaceId);
    assert.equal(stored?.at.getTime(), platform.clock.now().getTime() - 1000);
  });

  it('refuses an unknown site key, a foreign origin and a body that is no batch, each with what to do', async () => {
    const unknown = await post(known(), { key: 'pk_unknown' });
    assert.equal(unknown.status, 404);
    assert.match(unknown.text, /site-key-unknown/);
    const foreign = await post(known(), { headers: { Origin: 'https://evil.example' } });
    assert.equal(foreign.status, 403);
    assert.match(foreign.text, /origin-not-allowed/);
    for (const body of [{}, { v: 1 }, []]) {
      const bad = await post(body);
      assert.equal(bad.status, 400);
      assert.match(bad.headers.get('Content-Type') ?? '', /problem\+json/);
    }
  });

  it('stores nothing for a named bot', async () => {
    const answer = await post(known(), {
      headers: { 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
    });
    assert.deepEqual(answer.json, { known: false, record: false, accepted: 0, refused: [] });
    assert.equal(await Session.countDocuments({ workspaceId: site.workspaceId }), 0);
  });

  it('keeps no address of the caller, neither stored nor logged', async () => {
    await post(known(), { headers: { 'X-Forwarded-For': '203.0.113.77' } });
    await post({}, { headers: { 'X-Forwarded-For': '203.0.113.77' } });
    const db = platform.store.connection.db;
    for (const { name } of (await db?.listCollections().toArray()) ?? []) {
      assert.ok(!JSON.stringify(await db?.collection(name).find().toArray()).includes('203.0.113.77'), name);
    }
    assert.ok(!JSON.stringify(platform.log.lines).includes('203.0.113.77'));
  });
});

describe('GET /v1/sites/:siteKey/config', () => {
  it('tells the snippet what may be collected, and notes once that it is installed', async () => {
    const platform = await testPlatform();
    const app = await testApp(platform);
    const { workspaceId } = await makeOwner(platform);
    const site = await findSite(workspaceId);
    const answer = await app.call(`/v1/sites/${site.siteKey}/config`, { headers: { Origin: origin } });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json, site.config);
    assert.equal(answer.headers.get('Cache-Control'), 'public, max-age=300');
    assert.deepEqual((await Site.findOne({ workspaceId }).lean())?.snippetSeenAt, platform.clock.now());
    await app.close();
  });
});
