import assert from 'node:assert/strict';
import { mongo } from 'mongoose';
import { z } from 'zod';
import { acceptBatch } from '../ingest/accept-batch.ts';
import { ArrivalRow } from '../ingest/arrival.ts';
import type { Batch } from '../ingest/batch.ts';
import { createIngest } from '../ingest/ingest.ts';
import { writePlain } from '../ingest/write-batches.ts';
import { handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { startWorker } from '../jobs/worker.ts';
import { Session } from '../sessions/session.ts';
import { type CuttableLine, cuttableLine } from '../testing/cuttable-line.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { countEvents } from '../testing/raw-events.ts';
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
    assert.equal(await countEvents(workspaceId), 2);
  });

  /** What is written for a batch, once its visitor was recognised. */
  async function recognised(): Promise<Batch> {
    const caught: Batch[] = [];
    const commits = { ...createIngest(platform), add: async (batch: Batch) => void caught.push(batch) };
    const envelope = sentBatch(platform, newBrowser(), { identity: { token } });
    await acceptBatch(platform, commits, { site: await findSite(workspaceId), userAgent: '', envelope });
    const [batch] = caught;
    assert.ok(batch);
    return batch;
  }

  it('a batch whose visitor was recognised in time waits, and is refused as busy when it waited long enough', async () => {
    const [plain, changing] = [await recognised(), await recognised()];
    const isKnown = { ...plain, versionRead: plain.visitor.version };
    const impatient = createIngest(platform, { retryMs: 0 });
    await line.cut();
    for (const batch of [isKnown, changing]) await assert.rejects(impatient.add(batch), { kind: 'busy', code: 'database-away' });
    const ingest = createIngest(platform);
    const added = [isKnown, changing].map((batch) => ingest.add(batch));
    await line.join();
    await Promise.all(added);
    await Promise.all([isKnown, changing].map((batch) => ingest.add(batch)));
    await ingest.drain();
    assert.equal(await Session.countDocuments({ workspaceId, _id: changing.arrival.sessionId }), 1);
  });

  it('a write whose line broke is not taken as written; one that is there already is', async () => {
    const batch = await recognised();
    const { _id } = batch.arrival;
    const written = assert.rejects(writePlain([batch]), mongo.MongoBulkWriteError);
    await line.cut();
    await written;
    await line.join();
    assert.equal(await ArrivalRow.countDocuments({ workspaceId, _id }), 0);
    for (let turn = 0; turn < 2; turn += 1) assert.deepEqual(await writePlain([batch]), [batch.arrival]);
    assert.equal(await ArrivalRow.countDocuments({ workspaceId, _id }), 1);
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
