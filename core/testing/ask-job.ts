/** Asks for a job in a transaction of its own. */
import type { JobKind } from '../jobs/define-job.ts';
import { enqueue, type JobRequest } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';

export function askJob<Payload>(platform: Platform, kind: JobKind<Payload>, request: JobRequest<Payload>): Promise<void> {
  return platform.store.inTransaction((session) => enqueue(platform, kind, { ...request, session }));
}
