import assert from 'node:assert/strict';
import { z } from 'zod';
import { newVisitor } from '../contacts/visitor.ts';
import type { Batch } from '../ingest/batch.ts';
import { writeBatches } from '../ingest/write-batches.ts';
import { handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { startWorker } from '../jobs/worker.ts';
import { Event } from '../sessions/event.ts';
import { Session } from '../sessions/session.ts';
import { type CuttableLine, cuttableLine } from '../testing/cuttable-line.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { newBrowser, sentBatch } from '../testing/sent-batch.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { closeTestStore, type TestPlatform, testPlatform, testUri } from '../testing/test-platform.ts';

describe('while the database is away', () => {
  let line: CuttableLine;
  let direct: string;
  let platform: TestPlatform;
  let app: TestApp;
  let siteKey: string;
  let workspaceId: string;
  let token: string;

  before(async () => {
    direct = testUri();
    await closeTestStore();
    line = await cuttableLine(direct);
    process.env.LEADLIGHT_TEST_MONGODB_URI = line.uri;
    platform = await testPlatform();
    app = await testApp(platform);
    ({ workspaceId } = await makeOwner(platform));
    ({ siteKey } = await findSite(workspaceId));
    token = (await makeContact(platform, { workspaceId })).linkToken;
  });
  after(async () => {
    await app.close();
    await closeTestStore();
    await line.close();
    process.env.LEADLIGHT_TEST_MONGODB_URI = direct;
  });

  const post = (batch: unknown) =>
    app.call(`/v1/ingest?key=${siteKey}`, {
      method: 'POST',
      body: JSON.stringify(batch),
      headers: { Origin: 'https://www.example.com', 'Content-Type': 'text/plain' },
    });

  it('a batch is answered with 503 and when to come again, never with 202; sent again afterwards, it is there once', async () => {
    const batch = sentBatch(platform, newBrowser(), { identity: { token } });
    assert.equal((await post(sentBatch(platform, newBrowser(), { identity: { token } }))).status, 202);
    await line.cut();
    const answers = await Promise.all([post(batch), post(batch), app.call('/readyz'), app.call('/healthz')]);
    await line.join();
    assert.deepEqual(
      answers.map(({ status }) => status),
      [503, 503, 503, 200],
    );
    for (const answer of answers.slice(0, 3)) assert.ok(Number(answer.headers.get('Retry-After')) >= 1);
    assert.equal((await post(batch)).status, 202);
    assert.equal((await post(batch)).status, 202);
    assert.equal(await Event.countDocuments({ workspaceId }), 2);
  });

  it('a batch whose visitor was recognised in time is refused as busy too', async () => {
    await line.cut();
    await assert.rejects(writeBatches(platform, [emptyBatch(platform, workspaceId)]), { kind: 'busy', code: 'database-away' });
    await line.join();
    await writeBatches(platform, [emptyBatch(platform, workspaceId)]);
    assert.equal(await Session.countDocuments({ workspaceId, _id: 'ses_empty' }), 1);
  });

  it('the worker waits, and goes on by itself afterwards', async () => {
    const ran = Promise.withResolvers<void>();
    const away = Promise.withResolvers<void>();
    const log = { ...platform.log, warn: () => away.resolve() };
    const kind = { kind: 'test.after-the-outage', payload: z.null() };
    await line.cut();
    const worker = startWorker({ ...platform, log }, [handleJob(kind, async () => ran.resolve())]);
    await away.promise;
    await line.join();
    await platform.store.inTransaction((session) => enqueue(platform, kind, { workspaceId, key: 'lane', payload: null, session }));
    await ran.promise;
    await worker.stop();
  });
});

function emptyBatch(platform: TestPlatform, workspaceId: string): Batch {
  const now = platform.clock.now();
  return {
    workspaceId,
    siteId: 'site_1',
    sessionId: 'ses_empty',
    visitorId: 'vis_1',
    visitor: { ...newVisitor({ workspaceId, _id: 'site_1' }, 'vid'), _id: 'vis_1' },
    versionRead: null,
    race: { lost: false },
    contactId: null,
    mode: 'anonymous',
    linkId: null,
    cameBy: null,
    receivedAt: now,
    span: { first: now, last: now },
    evidence: null,
    automated: false,
    session: { context: {}, device: 'desktop', browser: 'Firefox', os: 'Linux', channel: 'direct' },
    events: [],
    chunks: [],
    sheets: [],
    faults: [],
    leaks: [],
    bad: [],
    left: false,
    siteIsNew: false,
  };
}
