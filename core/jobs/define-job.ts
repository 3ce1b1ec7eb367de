/** A job kind says what may be asked for; a handler, elsewhere, says what is then done. So who asks need not know who does. */
import type { z } from 'zod';
import type { Platform } from '../platform.ts';

export interface JobKind<Payload = unknown> {
  readonly kind: string;
  readonly payload: z.ZodType<Payload>;
}

export interface ClaimedJob<Payload> {
  readonly id: string;
  readonly workspaceId: string;
  readonly key: string;
  readonly payload: Payload;
  /** 1 at the first try. */
  readonly attempt: number;
  /** Throws `LeaseLostError` when another worker has taken the job over: call it right before an effect that cannot be repeated. */
  assertMine(): Promise<void>;
}

/** What became of one job of a batch: done, or the error it ended with. */
export type JobOutcome = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

/** A handler with its payload's type sealed inside, so that handlers of different kinds fit one list. */
export interface JobHandler {
  readonly kind: string;
  /** How many jobs of one group of one workspace are handled together, at most. */
  readonly batchSize: number;
  handle(platform: Platform, jobs: readonly ClaimedJob<unknown>[]): Promise<readonly JobOutcome[]>;
}

/** Handles one job at a time: done when `handle` resolves. */
export function handleJob<Payload>(
  kind: JobKind<Payload>,
  handle: (platform: Platform, job: ClaimedJob<Payload>) => Promise<void>,
): JobHandler {
  return handleJobs(kind, 1, async (platform, jobs) => {
    for (const job of jobs) await handle(platform, job);
    return jobs.map(() => ({ ok: true }));
  });
}

/** Handles up to `batchSize` jobs of one group in one go; answers an outcome for each, in order. A payload that cannot be read fails alone. */
export function handleJobs<Payload>(
  kind: JobKind<Payload>,
  batchSize: number,
  handle: (platform: Platform, jobs: readonly ClaimedJob<Payload>[]) => Promise<readonly JobOutcome[]>,
): JobHandler {
  return {
    kind: kind.kind,
    batchSize,
    handle: async (platform, jobs) => {
      const read = jobs.map((job) => ({ job, payload: kind.payload.safeParse(job.payload) }));
      const good = read.flatMap(({ job, payload }) => (payload.success ? [{ ...job, payload: payload.data }] : []));
      const outcomes = [...(good.length > 0 ? await handle(platform, good) : [])];
      return read.map(({ payload }) => (payload.success ? (outcomes.shift() ?? forgottenOutcome) : { ok: false, error: payload.error }));
    },
  };
}

/** For a job that its handler says nothing of: a bug, but no job is lost by it. */
export const forgottenOutcome: JobOutcome = { ok: false, error: new Error('the handler gave no outcome') };
