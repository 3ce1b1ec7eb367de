/** Makes or changes contacts by e-mail address or external id. Doing it twice is doing it once. */
import type { ContactUpsert } from '#contract/rest.ts';
import type { Platform } from '../platform.ts';
import { changeContact, isTaken } from './change-contact.ts';
import { Contact, type ContactDocument } from './contact.ts';
import { newContact } from './new-contact.ts';

export interface Upserted {
  readonly id: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
}

/** In the order in which they came: the later of two that are the same person finds what the earlier made. */
export async function upsertContacts(platform: Platform, workspaceId: string, asked: readonly ContactUpsert[]): Promise<Upserted[]> {
  const items: Upserted[] = [];
  for (const one of asked) items.push(await upsertContact(platform, workspaceId, one));
  return items;
}

async function upsertContact(platform: Platform, workspaceId: string, asked: ContactUpsert): Promise<Upserted> {
  const found = await findBy(workspaceId, asked);
  if (found !== null) return updated(found, asked);
  const { email = null, externalId = null, name = '', company = '' } = asked;
  const contact = newContact(platform, { workspaceId, email, externalId, name, company });
  try {
    await Contact.create([contact]);
    return { id: contact._id, outcome: 'created' };
  } catch (error) {
    // Somebody else made it at this moment.
    const made = isTaken(error) ? await findBy(workspaceId, asked) : null;
    if (made === null) throw error;
    return updated(made, asked);
  }
}

/** Where the two name different people, the address counts. */
async function findBy(workspaceId: string, { email, externalId }: ContactUpsert): Promise<ContactDocument | null> {
  const byEmail = email === undefined ? null : await Contact.findOne({ workspaceId, email: email.toLowerCase() }).lean();
  if (byEmail !== null || externalId === undefined) return byEmail;
  return Contact.findOne({ workspaceId, externalId }).lean();
}

async function updated(contact: ContactDocument, { email, externalId, name, company }: ContactUpsert): Promise<Upserted> {
  const change = {
    ...(email !== undefined && email.toLowerCase() !== contact.email && { email }),
    ...(externalId !== undefined && externalId !== contact.externalId && { externalId }),
    ...(name !== undefined && name !== contact.name && { name }),
    ...(company !== undefined && company !== contact.company && { company }),
  };
  if (Object.keys(change).length === 0) return { id: contact._id, outcome: 'unchanged' };
  await changeContact(contact, change);
  return { id: contact._id, outcome: 'updated' };
}
