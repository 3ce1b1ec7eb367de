import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SiteConfig } from '#contract/events.ts';
import { Alert } from '../connections/alert.ts';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { Visitor } from '../contacts/visitor.ts';
import { Job } from '../jobs/job.ts';
import { EventBucket } from '../sessions/event-bucket.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { Session } from '../sessions/session.ts';
import { connectTo } from '../testing/connect-to.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { findSite, makeContact, makeMember, makeOwner } from '../testing/factories.ts';
import { type FakeChat, fakeChat } from '../testing/fake-connectors.ts';
import { countEvents } from '../testing/raw-events.ts';
import { type Browser, newBrowser, pageView, sentChunk } from '../testing/sent-batch.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { type Sent, type SiteVisits, visitSite } from '../testing/visit-site.ts';
import { Site } from '../workspaces/site.ts';

describe('A visitor nobody knows', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let chat: FakeChat;
  let ada: ContactDocument;
  let visits: SiteVisits;
  let workspaceId: string;
  let browser: Browser;

  beforeEach(async () => {
    chat = fakeChat();
    platform = await testPlatform({ connectors: [chat.connector] });
    app = await testApp(platform);
    ({ workspaceId } = await makeOwner(platform));
    await connectTo(platform, chat, { workspaceId });
    ada = await makeContact(platform, { workspaceId, email: 'ada@brightwater.example' });
    browser = newBrowser();
  });
  afterEach(() => app.close());

  async function withModes(modes: Partial<SiteConfig['modes']>): Promise<void> {
    const site = await findSite(workspaceId);
    const config = { ...site.config, modes: { ...site.config.modes, ...modes } };
    await Site.updateOne({ workspaceId }, { $set: { config } });
    visits = visitSite(platform, app, site);
  }
  const later = (of: Browser) => ({ ...newBrowser(), vid: of.vid });
  const sessions = () => Session.find({ workspaceId }).sort({ startedAt: 1, _id: 1 }).lean();
  const modesOf = async () => (await sessions()).map(({ mode, contactId }) => [mode, contactId]);
  const known: Sent = { identity: { email: 'ada@brightwater.example' } };
  const score = async () => (await Contact.findOne({ workspaceId, _id: ada._id }).orFail().lean()).intent.value;

  it('leaves nothing where only known contacts are recorded', async () => {
    await withModes({});
    const before = await dumpDatabase(platform);
    assert.equal((await visits.send(browser, { chunks: [sentChunk(platform, 0)] })).known, false);
    assert.deepEqual(await dumpDatabase(platform), before);
  });

  describe('where anonymous visitors are recorded', () => {
    beforeEach(() => withModes({ anonymousVisitors: true }));

    it('has sessions, a recording and an insight, moves no score and alerts nobody', async () => {
      const answer = await visits.send(browser, { chunks: [sentChunk(platform, 0)] });
      assert.deepEqual([answer.known, answer.record], [true, true]);
      await visits.settle();
      const [session] = await sessions();
      assert.deepEqual([session?.mode, session?.contactId, session?.heldFor, session?.hasRecording], ['anonymous', null, null, true]);
      assert.equal(session?.summary?.pages.length, 1);
      assert.equal(session?.insight?.madeBy, 'rules');
      assert.deepEqual([(await Visitor.findOne({ workspaceId }).lean())?.contactId, await score()], [null, 0]);
      assert.deepEqual([await Alert.countDocuments({ workspaceId }), chat.messages.size], [0, 0]);
      assert.equal((await findSite(workspaceId)).firstVisitAt, null);
    });

    it('goes on in the same session when they become known, and is announced', async () => {
      await visits.send(browser);
      await visits.settle();
      await visits.send(browser, known);
      await visits.send(browser);
      await visits.settle();
      assert.deepEqual(await modesOf(), [['contact', ada._id]]);
      assert.equal((await sessions())[0]?.summary?.pages.length, 3);
      assert.deepEqual([(await score()) > 0, chat.messages.size], [true, 1]);
    });

    it('brings the visits of before along, which alert nobody', async () => {
      for (let day = 0; day < 2; day += 1) {
        await visits.send(later(browser), { events: [pageView(platform, { url: 'https://www.example.com/demo' })] });
        platform.clock.advance(24 * 3_600_000);
        await visits.settle();
      }
      const stranger = newBrowser();
      await visits.send(stranger);
      await visits.send(later(browser), known);
      await visits.settle();
      const joined = (await sessions()).filter(({ contactId }) => contactId === ada._id);
      assert.deepEqual(
        joined.map(({ mode, joinedAt }) => [mode, joinedAt !== null]),
        [
          ['contact', true],
          ['contact', true],
          ['contact', false],
        ],
      );
      const contact = await Contact.findOne({ workspaceId, _id: ada._id }).orFail().lean();
      assert.deepEqual([contact.sessions30d, chat.messages.size, (await sessions()).length], [3, 1, 4]);
      await visits.settle();
      assert.equal(chat.messages.size, 1);
    });

    it('does not bring them along by a link that may have been forwarded', async () => {
      await visits.send(newBrowser(), { identity: { token: ada.linkToken } });
      await visits.send(browser);
      await visits.settle();
      await visits.send(later(browser), { identity: { token: ada.linkToken } });
      await visits.settle();
      const byMode = (await sessions()).map(({ mode, heldFor }) => `${mode} ${heldFor}`).toSorted();
      assert.deepEqual(byMode, ['anonymous null', 'contact forwarded', 'contact null']);
    });

    it('gets a session per contact when the browser changes hands', async () => {
      await visits.send(browser);
      await visits.send(browser, known);
      await visits.settle();
      await visits.send(browser, { identity: { email: 'bob@elsewhere.example' } });
      await visits.send(browser, known);
      await visits.settle();
      const owners = (await sessions()).map(({ contactId }) => contactId);
      const bob = await Contact.findOne({ workspaceId, email: 'bob@elsewhere.example' }).orFail().lean();
      assert.deepEqual(owners.toSorted(), [ada._id, bob._id].toSorted());
    });

    it('is one of two, not both, when two tabs name different people at the same moment', async () => {
      await visits.send(browser);
      for (let round = 0; round < 5; round += 1) {
        const two = { ...newBrowser() };
        await Promise.all([
          visits.send(two, known),
          visits.send({ ...two, tab: newBrowser().tab }, { identity: { token: ada.linkToken } }),
          visits.send({ ...two, tab: newBrowser().tab }, { identity: { email: 'bob@elsewhere.example' } }),
          visits.send({ ...two, tab: newBrowser().tab }),
        ]);
        await visits.settle();
        const visitor = await Visitor.findOne({ workspaceId, vid: two.vid }).orFail().lean();
        const mine = await Session.find({ workspaceId, visitorId: visitor._id }).lean();
        assert.ok(mine.length <= 2, `${mine.length}`);
        assert.equal(new Set(mine.map(({ contactId }) => contactId)).size, mine.length);
        assert.ok(mine.some(({ contactId }) => contactId === visitor.contactId));
        assert.ok(mine.every(({ mode }) => mode === 'contact'));
      }
    });

    it('ends the same in whatever order, however often, one by one or at once the batches of the visit arrive', async () => {
      const context = { utm: { campaign: 'autumn' }, language: 'en' };
      const second = { ...browser, tab: newBrowser().tab };
      const visit: [Browser, Sent][] = [
        [browser, { evidence: null, context, events: [pageView(platform)] }],
        [browser, { evidence: null, events: [pageView(platform)], chunks: [sentChunk(platform, 0)] }],
        [second, { evidence: null, events: [pageView(platform)], identity: { token: ada.linkToken } }],
        [second, { evidence: 'dwell', events: [pageView(platform)], context }],
        [browser, { evidence: 'pointer', events: [] }],
      ];
      const outcome = async () => {
        await visits.settle();
        const rows = await sessions();
        return {
          sessions: rows.map(({ lastSeenAt: _l, lastEventAt: _e, visitorVersion: _v, insight, ...row }) => ({
            ...row,
            insight: insight?.summary,
          })),
          events: await countEvents(workspaceId),
          chunks: await RecordingChunk.countDocuments({ workspaceId }),
          visitors: (await Visitor.find({ workspaceId }).lean()).map(({ contactId, standing, unsettled }) => ({
            contactId,
            standing,
            unsettled,
          })),
          scored: (await score()) > 0,
        };
      };
      const forget = async () => {
        const mine = { workspaceId };
        await Promise.all([Session, EventBucket, RecordingChunk, Visitor, Job, Alert].map((model) => model.collection.deleteMany(mine)));
        await Contact.replaceOne({ workspaceId, _id: ada._id }, ada);
      };
      const frozen = platform.clock.now();
      for (const [from, sent] of visit) await visits.send(from, sent);
      const clean = await outcome();
      assert.equal(clean.sessions.length, 1);
      assert.deepEqual([clean.sessions[0]?.contactId, clean.sessions[0]?.heldFor, clean.scored], [ada._id, null, true]);
      const order = fc.shuffledSubarray([...visit.keys(), 0, 2, 4], { minLength: visit.length + 3 });
      const property = fc.asyncProperty(order, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), async (deliveries, together) => {
        await forget();
        platform.clock.advance(frozen.getTime() - platform.clock.now().getTime());
        let underWay: Promise<unknown>[] = [];
        for (const [turn, index] of deliveries.entries()) {
          const [from, sent] = visit[index] ?? [browser, {}];
          underWay.push(visits.send(from, sent));
          if (together[turn] === true) continue;
          await Promise.all(underWay);
          underWay = [];
        }
        await Promise.all(underWay);
        assert.deepEqual(await outcome(), clean);
      });
      await fc.assert(property, { numRuns: 12 });
    });
  });

  describe('where events alone are kept of everybody', () => {
    beforeEach(() => withModes({ siteAnalytics: true }));

    it('has a session with its events, and no recording, refused without a word', async () => {
      const answer = await visits.send(browser, { chunks: [sentChunk(platform, 0)] });
      assert.deepEqual(answer, { known: true, record: false, accepted: 1, refused: [] });
      await visits.settle();
      const [session] = await sessions();
      assert.deepEqual([session?.mode, session?.contactId, session?.hasRecording], ['analytics', null, false]);
      assert.deepEqual([session?.summary?.pages.length, session?.insight], [1, null]);
      assert.equal(await RecordingChunk.countDocuments({ workspaceId }), 0);
    });

    it('keeps them apart when they become known; only the visit that is going on is the contact’s', async () => {
      await visits.send(later(browser));
      platform.clock.advance(3_600_000);
      await visits.send(browser);
      assert.equal((await visits.send(browser, known)).record, true);
      await visits.settle();
      assert.deepEqual(await modesOf(), [
        ['analytics', null],
        ['contact', ada._id],
      ]);
    });
  });

  it('stays nobody where known contacts are switched off', async () => {
    await withModes({ knownContacts: false, anonymousVisitors: true });
    await visits.send(browser, { identity: { token: ada.linkToken } });
    await visits.send(browser, { identity: { email: 'new@elsewhere.example' } });
    assert.deepEqual(await modesOf(), [['anonymous', null]]);
    assert.equal(await Contact.countDocuments({ workspaceId }), 1);
  });

  it('turns out to be one of the own people: what was kept is erased, and nothing more is taken', async () => {
    await withModes({ anonymousVisitors: true });
    const { email } = await makeMember(platform, { workspaceId });
    const other = newBrowser();
    await visits.send(other);
    await visits.send(browser, { chunks: [sentChunk(platform, 0)] });
    await visits.settle();
    const answer = await visits.send(browser, { identity: { email } });
    assert.deepEqual(answer, { known: false, record: false, accepted: 0, refused: [] });
    await visits.settle();
    const left = await sessions();
    assert.equal(left.length, 1);
    assert.equal(await countEvents(workspaceId), 1);
    assert.equal(await RecordingChunk.countDocuments({ workspaceId }), 0);
    assert.deepEqual(
      (await Visitor.find({ workspaceId }).lean()).map(({ vid }) => vid),
      [other.vid],
    );
  });
});
