/** Writes what a group of batches makes of its visitors. Who read an older version than is stored loses the race, and must look again. */
import type { ClientSession } from 'mongoose';
import { Visitor, type VisitorDocument } from '../contacts/visitor.ts';
import type { Batch } from './batch.ts';

/** Marks each batch: `race.lost`. */
export async function writeVisitors(batches: readonly Batch[], session: ClientSession): Promise<void> {
  for (const { race } of batches) race.lost = false;
  const changing = batches.filter(({ versionRead, visitor }) => versionRead !== visitor.version);
  if (changing.length === 0) return;
  const { modifiedCount, upsertedCount } = await Visitor.bulkWrite(changing.map(putInPlace), { session });
  // All were where they were read: nothing to look at.
  if (modifiedCount + upsertedCount < changing.length) await findLosers(changing, session);
}

function putInPlace({ workspaceId, visitorId, versionRead, visitor }: Batch) {
  const isAsRead = { $eq: [{ $ifNull: ['$version', 0] }, versionRead ?? 0] };
  return {
    updateOne: {
      filter: { workspaceId, _id: visitorId },
      update: [{ $replaceWith: { $cond: [isAsRead, { $literal: visitor }, '$$ROOT'] } }],
      upsert: true,
    },
  };
}

async function findLosers(batches: readonly Batch[], session: ClientSession): Promise<void> {
  for (const [workspaceId, ofWorkspace] of Map.groupBy(batches, (batch) => batch.workspaceId)) {
    const ids = ofWorkspace.map(({ visitorId }) => visitorId);
    const rows = await Visitor.find({ workspaceId, _id: { $in: ids } })
      .session(session)
      .lean();
    const stored = new Map(rows.map((row) => [row._id, row]));
    for (const { race, visitor } of ofWorkspace) race.lost = !isSame(stored.get(visitor._id), visitor);
  }
}

/** Two tabs that say the same at the same moment do not contradict each other. */
function isSame(stored: VisitorDocument | undefined, { version, contactId, boundBy, standing, opened }: VisitorDocument): boolean {
  return (
    stored !== undefined &&
    stored.version === version &&
    stored.contactId === contactId &&
    stored.boundBy === boundBy &&
    stored.standing === standing &&
    stored.opened.length === opened.length &&
    stored.opened.every(({ key }, nth) => key === opened[nth]?.key)
  );
}
