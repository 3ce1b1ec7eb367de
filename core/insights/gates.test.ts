import assert from 'node:assert/strict';
import { Alert } from '../connections/alert.ts';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { createTrackedLink } from '../contacts/create-tracked-link.ts';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { Visitor, visitorIdOf } from '../contacts/visitor.ts';
import { Session } from '../sessions/session.ts';
import { connectTo, recordAt } from '../testing/connect-to.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { type FakeChat, type FakeCrm, fakeChat, fakeCrm } from '../testing/fake-connectors.ts';
import { type Browser, newBrowser, pageView } from '../testing/sent-batch.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { headless, type SiteVisits, visitSite } from '../testing/visit-site.ts';
import type { SiteDocument } from '../workspaces/site.ts';

describe('A visit through a link', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let crm: FakeCrm;
  let chat: FakeChat;
  let site: SiteDocument;
  let ada: ContactDocument;
  let visits: SiteVisits;
  let workspaceId: string;

  beforeEach(async () => {
    crm = fakeCrm();
    chat = fakeChat();
    platform = await testPlatform({ connectors: [crm.connector, chat.connector] });
    app = await testApp(platform);
    ({ workspaceId } = await makeOwner(platform));
    site = await findSite(workspaceId);
    const atCrm = await connectTo(platform, crm, { workspaceId });
    await connectTo(platform, chat, { workspaceId });
    ada = await makeContact(platform, { workspaceId, crm: [recordAt(atCrm, 'r1')] });
    visits = visitSite(platform, app, site);
  });
  afterEach(() => app.close());

  const opens = (browser: Browser, fields: Parameters<SiteVisits['send']>[1] = {}, campaign = 'autumn') =>
    visits.send(browser, {
      identity: { token: ada.linkToken },
      events: [pageView(platform, { url: `https://www.example.com/pricing?utm_campaign=${campaign}` })],
      ...fields,
    });
  const another = (browser: Browser) => ({ ...newBrowser(), vid: browser.vid });
  const score = async (contact = ada) => (await Contact.findOne({ workspaceId, _id: contact._id }).orFail().lean()).intent.value;
  const visitorOf = ({ vid }: Browser) => Visitor.findOne({ workspaceId, _id: visitorIdOf(site, vid) }).lean();
  const sessionsOf = ({ vid }: Browser) =>
    Session.find({ workspaceId, visitorId: visitorIdOf(site, vid) })
      .sort({ startedAt: 1 })
      .lean();
  const heldOf = async (browser: Browser) => (await sessionsOf(browser)).map(({ heldFor }) => heldFor);
  const alerts = () => Alert.countDocuments({ workspaceId });

  describe('by a mail scanner', () => {
    it('that fetches the page ahead is no session at all', async () => {
      const body = JSON.stringify({ v: 1 });
      const headers = { Origin: 'https://www.example.com', 'Sec-Purpose': 'prefetch;prerender' };
      const answer = await app.call(`/v1/ingest?key=${site.siteKey}`, { method: 'POST', body, headers });
      assert.equal(answer.status, 503);
      assert.ok(answer.headers.get('Retry-After'));
      assert.equal(await Session.countDocuments({ workspaceId }), 0);
    });

    it('scores and alerts nothing, however long it stays, and is kept with its reason for good', async () => {
      const scanner = newBrowser();
      await opens(scanner, { evidence: null, userAgent: headless });
      await visits.send(scanner, { evidence: 'dwell', userAgent: headless });
      await visits.settle();
      platform.clock.advance(3_600_000);
      await visits.settle();
      assert.deepEqual(await heldOf(scanner), ['automated']);
      assert.notEqual((await sessionsOf(scanner))[0]?.endedAt, null);
      assert.deepEqual([await score(), await alerts(), crm.entries.size, chat.messages.size], [0, 0, 0, 0]);
      assert.equal((await visitorOf(scanner))?.standing, 'open');
    });

    it('is told by the browser’s own word as well, and waits for a person where nothing is said', async () => {
      const [driven, silent, patient] = [newBrowser(), newBrowser(), newBrowser()];
      await opens(driven, { evidence: 'dwell', context: { automated: true } });
      await opens(silent, { evidence: null });
      await visits.settle();
      assert.deepEqual([await heldOf(driven), await heldOf(silent), await score()], [['automated'], ['no-person'], 0]);
      await opens(patient, { evidence: 'dwell' });
      await visits.settle();
      assert.deepEqual(await heldOf(patient), [null]);
      assert.ok((await score()) > 0);
    });

    it('counts once somebody moves in that browser, whatever drives it', async () => {
      const browser = newBrowser();
      await opens(browser, { evidence: null, userAgent: headless });
      await visits.settle();
      await visits.send(browser, { evidence: 'pointer', userAgent: headless, events: [] });
      await visits.settle();
      assert.deepEqual(await heldOf(browser), [null]);
      assert.deepEqual([(await score()) > 0, await alerts()], [true, 1]);
    });

    it('does not take the link from the person who comes after it', async () => {
      const [scanner, person] = [newBrowser(), newBrowser()];
      await opens(scanner, { evidence: null });
      await visits.settle();
      await opens(person);
      await visits.settle();
      assert.equal((await visitorOf(person))?.standing, 'bound');
      assert.deepEqual([await heldOf(scanner), await heldOf(person)], [['no-person'], [null]]);
      assert.equal((await Contact.findOne({ workspaceId, _id: ada._id }).orFail().lean()).linkVisitorId, visitorIdOf(site, person.vid));
    });
  });

  describe('in a second browser', () => {
    let first: Browser;
    let second: Browser;
    let before: number;

    beforeEach(async () => {
      [first, second] = [newBrowser(), newBrowser()];
      await opens(first);
      await visits.settle();
      before = await score();
      await opens(second);
      await visits.settle();
    });

    const counts = async () => {
      await visits.settle();
      return (await heldOf(second)).every((heldFor) => heldFor === null);
    };

    it('is kept apart as possibly forwarded, raises no score and alerts nobody', async () => {
      assert.deepEqual([(await visitorOf(first))?.standing, (await visitorOf(second))?.standing], ['bound', 'forwarded']);
      assert.deepEqual([await heldOf(first), await heldOf(second)], [[null], ['forwarded']]);
      assert.deepEqual([await score(), await alerts()], [before, 1]);
      await visits.send(another(second), { events: [pageView(platform)] });
      await visits.settle();
      assert.deepEqual([await heldOf(second), await score()], [['forwarded', 'forwarded'], before]);
    });

    it('stays so when the same link of the same campaign is opened again', async () => {
      await opens(another(second));
      assert.equal(await counts(), false);
    });

    it('counts with those before once identify names the same contact', async () => {
      await visits.send(another(second), { identity: { email: ada.email ?? '' } });
      assert.equal(await counts(), true);
      assert.equal((await sessionsOf(second)).length, 2);
      assert.ok((await score()) > before);
    });

    it('is somebody else’s once identify says so', async () => {
      await visits.send(second, { identity: { email: 'bob@elsewhere.example' } });
      await visits.settle();
      const bob = await Contact.findOne({ workspaceId, email: 'bob@elsewhere.example' }).orFail().lean();
      const sessions = await sessionsOf(second);
      assert.deepEqual(
        sessions.map(({ contactId, heldFor }) => [contactId, heldFor]),
        [[bob._id, null]],
      );
      assert.deepEqual([await score(), (await score(bob)) > 0], [before, true]);
    });

    it('counts once it opens the link of another campaign', async () => {
      await opens(another(second), {}, 'winter');
      assert.equal(await counts(), true);
    });

    it('counts once it opens a tracked link of the contact, though that is bound elsewhere too', async () => {
      const link = await createTrackedLink(platform, { contact: ada, url: 'https://www.example.com/', createdBy: 'mem_1' });
      await visits.send(first, { identity: { token: link.token } });
      await visits.settle();
      assert.equal((await TrackedLink.findOne({ workspaceId }).orFail().lean()).visitorId, visitorIdOf(site, first.vid));
      await visits.send(another(second), { identity: { token: link.token } });
      assert.equal(await counts(), true);
    });

    it('is the first again where the token was changed since', async () => {
      const linkToken = 'a-new-token-of-ada';
      await Contact.updateOne({ workspaceId, _id: ada._id }, { $set: { linkToken } });
      const third = newBrowser();
      await visits.send(third, { identity: { token: linkToken } });
      await visits.settle();
      assert.deepEqual([(await visitorOf(third))?.standing, await heldOf(third)], ['bound', [null]]);
    });

    it('waits for a person like every other', async () => {
      const scanner = newBrowser();
      await opens(scanner, { evidence: null });
      await visits.settle();
      assert.deepEqual([await heldOf(scanner), (await visitorOf(scanner))?.standing], [['no-person'], 'open']);
    });
  });

  it('by two browsers at the same moment is bound to one of them alone', async () => {
    const browsers = Array.from({ length: 5 }, newBrowser);
    await Promise.all(browsers.map((browser) => opens(browser)));
    platform.clock.advance(1000);
    await Promise.all([app.work(), app.work(), app.work()]);
    await visits.settle();
    const standings = await Promise.all(browsers.map(async (browser) => (await visitorOf(browser))?.standing));
    assert.deepEqual(standings.toSorted(), ['bound', 'forwarded', 'forwarded', 'forwarded', 'forwarded']);
    assert.equal(await alerts(), 1);
  });

  it('counts in whatever order the link and the proof of a person arrive', async () => {
    const browser = newBrowser();
    await opens(browser, { evidence: null });
    await visits.send(browser, { evidence: 'key', events: [] });
    const other = newBrowser();
    await opens(other, { evidence: null, identity: { token: (await makeContact(platform, { workspaceId })).linkToken } });
    await visits.settle();
    await visits.send(other, { evidence: 'scroll', events: [] });
    await visits.settle();
    assert.deepEqual([await heldOf(browser), await heldOf(other)], [[null], [null]]);
  });

  it('says where it came from where nothing else does: the mail, or the campaign of the link', async () => {
    const link = await createTrackedLink(platform, { contact: ada, url: 'https://www.example.com/', createdBy: 'mem_1' });
    const [byMail, byLink, bySearch] = [newBrowser(), newBrowser(), newBrowser()];
    await visits.send(byMail, { identity: { token: ada.linkToken }, context: { language: 'de' } });
    await visits.send(byLink, { identity: { token: link.token } });
    await visits.send(byLink, { context: { language: 'de' } });
    await visits.send(bySearch, { identity: { token: ada.linkToken }, context: { referrerHost: 'www.google.com' } });
    const channels = await Promise.all([byMail, byLink, bySearch].map(async (browser) => (await sessionsOf(browser))[0]?.channel));
    assert.deepEqual(channels, ['email', 'campaign', 'organic']);
  });
});
