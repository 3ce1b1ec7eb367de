/** A member says whose browser it is, or whose it is not. What follows for its visits is a durable job. */
import { Failure } from '#contract/failure.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { giveBackLinks } from './give-back-links.ts';
import { Visitor, type VisitorDocument } from './visitor.ts';
import { settleVisitor } from './visitor-jobs.ts';

/** It is the contact it is bound to: its visits count from now on, those of before too. Again changes nothing. */
export async function confirmVisitor(platform: Platform, visitor: VisitorDocument): Promise<VisitorDocument> {
  return changeBinding(platform, visitor, (now) =>
    now.standing === 'bound' ? now : { ...now, boundBy: 'member', boundAt: platform.clock.now(), standing: 'bound' },
  );
}

/** It is somebody else: its visits leave the contact, and no link binds it to the contact again. Identify still may. */
export async function unbindVisitor(platform: Platform, visitor: VisitorDocument): Promise<void> {
  await changeBinding(platform, visitor, (now) => (now.contactId === null ? now : unbound(now, now.contactId)));
}

function unbound(visitor: VisitorDocument, from: string): VisitorDocument {
  const unboundFrom = [...new Set([...visitor.unboundFrom, from])];
  return { ...visitor, contactId: null, boundBy: null, boundAt: null, standing: 'open', opened: [], unboundFrom };
}

/** Throws `conflict` when the browser is another contact's by now. */
async function changeBinding(
  platform: Platform,
  asked: VisitorDocument,
  change: (visitor: VisitorDocument) => VisitorDocument,
): Promise<VisitorDocument> {
  const { workspaceId, _id } = asked;
  return platform.store.inTransaction(async (transaction) => {
    const before = await Visitor.findOne({ workspaceId, _id }).session(transaction).lean();
    if (before === null || before.contactId !== asked.contactId) throw changedMeanwhile();
    const wanted = change(before);
    if (wanted === before) return before;
    if (wanted.contactId !== before.contactId) await giveBackLinks(before, transaction);
    const after = { ...wanted, version: before.version + 1, unsettled: true };
    await Visitor.replaceOne({ workspaceId, _id }, after, { session: transaction });
    await enqueue(platform, settleVisitor, { workspaceId, key: _id, payload: { visitorId: _id }, session: transaction });
    return after;
  });
}

function changedMeanwhile(): Failure {
  return new Failure('conflict', 'This browser belongs to somebody else by now. Load the page again.', { code: 'visitor-changed' });
}
