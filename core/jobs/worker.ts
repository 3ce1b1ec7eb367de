/** Runs due jobs: as many at a time as there are slots, on any number of replicas. */
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { assertLease, claimJobs, leaseMs, renewLease } from './claim.ts';
import { type ClaimedJob, forgottenOutcome, type JobHandler, type JobOutcome } from './define-job.ts';
import { failJob, finishJob } from './finish.ts';
import type { JobDocument } from './job.ts';
import { bellOf, wakeWorkers } from './wake.ts';

export interface Worker {
  /** Takes no new job, and resolves when the running ones are finished. */
  stop(): Promise<void>;
}

/** Jobs mostly wait, for the database's disk and for vendors. */
const slots = 10;
const idlePollMs = 250;

export function startWorker(platform: Platform, handlers: readonly JobHandler[]): Worker {
  const known = new Map(handlers.map((handler) => [handler.kind, handler]));
  const stopping = new AbortController();
  const loops = Array.from({ length: slots }, () => runLoop(platform, known, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

/** Runs what is due now, until nothing is; answers how many jobs ran. For tests and for draining. */
export async function runDueJobs(platform: Platform, handlers: readonly JobHandler[]): Promise<number> {
  const known = new Map(handlers.map((handler) => [handler.kind, handler]));
  let count = 0;
  for (let ran = await runOnce(platform, known); ran > 0; ran = await runOnce(platform, known)) count += ran;
  return count;
}

async function runLoop(platform: Platform, handlers: ReadonlyMap<string, JobHandler>, stopping: AbortSignal): Promise<void> {
  const bell = bellOf(platform);
  while (!stopping.aborted) {
    const since = bell.rings;
    const ran = await runOnce(platform, handlers).catch((error: unknown) => {
      if (!stopping.aborted) platform.log.warn({ err: error }, 'the job queue could not be read; trying again');
      return 0;
    });
    if (ran === 0) await bell.rest(since, idlePollMs, stopping);
  }
}

async function runOnce(platform: Platform, handlers: ReadonlyMap<string, JobHandler>): Promise<number> {
  const jobs = await claimJobs(platform, handlers);
  const handler = handlers.get(jobs[0]?.kind ?? '');
  if (handler === undefined) return 0;
  // Where one is due, more may be.
  wakeWorkers(platform);
  const renewal = setInterval(() => void keepLeases(platform, jobs), leaseMs / 3);
  try {
    const outcomes = await outcomesOf(platform, handler, jobs);
    for (const [index, job] of jobs.entries()) await settle(platform, job, outcomes[index] ?? forgottenOutcome);
  } finally {
    clearInterval(renewal);
  }
  return jobs.length;
}

async function keepLeases(platform: Platform, jobs: readonly JobDocument[]): Promise<void> {
  await Promise.all(jobs.map(renewLease)).catch((error: unknown) => platform.log.warn({ err: error }, 'a lease could not be renewed'));
}

async function outcomesOf(platform: Platform, handler: JobHandler, jobs: readonly JobDocument[]): Promise<readonly JobOutcome[]> {
  try {
    return await handler.handle(platform, jobs.map(claimed));
  } catch (error) {
    return jobs.map(() => ({ ok: false, error }));
  }
}

function claimed(job: JobDocument): ClaimedJob<unknown> {
  const { _id: id, workspaceId, key, payload, attempts: attempt } = job;
  return { id, workspaceId, key, attempt, payload, assertMine: () => assertLease(job) };
}

async function settle(platform: Platform, job: JobDocument, outcome: JobOutcome): Promise<void> {
  if (outcome.ok) return finishJob(job);
  const end = await failJob(platform, job, outcome.error);
  const fields = { kind: job.kind, key: job.key, workspaceId: job.workspaceId, attempt: job.attempts, end };
  if (outcome.error instanceof Failure)
    platform.log.info({ ...fields, code: outcome.error.code, reason: outcome.error.message }, 'a job did not succeed');
  else if (end !== 'lost') platform.log.error({ ...fields, err: outcome.error }, 'a job failed unexpectedly');
}
