/** What may be asked for about recordings. */
import { z } from 'zod';
import type { JobKind } from '../jobs/define-job.ts';

const aboutSession = z.object({ sessionId: z.string() });
const aboutSite = z.object({ siteId: z.string() });

/** Pack the recording of a session that is over; remove what is left of one that was erased. Key: the session. */
export const compactRecording: JobKind<z.infer<typeof aboutSession>> = { kind: 'recording.compact', payload: aboutSession };

/** Make a new dictionary for the site where that pays. Key: the site. */
export const trainDictionaryOf: JobKind<z.infer<typeof aboutSite>> = { kind: 'recording.train', payload: aboutSite };

/** After a session is over, its last chunks may still be on their way: a browser tries again for a while. */
export const lastChunkMs = 60_000;
