import assert from 'node:assert/strict';
import type { IngestEnvelope } from '#contract/events.ts';
import { Job } from '../jobs/job.ts';
import { runDueJobs } from '../jobs/worker.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { type Browser, newBrowser, pageView, sentBatch, sentChunk } from '../testing/sent-batch.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { closeSessionHandler } from './close-session.ts';
import { Session } from './session.ts';
import { refreshInsight } from './session-jobs.ts';

const minute = 60_000;

describe('the end of a session', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let workspaceId: string;
  let siteKey: string;
  let token: string;
  let browser: Browser;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    ({ workspaceId } = await makeOwner(platform));
    ({ siteKey } = await findSite(workspaceId));
    token = (await makeContact(platform, { workspaceId })).linkToken;
    browser = newBrowser();
  });
  afterEach(() => app.close());

  async function send(fields: Partial<IngestEnvelope>, from = browser): Promise<void> {
    const batch = sentBatch(platform, from, { identity: { token }, ...fields });
    const headers = { Origin: 'https://www.example.com', 'Content-Type': 'text/plain' };
    const { status } = await app.call(`/v1/ingest?key=${siteKey}`, { method: 'POST', body: JSON.stringify(batch), headers });
    assert.equal(status, 202);
  }
  const props: Readonly<Record<string, Record<string, unknown>>> = {
    page_view: { title: 'Pricing' },
    engagement: { scrollDepth: 50, activeMs: 1000 },
    session_end: { pages: 1, durationMs: 1000, activeMs: 1000 },
  };
  const visit = (type = 'page_view') => send({ events: [pageView(platform, { type, props: props[type] ?? {} })] });
  const leave = () => visit('session_end');
  /** The worker, on the frozen clock, after this time. */
  const wait = async (ms: number) => {
    platform.clock.advance(ms);
    await runDueJobs(platform, [closeSessionHandler]);
  };
  const session = () => Session.findOne({ workspaceId }).orFail().lean();
  const isOver = async () => (await session()).endedAt !== null;
  const now = () => platform.clock.now();

  it('comes after thirty minutes without a sign of the visitor, and lies at the last sign', async () => {
    await visit();
    platform.clock.advance(minute);
    await visit();
    const lastSign = now();
    await wait(29 * minute);
    assert.equal(await isOver(), false);
    await wait(minute - 1);
    assert.equal(await isOver(), false);
    await wait(1);
    assert.deepEqual((await session()).endedAt, lastSign);
  });

  it('is put off by every sign', async () => {
    for (let n = 0; n < 5; n += 1) {
      await visit();
      await wait(20 * minute);
      assert.equal(await isOver(), false);
    }
    await wait(10 * minute);
    assert.equal(await isOver(), true);
  });

  it('comes soon after the last page was left, with time for the next page to load', async () => {
    await visit();
    await leave();
    await wait(19_999);
    assert.equal(await isOver(), false);
    await wait(1);
    assert.equal(await isOver(), true);
  });

  it('comes soon also when the rest of the recording arrives a moment after the farewell, and other events are of its moment', async () => {
    await visit();
    await Promise.all([leave(), visit('engagement')]);
    platform.clock.advance(300);
    await send({ events: [], chunks: [sentChunk(platform, 0)] });
    await wait(20_000);
    assert.equal(await isOver(), true);
  });

  it('does not come soon when another tab goes on', async () => {
    const other = { ...browser, tab: newBrowser().tab };
    await visit();
    await leave();
    for (let n = 0; n < 3; n += 1) {
      platform.clock.advance(8000);
      await send({ events: [], chunks: [sentChunk(platform, n)] }, other);
    }
    await wait(20_000);
    assert.equal(await isOver(), false);
  });

  it('does not come when the next page loaded in time', async () => {
    await visit();
    await leave();
    platform.clock.advance(3000);
    await visit();
    await wait(20_000);
    assert.equal(await isOver(), false);
    await wait(30 * minute);
    assert.equal(await isOver(), true);
  });

  it('is undone when the visitor comes back within the session, and comes again', async () => {
    await visit();
    await leave();
    await wait(20_000);
    assert.equal(await isOver(), true);
    platform.clock.advance(minute);
    await visit();
    assert.equal(await isOver(), false);
    const lastSign = now();
    await wait(30 * minute);
    assert.deepEqual((await session()).endedAt, lastSign);
    assert.equal(await Session.countDocuments({ workspaceId }), 1);
  });

  it('comes once, however many replicas look, and asks once for the last look at the session', async () => {
    await visit();
    await Job.deleteMany({ workspaceId, kind: refreshInsight.kind });
    platform.clock.advance(30 * minute);
    await Promise.all(Array.from({ length: 4 }, () => runDueJobs(platform, [closeSessionHandler])));
    assert.equal(await isOver(), true);
    const jobs = await Job.find({ workspaceId }).lean();
    assert.deepEqual(
      jobs.map(({ kind, wanted }) => [kind, wanted]),
      [[refreshInsight.kind, 1]],
    );
  });

  it('does not cut off a visitor who comes at the very moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      await visit();
      platform.clock.advance(30 * minute);
      await Promise.all([visit(), runDueJobs(platform, [closeSessionHandler]), runDueJobs(platform, [closeSessionHandler])]);
      assert.equal(await isOver(), false, `round ${round}`);
      await wait(30 * minute);
      assert.equal(await isOver(), true, `round ${round}`);
    }
  });

  it('is asked for nothing more once it is over or the session is gone', async () => {
    await visit();
    await wait(30 * minute);
    assert.equal(await Job.countDocuments({ workspaceId, kind: closeSessionHandler.kind }), 0);
    await visit();
    await Session.deleteMany({ workspaceId });
    await wait(30 * minute);
    assert.equal(await Job.countDocuments({ workspaceId, kind: closeSessionHandler.kind }), 0);
    assert.deepEqual(platform.log.lines, []);
  });
});
