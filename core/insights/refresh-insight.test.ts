import assert from 'node:assert/strict';
import { Alert } from '../connections/alert.ts';
import type { ConnectionDocument } from '../connections/connection.ts';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { Job } from '../jobs/job.ts';
import { runDueJobs } from '../jobs/worker.ts';
import type { Platform } from '../platform.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { refreshInsight } from '../sessions/session-jobs.ts';
import type { ExamplePage } from '../sessions/summarise-example.ts';
import { askJob } from '../testing/ask-job.ts';
import { connectTo, recordAt } from '../testing/connect-to.ts';
import { makeContact, makeOwner } from '../testing/factories.ts';
import { type FakeChat, type FakeCrm, fakeChat, fakeCrm } from '../testing/fake-connectors.ts';
import { makeVisit, tellPages } from '../testing/make-visit.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { dayMs } from './build-timeline.ts';
import { refreshInsightHandler } from './refresh-insight.ts';

const pricing: ExamplePage = { path: '/pricing', title: 'Pricing', seconds: 120, scroll: 90 };
const demo: ExamplePage = { path: '/demo', title: 'Demo', seconds: 40, deeds: [['demo_request', {}]] };
const blog: ExamplePage = { path: '/blog/tips', title: 'Tips', seconds: 15 };

describe('Looking at a session again', () => {
  let platform: TestPlatform;
  let crm: FakeCrm;
  let chat: FakeChat;
  let atCrm: ConnectionDocument;
  let atChat: ConnectionDocument;
  let contact: ContactDocument;

  beforeEach(async () => {
    crm = fakeCrm();
    chat = fakeChat();
    platform = await testPlatform({ connectors: [crm.connector, chat.connector] });
    const { workspaceId } = await makeOwner(platform);
    atCrm = await connectTo(platform, crm, { workspaceId });
    atChat = await connectTo(platform, chat, { workspaceId });
    contact = await makeContact(platform, { workspaceId, crm: [recordAt(atCrm, 'r1')] });
  });

  const visit = (pages: readonly ExamplePage[], fields: Partial<SessionDocument> = {}) =>
    makeVisit(platform, contact, { pages, ...fields });
  const ask = ({ workspaceId, _id: key }: SessionDocument) =>
    askJob(platform, refreshInsight, { workspaceId, key, payload: { sessionId: key } });
  const work = (on: Platform = platform) => runDueJobs(on, [refreshInsightHandler]);
  const refresh = async (session: SessionDocument) => {
    await ask(session);
    await work();
  };
  const stored = (): Promise<ContactDocument> => Contact.findOne({ workspaceId: contact.workspaceId, _id: contact._id }).orFail().lean();
  const storedSession = ({ workspaceId, _id }: SessionDocument) => Session.findOne({ workspaceId, _id }).orFail().lean();
  /** What is counted for the site is not looked at here. */
  const asked = async () =>
    (await Job.find({ workspaceId: contact.workspaceId, kind: { $ne: 'summaries.count' } }).lean())
      .map(({ kind, key }) => [kind, key])
      .toSorted();
  const theAlert = () => Alert.findOne({ workspaceId: contact.workspaceId }).lean();

  it('moves nothing while nobody proved to be a person', async () => {
    const session = await visit([pricing, demo], { evidence: null });
    await refresh(session);
    assert.deepEqual(await stored(), contact);
    const { summary, insight } = await storedSession(session);
    assert.equal(summary?.pages.length, 2);
    assert.equal(insight, null);
    assert.deepEqual(await asked(), []);
    assert.equal(await theAlert(), null);
  });

  it('leaves held visits out of the score of the others', async () => {
    await refresh(await visit([blog]));
    const { intent } = await stored();
    await refresh(await visit([demo], { evidence: null }));
    await refresh(await visit([blog]));
    assert.ok(!(await stored()).intent.reasons.some(({ text }) => /demo/i.test(text)), JSON.stringify(intent));
  });

  it('writes score, reasons, insight and summary, and asks for CRM and chat', async () => {
    const session = await visit([pricing, demo]);
    await refresh(session);
    const { intent, insight, scoreHistory, lastSeenAt, lastSessionId, sessions30d, trend } = await stored();
    assert.ok(intent.value > 40, `${intent.value}`);
    assert.equal(
      intent.reasons.reduce((sum, { points }) => sum + points, 0),
      intent.value,
    );
    assert.ok(intent.reasons.some(({ text, sessionId }) => /demo/i.test(text) && sessionId === session._id));
    assert.deepEqual(scoreHistory, [{ at: platform.clock.now(), value: intent.value }]);
    assert.deepEqual(
      { lastSeenAt, lastSessionId, sessions30d, trend },
      { lastSeenAt: session.lastSeenAt, lastSessionId: session._id, sessions30d: 1, trend: 'rising' },
    );
    const after = await storedSession(session);
    assert.deepEqual(after.insight, insight);
    assert.equal(insight?.madeBy, 'rules');
    assert.equal(after.summary?.activeMs, 160_000);
    assert.deepEqual(await asked(), [
      ['alert.deliver', `${atChat._id}:${session._id}`],
      ['crm.pushContact', `${atCrm._id}:${contact._id}`],
      ['crm.pushSession', `${atCrm._id}:${session._id}`],
    ]);
    const alert = await theAlert();
    assert.deepEqual(
      { signal: alert?.signal, channel: alert?.channelId, ref: alert?.ref },
      { signal: 'asked for a demo', channel: 'C1', ref: null },
    );
  });

  it('asks a CRM only about its own contacts, and no chat without a channel', async () => {
    const { workspaceId } = contact;
    contact = await makeContact(platform, { workspaceId });
    await connectTo(platform, chat, { workspaceId, channel: null, account: { id: 'second', name: 'Second', url: 'https://chat.example' } });
    const session = await visit([pricing]);
    await refresh(session);
    assert.deepEqual(await asked(), [['alert.deliver', `${atChat._id}:${session._id}`]]);
  });

  it('asks nothing of a connection that was ended, and lets one that lost its grant wait', async () => {
    const { workspaceId } = contact;
    const ended = await connectTo(platform, crm, {
      workspaceId,
      state: 'disconnected',
      account: { id: 'ended', name: 'Ended', url: 'https://crm.example' },
    });
    const lost = await connectTo(platform, crm, {
      workspaceId,
      state: 'needs_reauth',
      account: { id: 'lost', name: 'Lost', url: 'https://crm.example' },
    });
    contact = await makeContact(platform, { workspaceId, crm: [recordAt(ended, 'r1'), recordAt(lost, 'r2')] });
    await refresh(await visit([pricing]));
    const kinds = (await asked()).filter(([kind]) => kind === 'crm.pushContact');
    assert.deepEqual(kinds, [['crm.pushContact', `${lost._id}:${contact._id}`]]);
  });

  it('changes nothing when it is run again', async () => {
    const session = await visit([pricing, demo]);
    await refresh(session);
    const [before, beforeSession, beforeAlert] = [await stored(), await storedSession(session), await theAlert()];
    for (let time = 0; time < 2; time += 1) await refresh(session);
    assert.deepEqual([await stored(), await storedSession(session), await theAlert()], [before, beforeSession, beforeAlert]);
    assert.equal((await asked()).length, 3);
  });

  it('writes nothing and asks for nothing when the transaction fails', async () => {
    const session = await visit([pricing, demo]);
    await ask(session);
    const { store } = platform;
    const failing: Platform = {
      ...platform,
      store: {
        ...store,
        inTransaction: (run) =>
          store.inTransaction(async (transaction) => {
            await run(transaction);
            throw new Error('the power went out');
          }),
      },
    };
    await work(failing);
    assert.deepEqual(await stored(), contact);
    assert.equal((await storedSession(session)).insight, null);
    assert.deepEqual(await asked(), [['insight.refresh', session._id]]);
    assert.equal(await theAlert(), null);
    platform.clock.advance(1001);
    await work();
    assert.ok((await stored()).intent.value > 0);
    assert.equal((await asked()).length, 3);
  });

  it('tells the strongest signal of the visit so far, in the one alert of the visit', async () => {
    const session = await visit([pricing]);
    await refresh(session);
    assert.equal((await theAlert())?.signal, 'on pricing for 2 min');
    await Alert.updateOne({ workspaceId: contact.workspaceId }, { $set: { ref: 'message-1', claimedBy: 'Rita Rep' } });
    await tellPages(session, [pricing, demo]);
    await refresh(session);
    const alert = await theAlert();
    assert.deepEqual(
      { signal: alert?.signal, ref: alert?.ref, by: alert?.claimedBy },
      { signal: 'asked for a demo', ref: 'message-1', by: 'Rita Rep' },
    );
    assert.equal(await Alert.countDocuments({ workspaceId: contact.workspaceId }), 1);
  });

  it('counts visits of other days, and keeps one score a day', async () => {
    await refresh(await visit([blog]));
    const first = (await stored()).intent.value;
    platform.clock.advance(2 * dayMs);
    const session = await visit([pricing]);
    await refresh(session);
    await refresh(session);
    const { intent, scoreHistory, sessions30d } = await stored();
    assert.equal(sessions30d, 2);
    assert.ok(intent.value > first);
    assert.deepEqual(
      scoreHistory.map(({ value }) => value),
      [first, intent.value],
    );
  });

  it('keeps thirty days of scores at most', async () => {
    const { workspaceId, _id } = contact;
    const scoreHistory = Array.from({ length: 30 }, (_, nth) => ({
      at: new Date(platform.clock.now().getTime() - (30 - nth) * dayMs),
      value: nth,
    }));
    await Contact.updateOne({ workspaceId, _id }, { $set: { scoreHistory } });
    await refresh(await visit([pricing]));
    const after = (await stored()).scoreHistory;
    assert.equal(after.length, 30);
    assert.deepEqual([after[0]?.value, after[29]?.at], [1, platform.clock.now()]);
  });

  it('forgets visits of more than ninety days ago', async () => {
    await refresh(await visit([demo]));
    platform.clock.advance(91 * dayMs);
    await refresh(await visit([blog]));
    assert.ok(!(await stored()).intent.reasons.some(({ text }) => /demo/i.test(text)));
  });

  it('keeps the last visit on top when an earlier one ends after it', async () => {
    const early = await visit([blog]);
    platform.clock.advance(60_000);
    const late = await visit([pricing, demo]);
    await refresh(late);
    await refresh(early);
    const after = await stored();
    assert.equal(after.lastSessionId, late._id);
    assert.deepEqual(after.lastSeenAt, late.lastSeenAt);
    assert.deepEqual(new Set(after.insight?.moments.map(({ sessionId }) => sessionId)), new Set([late._id]));
    assert.equal((await storedSession(early)).insight?.label, 'researching');
    assert.equal(after.insight?.label, 'buying');
  });

  describe('of a contact with two visits at once', () => {
    /** The contact as it ends when one visit is looked at after the other. */
    const oneAfterTheOther = async (sessions: readonly SessionDocument[]) => {
      for (const session of sessions) await refresh(session);
      const ended = await outcome();
      const { workspaceId, _id } = contact;
      await Job.deleteMany({ workspaceId });
      await Contact.replaceOne({ workspaceId, _id }, contact);
      await Session.updateMany({ workspaceId }, { $set: { summary: null, insight: null } });
      return ended;
    };
    const outcome = async () => {
      const { intent, sessions30d, scoreHistory, lastSessionId, insight } = await stored();
      return { intent, sessions30d, scoreHistory, lastSessionId, insight };
    };
    let first: SessionDocument;
    let second: SessionDocument;

    beforeEach(async () => {
      first = await visit([pricing]);
      second = await visit([demo], { startedAt: new Date(platform.clock.now().getTime() + 1000) });
    });

    it('ends the same when both are looked at together', async () => {
      const expected = await oneAfterTheOther([first, second]);
      for (let round = 0; round < 5; round += 1) {
        await Promise.all([ask(first), ask(second)]);
        await Promise.all([work(), work()]);
        assert.deepEqual(await outcome(), expected);
      }
    });

    it('ends the same when the second is written while the first is being read', async () => {
      const expected = await oneAfterTheOther([first, second]);
      await ask(first);
      let interrupted = false;
      const { store } = platform;
      const slow: Platform = {
        ...platform,
        store: {
          ...store,
          inTransaction: (run) =>
            store.inTransaction(async (transaction) => {
              // The first read fixes what the transaction sees.
              await Contact.findOne({ workspaceId: contact.workspaceId }).session(transaction).lean();
              if (!interrupted) {
                interrupted = true;
                await refresh(second);
              }
              return run(transaction);
            }),
        },
      };
      await work(slow);
      assert.ok(interrupted);
      assert.deepEqual(await outcome(), expected);
    });
  });
});
