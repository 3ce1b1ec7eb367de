/** The visitor took the consent back: its visit is over, it belongs to nobody, and its id is not kept. Safe to repeat. */
import type { ClientSession } from 'mongoose';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { Session } from '../sessions/session.ts';
import { refreshInsight } from '../sessions/session-jobs.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { giveBackLinks } from './give-back-links.ts';
import { newVisitor, Visitor, type VisitorDocument } from './visitor.ts';

export async function withdrawVisitor(platform: Platform, site: SiteDocument, vid: string): Promise<void> {
  const unknown = newVisitor(site, vid);
  const key = { workspaceId: site.workspaceId, _id: unknown._id };
  await platform.store.inTransaction(async (transaction) => {
    const before = await Visitor.findOne(key).session(transaction).lean();
    // Nothing was ever kept of it, or all of it is withdrawn already.
    if (before === null || (before.withdrawnAt !== null && !(await hasVisits(before, transaction)))) return;
    await giveBackLinks(before, transaction);
    const version = before.version + 1;
    const after: VisitorDocument = { ...unknown, vid: null, version, withdrawnVersion: version, withdrawnAt: platform.clock.now() };
    await Visitor.replaceOne(key, after, { session: transaction });
    await endSessions(platform, after, transaction);
  });
}

async function hasVisits({ workspaceId, _id: visitorId }: VisitorDocument, transaction: ClientSession): Promise<boolean> {
  return (await Session.exists({ workspaceId, visitorId, withdrawnAt: null }).session(transaction)) !== null;
}

async function endSessions(platform: Platform, visitor: VisitorDocument, transaction: ClientSession): Promise<void> {
  const { workspaceId, _id: visitorId, withdrawnAt } = visitor;
  const kept = { workspaceId, visitorId, withdrawnAt: null };
  const open = await Session.find({ ...kept, endedAt: null }, { lastEventAt: 1 })
    .session(transaction)
    .lean();
  for (const { _id: key, lastEventAt } of open) {
    await Session.updateOne({ workspaceId, _id: key }, { $set: { endedAt: lastEventAt } }, { session: transaction });
    await enqueue(platform, refreshInsight, { workspaceId, key, payload: { sessionId: key }, session: transaction });
  }
  await Session.updateMany(kept, { $set: { withdrawnAt } }, { session: transaction });
}
