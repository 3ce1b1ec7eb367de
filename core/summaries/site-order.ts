/** Which session told an order first: it alone is counted for it. The number of the order is kept as a digest. */
import { type ClientSession, Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

interface SiteOrderDocument extends Owned {
  siteId: string;
  sessionId: string;
}

const schema = new Schema<SiteOrderDocument>(
  { ...ownedFields, siteId: { type: String, required: true }, sessionId: { type: String, required: true } },
  ownedOptions('siteOrders'),
);
schema.index({ workspaceId: 1, sessionId: 1 });

const SiteOrder = defineModel<SiteOrderDocument>('SiteOrder', schema);

interface Claim {
  readonly workspaceId: string;
  readonly siteId: string;
  readonly _id: string;
  readonly told?: { readonly orders?: Readonly<Record<string, unknown>> };
}

/** @returns those of the session's orders that no other session told before. */
export async function claimOrders({ workspaceId, siteId, _id: sessionId, told }: Claim, transaction: ClientSession): Promise<string[]> {
  const digests = Object.keys(told?.orders ?? {}).sort();
  if (digests.length === 0) return [];
  const idOf = (digest: string) => `${siteId}:${digest}`;
  const claims = digests.map((digest) => ({
    updateOne: { filter: { workspaceId, _id: idOf(digest) }, update: { $setOnInsert: { siteId, sessionId } }, upsert: true },
  }));
  await SiteOrder.bulkWrite(claims, { session: transaction });
  const rows = await SiteOrder.find({ workspaceId, _id: { $in: digests.map(idOf) }, sessionId }, { _id: 1 })
    .session(transaction)
    .lean();
  const won = new Set(rows.map(({ _id }) => _id));
  return digests.filter((digest) => won.has(idOf(digest)));
}

/** The session counts no longer: whoever tells its orders next is counted for them. */
export async function giveBackOrders(workspaceId: string, sessionId: string, transaction: ClientSession): Promise<void> {
  await SiteOrder.deleteMany({ workspaceId, sessionId }, { session: transaction });
}
