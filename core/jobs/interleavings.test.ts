import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { claimJobs } from './claim.ts';
import { handleJob, type JobKind } from './define-job.ts';
import { enqueue } from './enqueue.ts';
import { failJob, finishJob } from './finish.ts';
import { Job, type JobDocument } from './job.ts';
import { runDueJobs } from './worker.ts';

/** `n`: the number of the request, so that a run shows which one it answers. */
const count: JobKind<{ n: number }> = { kind: 'test.count', payload: z.object({ n: z.number() }) };
const handlers = new Map([[count.kind, handleJob(count, async () => {})]]);

const lane = fc.constantFrom('a', 'b');
const which = fc.nat({ max: 5 });
const simpleStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ step: fc.constant('ask' as const), lane, delayMs: fc.constantFrom(0, 0, 700, 5000) }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('giveUpAsking' as const), lane }) },
  { weight: 4, arbitrary: fc.record({ step: fc.constant('claim' as const) }) },
  { weight: 3, arbitrary: fc.record({ step: fc.constant('finish' as const), which }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('fail' as const), which }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('fallAsleep' as const), which }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('wait' as const), ms: fc.constantFrom(1000, 40_000) }) },
);
type Step = typeof simpleStep extends fc.Arbitrary<infer Value> ? Value : never;

/** One after the other, or two at the same moment. */
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: simpleStep.map((one) => [one]) }, fc.tuple(simpleStep, simpleStep)), {
  minLength: 4,
  maxLength: 18,
});

interface Run {
  readonly job: JobDocument;
  readonly n: number;
  /** Its worker holds the lease, as far as it knows. */
  awake: boolean;
}

/** A workspace, what was asked for in it, and who works on it. */
class World {
  readonly workspaceId = `ws_${randomUUID()}`;
  readonly asked = new Map<string, number>();
  readonly done = new Map<string, number>();
  runs: Run[] = [];
  n = 0;
  private asking: Promise<void> = Promise.resolve();
  readonly platform: TestPlatform;

  constructor(platform: TestPlatform) {
    this.platform = platform;
  }

  async take(step: Step): Promise<void> {
    switch (step.step) {
      case 'ask':
        return this.ask(step.lane, step.delayMs);
      case 'giveUpAsking':
        return void (await assert.rejects(this.ask(step.lane, 0, new Error('given up')), /given up/));
      case 'claim':
        return this.claim();
      case 'wait':
        return this.platform.clock.advance(step.ms);
      default:
        return this.end(step.step, this.runs[step.which % Math.max(this.runs.length, 1)]);
    }
  }

  /** Requests come one after the other, so that it is known which is the last; everything else may happen meanwhile. */
  ask(key: string, delayMs: number, failure?: Error): Promise<void> {
    const asked = this.asking.then(() => this.askNow(key, delayMs, failure));
    this.asking = asked.catch(() => {});
    return asked;
  }

  private async askNow(key: string, delayMs: number, failure: Error | undefined): Promise<void> {
    this.n += 1;
    const payload = { n: this.n };
    await this.platform.store.inTransaction(async (session) => {
      await enqueue(this.platform, count, { workspaceId: this.workspaceId, key, payload, delayMs, session });
      if (failure !== undefined) throw failure;
    });
    this.asked.set(key, Math.max(this.asked.get(key) ?? 0, payload.n));
  }

  async claim(): Promise<void> {
    for (const job of await claimJobs(this.platform, handlers)) {
      const rival = this.runs.find((run) => run.awake && run.job.key === job.key);
      assert.equal(rival, undefined, `two workers run lane ${job.key} at once`);
      this.runs.push({ job, n: count.payload.parse(job.payload).n, awake: true });
    }
  }

  /** A worker that fell asleep may wake up late: what it did has happened, what it writes must not count against its successor. */
  async end(how: 'finish' | 'fail' | 'fallAsleep', run: Run | undefined): Promise<void> {
    if (run === undefined) return;
    const { job } = run;
    const { workspaceId, _id, fence } = job;
    run.awake = false;
    if (how === 'fallAsleep') {
      await Job.updateOne({ workspaceId, _id, fence }, { $set: { leaseUntil: new Date(0) } });
      return;
    }
    if (how === 'finish') this.done.set(job.key, Math.max(this.done.get(job.key) ?? 0, run.n));
    if (how === 'finish') await finishJob(job);
    else await failJob(this.platform, job, new Failure('vendorBusy', 'Busy.', { code: 'busy' }));
    this.runs = this.runs.filter((other) => other !== run);
  }

  /** Everybody who still works falls asleep for good; a healthy worker does what is left. */
  async settle(): Promise<void> {
    for (const run of this.runs) await this.end('fallAsleep', run);
    this.platform.clock.advance(48 * 3_600_000);
    const ran = handleJob(count, async (_platform, { key, payload }) => void this.done.set(key, payload.n));
    await runDueJobs(this.platform, [ran]);
  }
}

describe('requests, workers and accidents in any order', () => {
  it('each lane is worked at least once after it was last asked for, by one worker at a time, and nothing is left over', async () => {
    const platform = await testPlatform();
    const property = fc.asyncProperty(steps, async (course) => {
      const world = new World(platform);
      for (const moment of course) await Promise.all(moment.map((step) => world.take(step)));
      await world.settle();
      for (const [key, n] of world.asked) assert.ok((world.done.get(key) ?? 0) >= n, `lane ${key}: request ${n} was never answered`);
      assert.equal(await Job.countDocuments({ workspaceId: world.workspaceId }), 0);
    });
    await fc.assert(property, { numRuns: 40, interruptAfterTimeLimit: 15_000 });
  });
});
