import assert from 'node:assert/strict';
import type { IngestEnvelope } from '#contract/events.ts';
import { deliveryList } from '#contract/integrations.ts';
import type { ContactDocument } from '../contacts/contact.ts';
import { connectTo, recordAt } from '../testing/connect-to.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { cutsTheLine, type FakeChat, type FakeCrm, fakeChat, fakeCrm } from '../testing/fake-connectors.ts';
import { type Browser, newBrowser, pageView, sentBatch } from '../testing/sent-batch.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import type { SiteDocument } from '../workspaces/site.ts';

describe('One visit, from the browser to the CRM and the chat', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let crm: FakeCrm;
  let chat: FakeChat;
  let owner: MemberDocument;
  let site: SiteDocument;
  let contact: ContactDocument;
  let browser: Browser;

  beforeEach(async () => {
    crm = fakeCrm();
    chat = fakeChat();
    platform = await testPlatform({ connectors: [crm.connector, chat.connector] });
    app = await testApp(platform);
    owner = await makeOwner(platform);
    const { workspaceId } = owner;
    site = await findSite(workspaceId);
    const atCrm = await connectTo(platform, crm, { workspaceId });
    await connectTo(platform, chat, { workspaceId });
    contact = await makeContact(platform, { workspaceId, crm: [recordAt(atCrm, 'r1')] });
    browser = newBrowser();
  });
  afterEach(() => app.close());

  const send = async (fields: Partial<IngestEnvelope> = {}) => {
    const body = JSON.stringify(sentBatch(platform, browser, { identity: { token: contact.linkToken }, ...fields }));
    const headers = { Origin: 'https://www.example.com', 'Content-Type': 'text/plain' };
    const answer = await app.call(`/v1/ingest?key=${site.siteKey}`, { method: 'POST', body, headers });
    assert.equal(answer.status, 202);
  };
  const look = (path: string, title: string) => pageView(platform, { url: `https://www.example.com${path}`, props: { title } });
  const pass = async (ms: number) => {
    platform.clock.advance(ms);
    await app.work();
  };
  const theMessage = () => {
    assert.equal(chat.messages.size, 1);
    return [...chat.messages.values()][0];
  };
  const theEntry = () => {
    assert.equal(crm.entries.size, 1);
    return [...crm.entries.values()][0];
  };

  it('is one state, one entry and one message, kept up to date, and finished', async () => {
    await send({ events: [look('/pricing', 'Pricing')] });
    await pass(200);
    assert.ok((crm.states.get('r1')?.score ?? 0) > 0);
    assert.equal(theEntry()?.endedAt, null);
    assert.equal(theMessage()?.alert.signal, 'visited the site for the first time');
    assert.equal(theMessage()?.alert.live, true);
    const firstScore = crm.states.get('r1')?.score ?? 0;

    platform.clock.advance(30_000);
    const demo = look('/demo', 'Demo');
    await send({ events: [demo, pageView(platform, { type: 'demo_request', pageId: demo.pageId, url: demo.url, props: {} })] });
    await pass(200);
    assert.ok((crm.states.get('r1')?.score ?? 0) > firstScore);
    assert.equal(theMessage()?.edits, 1);
    assert.equal(theMessage()?.alert.signal, 'asked for a demo');
    assert.deepEqual(
      theMessage()?.alert.pages.map(({ path }) => path),
      ['/pricing', '/demo'],
    );
    assert.equal(theEntry()?.pages.length, 1, 'the timeline is not a page counter');

    await pass(120_000);
    assert.equal(theMessage()?.alert.live, false, 'a visitor who falls silent is not live');
    assert.equal(theMessage()?.edits, 2);

    await pass(31 * 60_000);
    assert.notEqual(theEntry()?.endedAt, null);
    assert.equal(theEntry()?.pages.length, 2);
    assert.equal(theMessage()?.alert.live, false);
    assert.equal(theMessage()?.alert.insight?.madeBy, 'rules');
    assert.equal(theMessage()?.edits, 3);
    assert.equal(await app.work(), 0);

    const calls = crm.calls.length + chat.calls.length;
    await pass(24 * 3_600_000);
    assert.equal(crm.calls.length + chat.calls.length, calls, 'and then it is quiet');
  });

  it('is told in the sync log, newest first', async () => {
    await send();
    await pass(200);
    const { items } = deliveryList.parse((await app.callAs(owner, '/v1/deliveries')).json);
    assert.deepEqual(items.map(({ text, outcome }) => `${outcome}: ${text}`).toSorted(), [
      "done: Added Ada Park's visit on the Fake CRM timeline",
      'done: Announced Ada Park in Fake Chat (#sales)',
      `done: Updated Ada Park in Fake CRM: score ${crm.states.get('r1')?.score} (low)`,
    ]);
    assert.ok(items.every(({ contactId }) => contactId === contact._id));
  });

  it('is one entry and one message even when every line is cut the first time', async () => {
    crm.faults.push(cutsTheLine(), cutsTheLine());
    chat.faults.push(cutsTheLine());
    await send();
    await pass(200);
    await pass(2000);
    await pass(8000);
    theEntry();
    theMessage();
    assert.equal(crm.states.size, 1);
    assert.equal(await app.work(), 0);
  });

  it('reaches nobody while only a scanner opened the link', async () => {
    await send({ evidence: undefined });
    await pass(200);
    await pass(31 * 60_000);
    assert.deepEqual([crm.calls, chat.calls], [[], []]);
  });

  it('is announced as soon as the visitor proves to be a person', async () => {
    await send({ evidence: undefined });
    await pass(200);
    await send({ evidence: 'scroll', events: [] });
    await pass(200);
    theEntry();
    theMessage();
  });
});
