import assert from 'node:assert/strict';
import { Session } from '../sessions/session.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { type Browser, newBrowser } from '../testing/sent-batch.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { type SiteVisits, visitSite } from '../testing/visit-site.ts';
import { Site } from '../workspaces/site.ts';
import { Contact, type ContactDocument } from './contact.ts';
import { Visitor } from './visitor.ts';

describe('A visitor who takes the consent back', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let ada: ContactDocument;
  let visits: SiteVisits;
  let workspaceId: string;
  let browser: Browser;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    ({ workspaceId } = await makeOwner(platform));
    ada = await makeContact(platform, { workspaceId });
    visits = visitSite(platform, app, await findSite(workspaceId));
    browser = newBrowser();
    await visits.send(browser, { identity: { token: ada.linkToken } });
    await visits.settle();
  });
  afterEach(() => app.close());

  const withdraw = () => visits.send(browser, { withdrawn: true, events: [] });
  const sessions = () => Session.find({ workspaceId }).sort({ startedAt: 1, _id: 1 }).lean();
  const visitor = () => Visitor.findOne({ workspaceId }).lean();

  it('ends the visit, is bound to nobody, and leaves no id', async () => {
    const [open] = await sessions();
    assert.equal((await withdraw()).known, false);
    const [session] = await sessions();
    assert.deepEqual([session?.endedAt, session?.withdrawnAt], [open?.lastEventAt, platform.clock.now()]);
    const { vid, contactId, boundBy } = (await visitor()) ?? {};
    assert.deepEqual([vid, contactId, boundBy], [null, null, null]);
    assert.ok(!JSON.stringify(await Visitor.find({ workspaceId }).lean()).includes(browser.vid));
    assert.equal((await Contact.findOne({ workspaceId, _id: ada._id }).orFail().lean()).linkVisitorId, null);
  });

  it('says it as often as they like', async () => {
    await withdraw();
    const before = [await sessions(), await visitor()];
    platform.clock.advance(1000);
    await withdraw();
    assert.deepEqual([await sessions(), await visitor()], before);
  });

  it('is a new, unknown one afterwards', async () => {
    await withdraw();
    const before = await sessions();
    assert.equal((await visits.send(browser)).known, false);
    assert.deepEqual(await sessions(), before);
    assert.equal((await visits.send(browser, { identity: { token: ada.linkToken } })).known, true);
    const after = await sessions();
    assert.equal(after.length, 2);
    assert.deepEqual(after.map(({ withdrawnAt }) => withdrawnAt !== null).toSorted(), [false, true]);
    assert.equal((await visitor())?.vid, browser.vid);
  });

  it('is a new one where anonymous visitors are recorded as well, and may say it again', async () => {
    await Site.updateOne({ workspaceId }, { $set: { 'config.modes.anonymousVisitors': true } });
    await app.close();
    app = await testApp(platform);
    visits = visitSite(platform, app, await findSite(workspaceId));
    await withdraw();
    await visits.send(browser);
    assert.deepEqual((await sessions()).map(({ mode, withdrawnAt }) => [mode, withdrawnAt !== null]).toSorted(), [
      ['anonymous', false],
      ['contact', true],
    ]);
    await withdraw();
    await visits.settle();
    assert.ok((await sessions()).every(({ withdrawnAt, endedAt }) => withdrawnAt !== null && endedAt !== null));
    assert.equal((await sessions()).find(({ mode }) => mode === 'anonymous')?.contactId, null);
  });

  it('is not opened again by a batch that was on its way', async () => {
    const [, ...answers] = await Promise.all([withdraw(), visits.send(browser), visits.send(browser)]);
    assert.equal(answers.length, 2);
    await visits.settle();
    for (const { endedAt, withdrawnAt } of await sessions()) assert.ok(endedAt !== null && withdrawnAt !== null);
    assert.equal((await visitor())?.contactId, null);
  });

  it('of whom nothing was kept leaves nothing', async () => {
    const before = await Visitor.countDocuments({ workspaceId });
    await visits.send(newBrowser(), { withdrawn: true, events: [] });
    assert.equal(await Visitor.countDocuments({ workspaceId }), before);
  });
});
