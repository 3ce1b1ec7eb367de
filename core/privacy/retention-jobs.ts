/** What may be asked for about retention. */
import { z } from 'zod';
import type { JobKind } from '../jobs/define-job.ts';

const aboutRawEvents = z.object({
  /** The last session that was looked at; null at the beginning. */
  after: z.object({ startedAt: z.coerce.date(), sessionId: z.string() }).nullable(),
});
/** Give the raw events that are stored the time that the workspace keeps them now. Key: the workspace. */
export const keepRawEvents: JobKind<z.infer<typeof aboutRawEvents>> = { kind: 'privacy.raw-events', payload: aboutRawEvents };

/** Folds that began before the change have ended by then. */
export const keepDelayMs = 5000;
