/** First binder wins, per link: once a person was seen, the visitor takes the links it opened, or is told apart as a second browser. */
import type { ClientSession } from 'mongoose';
import { Contact } from '../contacts/contact.ts';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { type OpenedLink, Visitor, type VisitorDocument } from '../contacts/visitor.ts';
import { personSeen } from '../sessions/hold-session.ts';
import type { SettlingSession } from './settle-session.ts';

/** The visitor as it is then. */
export async function claimLinks(
  visitor: VisitorDocument,
  sessions: readonly SettlingSession[],
  transaction: ClientSession,
): Promise<VisitorDocument> {
  if (!visitor.unsettled) return visitor;
  const seen = sessions.filter((session) => session.contactId === visitor.contactId && personSeen(session));
  const proven = visitor.opened.filter(({ at }) => seen.some(({ lastSeenAt }) => lastSeenAt >= at));
  const mine: boolean[] = [];
  for (const link of proven) mine.push(await claimLink(visitor, link, transaction));
  const after = {
    standing: visitor.standing === 'bound' ? visitor.standing : standingOf(visitor, proven, mine),
    unsettled: proven.length < visitor.opened.length,
  };
  if (after.standing === visitor.standing && after.unsettled) return visitor;
  const { workspaceId, _id, version } = visitor;
  await Visitor.updateOne({ workspaceId, _id, version }, { $set: { ...after, version: version + 1 } }, { session: transaction });
  return { ...visitor, ...after, version: version + 1 };
}

/** A second browser is believed once it opens another link of the same contact. */
function standingOf({ standing }: VisitorDocument, proven: readonly OpenedLink[], mine: readonly boolean[]): VisitorDocument['standing'] {
  if (proven.length === 0) return standing;
  const links = new Set(proven.map(({ key }) => key).filter((key) => key !== ''));
  return mine.includes(true) || links.size > 1 ? 'bound' : 'forwarded';
}

/** @returns whether the link is this visitor's. */
async function claimLink(visitor: VisitorDocument, { linkId }: OpenedLink, transaction: ClientSession): Promise<boolean> {
  return linkId === null ? claimMergeTag(visitor, transaction) : claimTracked(visitor, linkId, transaction);
}

async function claimMergeTag(visitor: VisitorDocument, transaction: ClientSession): Promise<boolean> {
  const { workspaceId, _id: visitorId } = visitor;
  const key = { workspaceId, _id: visitor.contactId ?? '' };
  const contact = await Contact.findOne(key, { linkToken: 1, linkVisitorId: 1, linkVisitorToken: 1 }).session(transaction).lean();
  if (contact === null) return false;
  const { linkToken, linkVisitorId, linkVisitorToken } = contact;
  // A token that was changed since is free.
  if (linkVisitorToken === linkToken && (await isHeldBy(visitor, linkVisitorId, transaction))) return linkVisitorId === visitorId;
  await Contact.updateOne(key, { $set: { linkVisitorId: visitorId, linkVisitorToken: linkToken } }, { session: transaction });
  return true;
}

async function claimTracked(visitor: VisitorDocument, linkId: string, transaction: ClientSession): Promise<boolean> {
  const { workspaceId, _id: visitorId } = visitor;
  const key = { workspaceId, _id: linkId };
  const link = await TrackedLink.findOne(key, { visitorId: 1, revokedAt: 1 }).session(transaction).lean();
  if (link === null || link.revokedAt !== null) return false;
  if (await isHeldBy(visitor, link.visitorId, transaction)) return link.visitorId === visitorId;
  await TrackedLink.updateOne(key, { $set: { visitorId } }, { session: transaction });
  return true;
}

/** A browser that is the contact's no longer holds nothing. */
async function isHeldBy(
  { workspaceId, _id, contactId }: VisitorDocument,
  holder: string | null | undefined,
  transaction: ClientSession,
): Promise<boolean> {
  if (holder === _id) return true;
  if (typeof holder !== 'string') return false;
  return (await Visitor.exists({ workspaceId, _id: holder, contactId }).session(transaction)) !== null;
}
