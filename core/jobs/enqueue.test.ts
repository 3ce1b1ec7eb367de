import assert from 'node:assert/strict';
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { type ClaimedJob, handleJob, type JobKind } from './define-job.ts';
import { enqueue, type JobRequest } from './enqueue.ts';
import { Job } from './job.ts';
import { runDueJobs } from './worker.ts';

interface Greeting {
  readonly name: string;
}

const greet: JobKind<Greeting> = { kind: 'test.greet', payload: z.object({ name: z.string() }) };
const workspaceId = 'ws_1';

describe('asking for a job', () => {
  let platform: TestPlatform;
  let greeted: string[] = [];

  beforeEach(async () => {
    platform = await testPlatform();
    greeted = [];
  });

  const ask = (name: string, request: Partial<JobRequest<Greeting>> = {}) =>
    platform.store.inTransaction((session) =>
      enqueue(platform, greet, { workspaceId, key: 'lane', payload: { name }, ...request, session }),
    );
  const work = (handle: (job: ClaimedJob<Greeting>) => Promise<void> | void = () => {}) =>
    runDueJobs(platform, [
      handleJob(greet, async (_platform, job) => {
        greeted.push(job.payload.name);
        await handle(job);
      }),
    ]);
  const count = () => Job.countDocuments({ workspaceId });

  it('twice before it ran is asking once, and the newest words count', async () => {
    await ask('Ada');
    await ask('Bob');
    assert.equal(await count(), 1);
    await work();
    assert.deepEqual(greeted, ['Bob']);
    assert.equal(await count(), 0);
  });

  it('keeps lanes, kinds and workspaces apart', async () => {
    await ask('Ada');
    await ask('Bob', { key: 'other lane' });
    await ask('Cy', { workspaceId: 'ws_2' });
    await work();
    assert.deepEqual(greeted.sort(), ['Ada', 'Bob', 'Cy']);
  });

  it('while it runs makes it run once more', async () => {
    await ask('Ada');
    await work(async () => {
      if (greeted.length > 1) return;
      await ask('Bob');
      await ask('Cy');
    });
    assert.deepEqual(greeted, ['Ada', 'Cy']);
    assert.equal(await count(), 0);
  });

  it('while it runs and then dies still makes it run once more', async () => {
    await ask('Ada');
    await work(async () => {
      if (greeted.length > 1) return;
      await ask('Bob');
      throw new Failure('vendorRefused', 'The address is not valid.', { code: 'refused' });
    });
    assert.deepEqual(greeted, ['Ada', 'Bob']);
    assert.equal(await count(), 0);
  });

  it('with a delay waits for it', async () => {
    await ask('Ada', { delayMs: 5000 });
    platform.clock.advance(4999);
    assert.equal(await work(), 0);
    platform.clock.advance(1);
    assert.equal(await work(), 1);
  });

  it('for a later moment does not put off an earlier one', async () => {
    await ask('Ada', { delayMs: 1000 });
    await ask('Bob', { delayMs: 60_000 });
    platform.clock.advance(1000);
    assert.equal(await work(), 1);
    assert.deepEqual(greeted, ['Bob']);
  });

  it('for an earlier moment brings a later one forward', async () => {
    await ask('Ada', { delayMs: 60_000 });
    await ask('Bob', { delayMs: 1000 });
    platform.clock.advance(1000);
    assert.equal(await work(), 1);
  });

  it('for later, while it runs, waits until then', async () => {
    await ask('Ada');
    await work(async () => {
      if (greeted.length === 1) await ask('Bob', { delayMs: 60_000 });
    });
    assert.deepEqual(greeted, ['Ada']);
    platform.clock.advance(60_000);
    await work();
    assert.deepEqual(greeted, ['Ada', 'Bob']);
  });

  it('for later does not put off the next try of one that failed', async () => {
    await ask('Ada');
    const busy = () => {
      if (greeted.length === 1) throw new Failure('vendorBusy', 'Too fast.', { code: 'busy' });
    };
    await work(busy);
    await ask('Bob', { delayMs: 3_600_000 });
    platform.clock.advance(60_000);
    await work(busy);
    assert.deepEqual(greeted, ['Ada', 'Bob']);
  });

  it('for later, while it runs, does not put off the next try when that run fails', async () => {
    await ask('Ada');
    const busy = async () => {
      if (greeted.length > 1) return;
      await ask('Bob', { delayMs: 3_600_000 });
      throw new Failure('vendorBusy', 'Too fast.', { code: 'busy' });
    };
    await work(busy);
    platform.clock.advance(60_000);
    await work(busy);
    assert.deepEqual(greeted, ['Ada', 'Bob']);
  });

  it('in a transaction that is given up leaves nothing', async () => {
    const givenUp = platform.store.inTransaction(async (session) => {
      await enqueue(platform, greet, { workspaceId, key: 'lane', payload: { name: 'Ada' }, session });
      throw new Error('given up');
    });
    await assert.rejects(givenUp, /given up/);
    assert.equal(await count(), 0);
    assert.equal(await work(), 0);
  });

  it('in a transaction that is given up leaves an earlier request as it was', async () => {
    await ask('Ada', { delayMs: 1000 });
    const givenUp = platform.store.inTransaction(async (session) => {
      await enqueue(platform, greet, { workspaceId, key: 'lane', payload: { name: 'Bob' }, session });
      throw new Error('given up');
    });
    await assert.rejects(givenUp, /given up/);
    assert.equal(await work(), 0);
    platform.clock.advance(1000);
    await work();
    assert.deepEqual(greeted, ['Ada']);
  });

  it('from many places at the same moment makes one job', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, n) => ask(`guest ${n}`)));
    assert.equal(await count(), 1);
    assert.equal((await Job.findOne({ workspaceId }).lean())?.wanted, 12);
    assert.equal(await work(), 1);
  });

  it('keeps words that look like database operators as words', async () => {
    await ask('$$NOW');
    await ask('$workspaceId');
    await work();
    assert.deepEqual(greeted, ['$workspaceId']);
  });
});
