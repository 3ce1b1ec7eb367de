/** Writes what a group of batches makes of its visitors. Who read an older version than is stored loses the race, and must look again. */
import type { ClientSession } from 'mongoose';
import { Visitor, type VisitorDocument } from '../contacts/visitor.ts';
import { native } from '../store/native.ts';
import type { Batch } from './batch.ts';

/** Marks each batch: `outcome.raceLost`. */
export async function writeVisitors(batches: readonly Batch[], session: ClientSession): Promise<void> {
  for (const { outcome } of batches) outcome.raceLost = false;
  const changing = batches.filter(({ versionRead, visitor }) => versionRead !== visitor.version);
  if (changing.length === 0) return;
  const { modifiedCount, upsertedCount } = await native<VisitorDocument>(Visitor).bulkWrite(changing.map(putInPlace), { session });
  // All were where they were read: nothing to look at.
  if (modifiedCount + upsertedCount < changing.length) await findLosers(changing, session);
}

/** A new visitor is there only once; a known one is written over the version that was read. */
function putInPlace({ versionRead, visitor }: Batch) {
  const { _id, workspaceId, ...fields } = visitor;
  if (versionRead === null) return { updateOne: { filter: { workspaceId, _id }, update: { $setOnInsert: fields }, upsert: true } };
  return { updateOne: { filter: { workspaceId, _id, version: versionRead }, update: { $set: fields } } };
}

async function findLosers(batches: readonly Batch[], session: ClientSession): Promise<void> {
  for (const [workspaceId, ofWorkspace] of Map.groupBy(batches, ({ visitor }) => visitor.workspaceId)) {
    const ids = ofWorkspace.map(({ visitor }) => visitor._id);
    const rows = await Visitor.find({ workspaceId, _id: { $in: ids } })
      .session(session)
      .lean();
    const stored = new Map(rows.map((row) => [row._id, row]));
    for (const { outcome, visitor } of ofWorkspace) outcome.raceLost = !isSame(stored.get(visitor._id), visitor);
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
