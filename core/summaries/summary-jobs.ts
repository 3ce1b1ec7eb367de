/** What may be asked for about a site's summaries. */
import type { ClientSession } from 'mongoose';
import { z } from 'zod';
import type { JobKind } from '../jobs/define-job.ts';
import { enqueue, enqueueOperation } from '../jobs/enqueue.ts';
import { Job } from '../jobs/job.ts';
import type { Platform } from '../platform.ts';

const aboutSite = z.object({ siteId: z.string() });
/** Count the site's sessions that changed. Key: the site, so that its days are written in one lane. */
export const countSite: JobKind<z.infer<typeof aboutSite>> = { kind: 'summaries.count', payload: aboutSite };

const aboutMonth = z.object({ siteId: z.string(), month: z.string() });
/** Make the month from its days. Key: site and month. */
export const rollMonth: JobKind<z.infer<typeof aboutMonth>> = { kind: 'summaries.month', payload: aboutMonth };

/** Sessions that change within it are counted together. */
const countDelayMs = 500;
const rollDelayMs = 2000;

/** The session says itself that it is owed, so the wish needs no transaction: it would only make those of one site wait for each other. */
export async function askForCount(platform: Platform, { workspaceId, siteId }: { workspaceId: string; siteId: string }): Promise<void> {
  const wish = { workspaceId, key: siteId, payload: { siteId }, delayMs: countDelayMs };
  await Job.bulkWrite([enqueueOperation(platform, countSite, wish)]);
}

interface Months {
  readonly workspaceId: string;
  readonly siteId: string;
  readonly months: readonly string[];
}

export async function askForMonths(platform: Platform, { workspaceId, siteId, months }: Months, session: ClientSession): Promise<void> {
  for (const month of months) {
    const wish = { workspaceId, key: `${siteId}:${month}`, payload: { siteId, month }, delayMs: rollDelayMs };
    await enqueue(platform, rollMonth, { ...wish, session });
  }
}
