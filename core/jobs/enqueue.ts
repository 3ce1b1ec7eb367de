/** Asks for a job, in the same transaction as what caused it. Asking twice before it ran is asking once. */
import type { ClientSession } from 'mongoose';
import type { Platform } from '../platform.ts';
import { newId } from '../store/new-id.ts';
import type { JobKind } from './define-job.ts';
import { Job } from './job.ts';

export interface JobRequest<Payload> {
  readonly workspaceId: string;
  /** The lane. Same kind and key: one job. */
  readonly key: string;
  readonly payload: Payload;
  /** Jobs of one group may run as one batch. Default: the key. */
  readonly group?: string;
  /** Earliest start from now. An earlier one that was asked for before stays. */
  readonly delayMs?: number;
}

export async function enqueue<Payload>(
  platform: Platform,
  kind: JobKind<Payload>,
  request: JobRequest<Payload> & { readonly session: ClientSession },
): Promise<void> {
  await Job.bulkWrite([enqueueOperation(platform, kind, request)], { session: request.session });
}

/** The same as a bulk operation, for callers that write many things at once. */
export function enqueueOperation<Payload>(platform: Platform, kind: JobKind<Payload>, request: JobRequest<Payload>) {
  const now = platform.clock.now();
  const dueAt = new Date(now.getTime() + (request.delayMs ?? 0));
  const { workspaceId, key, payload, group = key } = request;
  return {
    updateOne: {
      filter: { workspaceId, kind: kind.kind, key },
      update: [
        {
          $set: {
            _id: { $ifNull: ['$_id', newId('job')] },
            group,
            payload: { $literal: payload },
            // A dead job gets a new chance by a new cause; a parked one keeps waiting for its connection.
            state: { $cond: [{ $eq: ['$state', 'parked'] }, 'parked', 'ready'] },
            attempts: { $cond: [{ $eq: ['$state', 'ready'] }, '$attempts', 0] },
            wanted: { $add: [{ $ifNull: ['$wanted', 0] }, 1] },
            taken: { $ifNull: ['$taken', 0] },
            // While an earlier request waits for its turn, the earlier moment counts.
            dueAt: { $cond: [{ $gt: ['$wanted', '$taken'] }, { $min: ['$dueAt', dueAt] }, dueAt] },
            notBefore: { $ifNull: ['$notBefore', new Date(0)] },
            fence: { $ifNull: ['$fence', 0] },
            leaseUntil: { $ifNull: ['$leaseUntil', new Date(0)] },
            lastError: { $ifNull: ['$lastError', null] },
            createdAt: { $ifNull: ['$createdAt', now] },
          },
        },
      ],
      upsert: true,
    },
  };
}
