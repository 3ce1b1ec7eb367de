/** A contact of the caller's own workspace. */
import { missing } from '../workspaces/require-member.ts';
import { Contact, type ContactDocument } from './contact.ts';

/** Throws `missing`. */
export async function findContact({ workspaceId }: { readonly workspaceId: string }, id: string | undefined): Promise<ContactDocument> {
  const contact = await Contact.findOne({ workspaceId, _id: id ?? '' }).lean();
  if (contact === null) throw missing('contact');
  return contact;
}
