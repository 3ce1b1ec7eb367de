import assert from 'node:assert/strict';
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { claimJobs, LeaseLostError, leaseMs, renewLease } from './claim.ts';
import { type ClaimedJob, handleJob, type JobHandler, type JobKind } from './define-job.ts';
import { enqueue, type JobRequest } from './enqueue.ts';
import { failJob, finishJob } from './finish.ts';
import { Job, type JobDocument } from './job.ts';
import { runDueJobs, startWorker } from './worker.ts';

interface Note {
  readonly text: string;
}

const deliver: JobKind<Note> = { kind: 'test.deliver', payload: z.object({ text: z.string() }) };
const workspaceId = 'ws_1';
const minute = 60_000;
const hour = 60 * minute;

const known = (handler: JobHandler) => new Map([[handler.kind, handler]]);
const nothing = known(handleJob(deliver, async () => {}));

describe('a worker', () => {
  let platform: TestPlatform;

  beforeEach(async () => {
    platform = await testPlatform();
  });

  const ask = (request: Partial<JobRequest<Note>> = {}) =>
    platform.store.inTransaction((session) =>
      enqueue(platform, deliver, { workspaceId, key: 'lane', payload: { text: 'hello' }, ...request, session }),
    );
  const work = (handle: (job: ClaimedJob<Note>) => Promise<void>) =>
    runDueJobs(platform, [handleJob(deliver, (_platform, job) => handle(job))]);
  const failing = (error: Error) => work(() => Promise.reject(error));
  const job = () => Job.findOne({ workspaceId }).lean().orFail();
  const claimOne = async (): Promise<JobDocument> => {
    const [claimed] = await claimJobs(platform, nothing);
    assert.ok(claimed);
    return claimed;
  };
  /** As if the worker that holds the lane had been asleep for longer than its lease. */
  const letLeaseRunOut = () => Job.updateMany({ workspaceId }, { $set: { leaseUntil: new Date(Date.now() - 1000) } });

  describe('and its lease', () => {
    it('has a lane to itself: of many workers only one gets the job', async () => {
      await ask();
      const claims = await Promise.all(Array.from({ length: 8 }, () => claimJobs(platform, nothing)));
      assert.equal(claims.flat().length, 1);
      assert.equal((await job()).attempts, 1);
    });

    it('keeps the lane while it works, also when the job is asked for again', async () => {
      await ask();
      await claimOne();
      await ask();
      assert.deepEqual(await claimJobs(platform, nothing), []);
    });

    it('loses the lane to another when it is silent for longer than its lease, and not before', async () => {
      await ask();
      const first = await claimOne();
      assert.ok(first.leaseUntil.getTime() > Date.now() + leaseMs / 2);
      await letLeaseRunOut();
      const second = await claimOne();
      assert.equal(second._id, first._id);
      assert.ok(second.fence > first.fence);
    });

    it('may not renew a lease that ran out or was taken over', async () => {
      await ask();
      const stale = await claimOne();
      assert.equal(await renewLease(stale), true);
      await letLeaseRunOut();
      assert.equal(await renewLease(stale), false);
      const fresh = await claimOne();
      assert.equal(await renewLease(stale), false);
      assert.equal(await renewLease(fresh), true);
    });

    it('writes nothing any more once another has taken over: not done, not failed', async () => {
      await ask();
      const stale = await claimOne();
      await letLeaseRunOut();
      const fresh = await claimOne();
      const before = await job();
      await finishJob(stale);
      await failJob(platform, stale, new Failure('vendorRefused', 'No.', { code: 'no' }));
      await failJob(platform, stale, new Error('bug'));
      assert.deepEqual(await job(), before);
      await finishJob(fresh);
      assert.equal(await Job.countDocuments({ workspaceId }), 0);
    });

    it('is told before an effect that cannot be repeated that another has taken over, and the job is not counted as failed', async () => {
      await ask();
      const sent: string[] = [];
      await work(async ({ assertMine }) => {
        await assertMine();
        if (sent.length > 0) return;
        sent.push('asked for the lease');
        await letLeaseRunOut();
        const other = await claimOne();
        await assert.rejects(assertMine(), LeaseLostError);
        await finishJob(other);
        await assertMine();
        sent.push('never');
      });
      assert.deepEqual(sent, ['asked for the lease']);
      assert.equal(await Job.countDocuments({ workspaceId }), 0);
      assert.deepEqual(platform.log.lines, []);
    });
  });

  describe('and a failure', () => {
    const busy = (retryAfterMs?: number) =>
      new Failure('vendorBusy', 'The provider is busy.', { code: 'busy', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });

    it('tries again later when the vendor is busy, and never before the moment the vendor named', async () => {
      await ask();
      await failing(busy(10 * minute));
      const { state, notBefore, lastError } = await job();
      assert.deepEqual([state, lastError], ['ready', 'The provider is busy.']);
      const waitMs = notBefore.getTime() - platform.clock.now().getTime();
      assert.ok(waitMs >= 10 * minute && waitMs <= 10 * minute + 1000, `${waitMs}`);
    });

    it('keeps to that moment even when the job is asked for again', async () => {
      await ask();
      await failing(busy(10 * minute));
      await ask();
      platform.clock.advance(10 * minute - 1);
      assert.equal(await work(async () => {}), 0);
      platform.clock.advance(1001);
      assert.equal(await work(async () => {}), 1);
    });

    it('waits longer each time, gives up after about 28 hours, and tells why', async () => {
      await ask();
      const start = platform.clock.now().getTime();
      let tries = 0;
      for (let ran = 1; ran > 0; platform.clock.setTo((await job()).notBefore)) {
        ran = await failing(busy());
        tries += ran;
      }
      const { state, lastError } = await job();
      assert.deepEqual([state, lastError, tries], ['dead', 'The provider is busy.', 10]);
      assert.ok(platform.clock.now().getTime() - start <= 28 * hour);
    });

    it('does not try again what the vendor refused', async () => {
      await ask();
      assert.equal(await failing(new Failure('vendorRefused', 'This contact was deleted.', { code: 'gone' })), 1);
      const { state, lastError } = await job();
      assert.deepEqual([state, lastError], ['dead', 'This contact was deleted.']);
      platform.clock.advance(48 * hour);
      assert.equal(await failing(new Error('never runs')), 0);
    });

    it('parks what needs a new grant: it waits, and asking again does not wake it', async () => {
      await ask();
      await failing(new Failure('grantLost', 'Connect again.', { code: 'grant-lost' }));
      await ask();
      platform.clock.advance(48 * hour);
      assert.equal(await work(async () => {}), 0);
      const { state, wanted } = await job();
      assert.deepEqual([state, wanted], ['parked', 2]);
    });

    it('tries a bug again a few times, then leaves it for a person; its message stays in the log', async () => {
      await ask();
      let tries = 0;
      for (let ran = 1; ran > 0; platform.clock.advance(hour)) {
        ran = await failing(new TypeError('token abc is undefined'));
        tries += ran;
      }
      const { state, lastError } = await job();
      assert.deepEqual([state, tries], ['dead', 5]);
      assert.ok(!lastError?.includes('abc'));
      assert.equal(platform.log.lines.filter(({ level }) => level === 'error').length, 5);
    });

    it('gives a dead job a new life when it is asked for again', async () => {
      await ask();
      await failing(new Failure('vendorRefused', 'No.', { code: 'no' }));
      await ask();
      const { state, attempts } = await job();
      assert.deepEqual([state, attempts], ['ready', 0]);
      assert.equal(await work(async () => {}), 1);
      assert.equal(await Job.countDocuments({ workspaceId }), 0);
    });

    it('counts the tries of a new request from the start', async () => {
      await ask();
      await work(async ({ attempt }) => {
        assert.equal(attempt, 1);
        await ask({ delayMs: minute });
      });
      platform.clock.advance(minute);
      const attempts: number[] = [];
      await work(async ({ attempt }) => void attempts.push(attempt));
      assert.deepEqual(attempts, [1]);
    });
  });

  describe('that goes on by itself', () => {
    it('runs what is asked for, several lanes at the same time, and finishes them when it is stopped', async () => {
      const running = new Set<string>();
      let most = 0;
      const together = Promise.withResolvers<void>();
      const done: string[] = [];
      const handler = handleJob(deliver, async (_platform, { key }) => {
        running.add(key);
        most = Math.max(most, running.size);
        if (running.size === 3) together.resolve();
        await together.promise;
        running.delete(key);
        done.push(key);
      });
      const worker = startWorker(platform, [handler]);
      for (const key of ['a', 'b', 'c']) await ask({ key });
      await together.promise;
      await worker.stop();
      assert.deepEqual([most, done.sort()], [3, ['a', 'b', 'c']]);
      assert.equal(await Job.countDocuments({ workspaceId }), 0);
    });

    it('leaves alone what it has no handler for', async () => {
      await ask();
      assert.equal(await runDueJobs(platform, [handleJob({ ...deliver, kind: 'test.other' }, async () => {})]), 0);
      assert.equal((await job()).attempts, 0);
    });
  });
});
