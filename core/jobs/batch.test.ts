import assert from 'node:assert/strict';
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { handleJobs, type JobKind } from './define-job.ts';
import { enqueue, type JobRequest } from './enqueue.ts';
import { Job } from './job.ts';
import { runDueJobs } from './worker.ts';

interface Note {
  readonly text: string;
}

const deliver: JobKind<Note> = { kind: 'test.deliver', payload: z.object({ text: z.string() }) };
const workspaceId = 'ws_1';

describe('a batch of jobs', () => {
  let platform: TestPlatform;

  beforeEach(async () => {
    platform = await testPlatform();
  });

  const ask = (request: Partial<JobRequest<Note>> = {}) =>
    platform.store.inTransaction((session) =>
      enqueue(platform, deliver, { workspaceId, key: 'lane', payload: { text: 'hello' }, ...request, session }),
    );

  const batches = (batchSize: number, seen: string[][]) =>
    handleJobs(deliver, batchSize, async (_platform, jobs) => {
      seen.push(jobs.map(({ workspaceId: of, payload }) => `${of} ${payload.text}`).sort());
      return jobs.map(() => ({ ok: true }));
    });
  const askFor = (key: string, group: string, of = workspaceId) => ask({ workspaceId: of, key, group, payload: { text: key } });

  it('takes the jobs of one group of one workspace together, and never of two', async () => {
    for (const key of ['a', 'b', 'c']) await askFor(key, 'connection 1');
    for (const key of ['d', 'e']) await askFor(key, 'connection 2');
    for (const key of ['f', 'g']) await askFor(key, 'connection 1', 'ws_2');
    const seen: string[][] = [];
    await runDueJobs(platform, [batches(10, seen)]);
    assert.deepEqual(seen.sort(), [
      ['ws_1 a', 'ws_1 b', 'ws_1 c'],
      ['ws_1 d', 'ws_1 e'],
      ['ws_2 f', 'ws_2 g'],
    ]);
  });

  it('takes no more than the vendor takes in one call, and no job that is not due', async () => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) await askFor(key, 'connection 1');
    await ask({ key: 'later', group: 'connection 1', delayMs: 1000 });
    const seen: string[][] = [];
    await runDueJobs(platform, [batches(2, seen)]);
    assert.deepEqual(
      seen.map((batch) => batch.length),
      [2, 2, 1],
    );
    assert.equal(await Job.countDocuments({ workspaceId }), 1);
  });

  it('lets a failed row fail alone', async () => {
    for (const key of ['good', 'bad', 'fine']) await askFor(key, 'connection 1');
    const handler = handleJobs(deliver, 10, async (_platform, jobs) =>
      jobs.map(({ payload }) =>
        payload.text === 'bad' ? { ok: false, error: new Failure('vendorRefused', 'Not valid.', { code: 'no' }) } : { ok: true },
      ),
    );
    assert.equal(await runDueJobs(platform, [handler]), 3);
    const left = await Job.find({ workspaceId }).lean();
    assert.deepEqual(
      left.map(({ key, state, lastError }) => [key, state, lastError]),
      [['bad', 'dead', 'Not valid.']],
    );
  });

  it('lets a job with unreadable words fail alone, as a bug', async () => {
    for (const key of ['good', 'old', 'fine']) await askFor(key, 'connection 1');
    await Job.updateOne({ workspaceId, key: 'old' }, { $set: { payload: { wording: 'of an earlier version' } } });
    const seen: string[][] = [];
    await runDueJobs(platform, [batches(10, seen)]);
    assert.deepEqual(seen, [['ws_1 fine', 'ws_1 good']]);
    const left = await Job.find({ workspaceId }).lean();
    assert.deepEqual(
      left.map(({ key, state, attempts }) => [key, state, attempts]),
      [['old', 'ready', 1]],
    );
  });

  it('treats a forgotten outcome as a bug, and loses no job', async () => {
    for (const key of ['a', 'b']) await askFor(key, 'connection 1');
    await runDueJobs(platform, [handleJobs(deliver, 10, async () => [{ ok: true }])]);
    assert.equal(await Job.countDocuments({ workspaceId, state: 'ready', attempts: 1 }), 1);
  });
});
