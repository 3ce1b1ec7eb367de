/** How far folding is behind, over all replicas: what metrics tell. */
import { measureFold } from '../http/metrics.ts';
import type { Platform } from '../platform.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { ArrivalRow } from './arrival.ts';

/** Whoever collects metrics does not wait longer. */
const patienceMs = 1000;

export function measureBacklog(platform: Platform): void {
  measureFold(() => Promise.race([backlog(platform), inVain()]).catch(() => null));
}

async function backlog({ clock }: Platform) {
  const arrivals = await ArrivalRow.estimatedDocumentCount(acrossWorkspaces);
  const oldest = await ArrivalRow.findOne({}, { receivedAt: 1 }).sort({ _id: 1 }).setOptions(acrossWorkspaces).lean();
  return { arrivals, oldestSeconds: oldest === null ? 0 : Math.max(0, (clock.now().getTime() - oldest.receivedAt.getTime()) / 1000) };
}

function inVain(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), patienceMs).unref());
}
