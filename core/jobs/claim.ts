/** Takes due jobs under a lease with a fencing number. Leases run on MongoDB's clock, so workers' clocks may differ. */
import { randomUUID } from 'node:crypto';
import type { Platform } from '../platform.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import type { JobHandler } from './define-job.ts';
import { Job, type JobDocument } from './job.ts';

export const leaseMs = 10_000;

/** Thrown to a worker that held a job for longer than its lease: another has it now. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** One due job of any of the kinds, with up to `batchSize - 1` more of its group; empty when nothing is due. */
export async function claimJobs(platform: Platform, handlers: ReadonlyMap<string, JobHandler>): Promise<JobDocument[]> {
  const owner = randomUUID();
  const first = await Job.findOneAndUpdate(dueFilter(platform.clock.now(), { kind: { $in: [...handlers.keys()] } }), claimUpdate(owner), {
    sort: { dueAt: 1 },
    returnDocument: 'after',
    updatePipeline: true,
    ...acrossWorkspaces,
  }).lean();
  if (first === null) return [];
  const room = (handlers.get(first.kind)?.batchSize ?? 1) - 1;
  return room > 0 ? [first, ...(await claimNeighbours(platform, first, room))] : [first];
}

async function claimNeighbours(platform: Platform, first: JobDocument, room: number): Promise<JobDocument[]> {
  const { workspaceId, kind, group, owner } = first;
  const due = dueFilter(platform.clock.now(), { workspaceId, kind, group });
  const ids = await Job.find({ ...due, workspaceId }, { _id: 1 })
    .sort({ dueAt: 1 })
    .limit(room)
    .lean();
  if (ids.length === 0) return [];
  await Job.updateMany({ ...due, workspaceId, _id: { $in: ids.map((job) => job._id) } }, claimUpdate(owner ?? ''), {
    updatePipeline: true,
  });
  return Job.find({ workspaceId, owner, _id: { $ne: first._id } }).lean();
}

function dueFilter(now: Date, scope: object) {
  return { ...scope, state: 'ready', dueAt: { $lte: now }, notBefore: { $lte: now }, $expr: { $lt: ['$leaseUntil', '$$NOW'] } } as const;
}

function claimUpdate(owner: string) {
  return [
    {
      $set: {
        owner,
        fence: { $add: ['$fence', 1] },
        attempts: { $add: ['$attempts', 1] },
        taken: '$wanted',
        leaseUntil: { $add: ['$$NOW', leaseMs] },
      },
    },
  ];
}

/** Keeps the lease; false when it is lost. */
export async function renewLease(job: JobDocument): Promise<boolean> {
  const { workspaceId, _id, fence } = job;
  const renewal = [{ $set: { leaseUntil: { $add: ['$$NOW', leaseMs] } } }];
  const { matchedCount } = await Job.updateOne({ workspaceId, _id, fence, $expr: { $gte: ['$leaseUntil', '$$NOW'] } }, renewal, {
    updatePipeline: true,
  });
  return matchedCount === 1;
}

export async function assertLease(job: JobDocument): Promise<void> {
  if (!(await renewLease(job))) throw new LeaseLostError(`${job.kind} ${job.key} was taken over by another worker`);
}
