/** The visitor's links are free again: the next browser that opens one is its first. */
import type { ClientSession } from 'mongoose';
import { Contact } from './contact.ts';
import { TrackedLink } from './tracked-link.ts';
import type { VisitorDocument } from './visitor.ts';

export async function giveBackLinks(visitor: VisitorDocument, session: ClientSession): Promise<void> {
  const { workspaceId, _id: visitorId, contactId } = visitor;
  if (contactId === null) return;
  const free = { $set: { linkVisitorId: null, linkVisitorToken: null } };
  await Contact.updateOne({ workspaceId, _id: contactId, linkVisitorId: visitorId }, free, { session });
  await TrackedLink.updateMany({ workspaceId, contactId, visitorId }, { $set: { visitorId: null } }, { session });
}
