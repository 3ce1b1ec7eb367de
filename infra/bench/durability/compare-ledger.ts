/** What is stored, beside what was acknowledged. */
import { setTimeout as delay } from 'node:timers/promises';
import { ArrivalRow } from '#core/ingest/arrival.ts';
import { EventBucket, rowsIn } from '#core/sessions/event-bucket.ts';
import { Session } from '#core/sessions/session.ts';
import type { Ledger } from './visits.ts';

export interface Comparison {
  /** Acknowledged, and not stored. */
  readonly lost: number;
  /** Stored more than once. */
  readonly twice: number;
  /** Stored, and never sent. */
  readonly foreign: number;
  /** Page views that the fold counted, less those that are stored. */
  readonly miscounted: number;
  readonly stored: number;
}

const patienceMs = 90_000;

/** Waits until everything that was acknowledged is folded into its session. */
export async function compareLedger(workspaceId: string, { acknowledged, sent }: Ledger): Promise<Comparison> {
  for (const end = Date.now() + patienceMs; (await ArrivalRow.countDocuments({ workspaceId })) > 0; await delay(250))
    if (Date.now() > end) throw new Error(`The fold left arrivals lying for ${patienceMs} ms`);
  const buckets = await EventBucket.find({ workspaceId }).lean();
  const eids = buckets.flatMap((bucket) => rowsIn(bucket).map(([eid]) => eid));
  const stored = new Set(eids);
  return {
    lost: [...acknowledged].filter((eid) => !stored.has(eid)).length,
    twice: eids.length - stored.size,
    foreign: [...stored].filter((eid) => !sent.has(eid)).length,
    miscounted: (await countedViews(workspaceId)) - stored.size,
    stored: stored.size,
  };
}

async function countedViews(workspaceId: string): Promise<number> {
  const sessions = await Session.find({ workspaceId }, { told: 1 }).lean();
  return sessions.reduce((sum, { told }) => sum + (told?.events?.page_view ?? 0), 0);
}
