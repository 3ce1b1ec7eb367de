/** Tells campaigns apart in which the same token travels, without keeping their names. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { IngestEnvelope } from '#contract/events.ts';

const pageView = z.object({ type: z.literal('page_view'), url: z.string() });

/** Empty when the batch does not tell where the visitor landed, so that a batch cut in two never looks like two campaigns. */
export function campaignKeyOf({ events, context }: Pick<IngestEnvelope, 'events' | 'context'>): string {
  const landed = events.map((event) => pageView.safeParse(event)).find((parsed) => parsed.success);
  const named = campaignIn(landed?.data?.url) ?? context?.utm?.campaign ?? null;
  if (named !== null && named !== '') return `campaign:${createHash('sha256').update(named).digest('base64url').slice(0, 16)}`;
  return landed === undefined && context === undefined ? '' : 'campaign:none';
}

function campaignIn(url: string | undefined): string | null {
  return url !== undefined && URL.canParse(url) ? new URL(url).searchParams.get('utm_campaign') : null;
}
