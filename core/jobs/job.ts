/** One durable piece of work. At most one per workspace, kind and key exists: asking again coalesces into it. */
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface JobDocument extends Owned {
  kind: string;
  /** The lane: jobs of one key never run at the same time. */
  key: string;
  /** Jobs of one group may be claimed together as a batch (a connection, for deliveries). */
  group: string;
  payload: unknown;
  /** `ready` runs when due; `parked` waits for its connection; `dead` waits for a person. */
  state: 'ready' | 'parked' | 'dead';
  /** How often it was asked for, and how much of that the run in progress covers: when they differ at the end, it runs again. */
  wanted: number;
  taken: number;
  dueAt: Date;
  /** Not before this, however often it is asked for: backoff and `Retry-After`. */
  notBefore: Date;
  attempts: number;
  /** Grows with every claim; a worker whose fence is old may write nothing. */
  fence: number;
  owner: string | null;
  leaseUntil: Date;
  lastError: string | null;
  createdAt: Date;
}

const schema = new Schema<JobDocument>(
  {
    ...ownedFields,
    kind: { type: String, required: true },
    key: { type: String, required: true },
    group: { type: String, required: true },
    payload: Schema.Types.Mixed,
    state: { type: String, required: true },
    wanted: { type: Number, required: true },
    taken: { type: Number, required: true },
    dueAt: { type: Date, required: true },
    notBefore: { type: Date, required: true },
    attempts: { type: Number, required: true },
    fence: { type: Number, required: true },
    owner: { type: String, default: null },
    leaseUntil: { type: Date, required: true },
    lastError: { type: String, default: null },
    createdAt: { type: Date, required: true },
  },
  ownedOptions('jobs'),
);
schema.index({ workspaceId: 1, kind: 1, key: 1 }, { unique: true });
schema.index({ workspaceId: 1, group: 1, state: 1 });
// Claims serve all workspaces in the order in which work became due.
schema.index({ state: 1, dueAt: 1 });

export const Job = defineModel<JobDocument>('Job', schema);
