/** Writes what became of a claimed job. Every write names the fence: a worker that lost its lease changes nothing. */
import { Failure, failureKinds } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { LeaseLostError } from './claim.ts';
import { Job, type JobDocument } from './job.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Waits between tries, about 27 hours in all; each is cut by full jitter. */
const retryDelaysMs = [1000, 5000, 10_000, 30_000, 5 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];
/** A bug is not helped by more tries than these. */
const triesForBugs = 5;
const noLease = new Date(0);

/** Done; or again at once, when it was asked for once more while it ran. */
export async function finishJob(job: JobDocument): Promise<void> {
  const mine = { workspaceId: job.workspaceId, _id: job._id, fence: job.fence };
  const { deletedCount } = await Job.deleteOne({ ...mine, wanted: job.taken });
  if (deletedCount === 0) await Job.updateOne(mine, { $set: { leaseUntil: noLease, owner: null, attempts: 0, lastError: null } });
}

export type JobEnd = 'retrying' | 'parked' | 'dead' | 'lost';

/** @returns what will happen to the job now. */
export async function failJob(platform: Platform, job: JobDocument, error: unknown): Promise<JobEnd> {
  if (error instanceof LeaseLostError) return 'lost';
  const end = endOf(job, error);
  const mine = { workspaceId: job.workspaceId, _id: job._id, fence: job.fence };
  const freed = { owner: null, leaseUntil: noLease, lastError: { $literal: messageOf(error) } };
  const changes = end === 'retrying' ? laterAgain(job, new Date(platform.clock.now().getTime() + delayOf(job, error))) : givenUp(job, end);
  await Job.updateOne(mine, [{ $set: { ...freed, ...changes } }], { updatePipeline: true });
  return end;
}

/** The request stays open, with its own moment: one for later that came meanwhile does not put it off. */
function laterAgain(job: JobDocument, notBefore: Date) {
  return { notBefore, taken: 0, dueAt: { $min: ['$dueAt', job.dueAt] } };
}

/** What was asked for while the job ran is a new cause, which its death does not answer. */
function givenUp(job: JobDocument, end: 'parked' | 'dead') {
  if (end === 'parked') return { state: end };
  const askedAgain = { $gt: ['$wanted', job.taken] };
  return { state: { $cond: [askedAgain, 'ready', end] }, attempts: { $cond: [askedAgain, 0, '$attempts'] } };
}

function endOf(job: JobDocument, error: unknown): 'retrying' | 'parked' | 'dead' {
  if (!(error instanceof Failure)) return job.attempts < triesForBugs ? 'retrying' : 'dead';
  const { retry } = failureKinds[error.kind];
  if (retry === 'afterReconnect') return 'parked';
  return retry === 'later' && job.attempts <= retryDelaysMs.length ? 'retrying' : 'dead';
}

function delayOf(job: JobDocument, error: unknown): number {
  const most = retryDelaysMs[Math.min(job.attempts, retryDelaysMs.length) - 1] ?? minute;
  const least = error instanceof Failure ? (error.retryAfterMs ?? 0) : 0;
  return least + Math.ceil(Math.random() * most);
}

/** Only a `Failure` has words for people; a bug's message may hold anything, so it stays in the log. */
function messageOf(error: unknown): string {
  return error instanceof Failure ? error.message : 'An unexpected error; the log has it.';
}
