/** Changes what a client may say about a contact. */
import mongoose from 'mongoose';
import { Failure } from '#contract/failure.ts';
import type { ContactChange } from '#contract/rest.ts';
import { missing } from '../workspaces/require-member.ts';
import { Contact, type ContactDocument } from './contact.ts';

/** @returns the contact as it is now. Throws `conflict` when somebody else has the e-mail address or the external id. */
export async function changeContact(contact: ContactDocument, { email, ...rest }: ContactChange): Promise<ContactDocument> {
  const { workspaceId, _id } = contact;
  const fields = { ...rest, ...(email === undefined ? {} : { email: email?.toLowerCase() ?? null }) };
  if (Object.keys(fields).length === 0) return contact;
  const { email: address = contact.email, externalId = contact.externalId } = fields;
  refuseNameless({ email: address, externalId, crm: contact.crm });
  try {
    const changed = await Contact.findOneAndUpdate({ workspaceId, _id }, { $set: fields }, { returnDocument: 'after' }).lean();
    if (changed === null) throw missing('contact');
    return changed;
  } catch (error) {
    throw isTaken(error) ? takenBy(error) : error;
  }
}

/** Who has neither an address nor an id, and is in no CRM, can never be recognised again. */
function refuseNameless({ email, externalId, crm }: Pick<ContactDocument, 'email' | 'externalId' | 'crm'>): void {
  if (email !== null || externalId !== null || crm.length > 0) return;
  throw new Failure('invalid', 'Keep an e-mail address or an external id: by these the contact is recognised.', {
    code: 'invalid-input',
    fields: { email: 'Keep this or externalId' },
  });
}

export function isTaken(error: unknown): error is mongoose.mongo.MongoServerError {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000;
}

function takenBy(cause: mongoose.mongo.MongoServerError): Failure {
  const field = cause.message.includes('externalId') ? 'externalId' : 'email';
  const message = `Another contact has this ${field} already. Change that one, or merge the two in your CRM.`;
  return new Failure('conflict', message, { code: 'contact-exists', fields: { [field]: message }, cause });
}
