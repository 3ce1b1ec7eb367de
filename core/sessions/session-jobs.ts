/** What may be asked for about a session, and when a session is over. */
import { z } from 'zod';
import type { JobKind } from '../jobs/define-job.ts';

const aboutSession = z.object({ sessionId: z.string() });
type AboutSession = z.infer<typeof aboutSession>;

/** Look at the session again: its summary, the contact's score and insight, and whom to tell. Key: the session. */
export const refreshInsight: JobKind<AboutSession> = { kind: 'insight.refresh', payload: aboutSession };

/** End the session if it is over. Key: the session. */
export const closeSession: JobKind<AboutSession> = { kind: 'session.close', payload: aboutSession };

/** Without a sign of the visitor for this long, the session is over. */
export const sessionIdleMs = 30 * 60_000;
/** After the last page was left, a next page may still load. */
export const leftGraceMs = 20_000;
