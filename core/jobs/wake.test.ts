import assert from 'node:assert/strict';
import { z } from 'zod';
import { testPlatform } from '../testing/test-platform.ts';
import { handleJob, type JobKind } from './define-job.ts';
import { enqueue } from './enqueue.ts';
import { Bell, wakeWorkers } from './wake.ts';
import { startWorker } from './worker.ts';

const forever = 3_600_000;

describe('waking workers', () => {
  it('wakes one sleeper a ring, and nobody sleeps through a ring that came before', async () => {
    const bell = new Bell();
    const { signal } = new AbortController();
    const since = bell.rings;
    const woken: string[] = [];
    const sleepers = ['one', 'two'].map((name) => bell.rest(since, forever, signal).then(() => woken.push(name)));
    bell.ring();
    await sleepers[0];
    assert.deepEqual(woken, ['one']);
    bell.ring();
    await Promise.all(sleepers);
    await bell.rest(since, forever, signal);
  });

  it('runs what was committed at once, in as many slots as there is work', async () => {
    const platform = await testPlatform();
    const note: JobKind<object> = { kind: 'test.note', payload: z.object({}) };
    const all = Promise.withResolvers<void>();
    let running = 0;
    // Each ends once three run at the same time.
    const handler = handleJob(note, async () => {
      running += 1;
      if (running === 3) all.resolve();
      await all.promise;
    });
    const worker = startWorker(platform, [handler]);
    try {
      await platform.store.inTransaction(async (session) => {
        for (const key of ['a', 'b', 'c']) await enqueue(platform, note, { workspaceId: 'ws_1', key, payload: {}, session });
      });
      wakeWorkers(platform);
      await all.promise;
    } finally {
      await worker.stop();
    }
  });
});
