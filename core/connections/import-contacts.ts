/** Stores one page of a CRM's contacts: matches before it makes, by record and then by e-mail address. */
import type { CrmContact } from '#contract/connector.ts';
import { Contact, type ContactDocument, type CrmRecord } from '../contacts/contact.ts';
import { newContact } from '../contacts/new-contact.ts';
import type { Platform } from '../platform.ts';
import type { ConnectionDocument } from './connection.ts';

export interface StoredContact {
  readonly contactId: string;
  /** There is something to show of them. */
  readonly hasVisited: boolean;
  readonly recordId: string;
  readonly linkToken: string;
  /** The token that the CRM's record holds now. */
  readonly onRecord: string | null;
}

/** Safe to repeat. Names and companies follow the CRM; everything else of a known contact stays. */
export async function importContacts(
  platform: Platform,
  connection: ConnectionDocument,
  contacts: readonly CrmContact[],
): Promise<StoredContact[]> {
  const known = new Map((await findKnown(connection, contacts)).map((contact) => [contact._id, contact]));
  const taken = await takenTokens(connection, contacts);
  const stored: StoredContact[] = [];
  for (const row of contacts) {
    const match = findMatch([...known.values()], connection, row);
    const contact =
      match === undefined
        ? await make(platform, connection, { row: withFreeEmail([...known.values()], row), taken })
        : await update(connection, match, row);
    // The next row of the page may be the same person again.
    known.set(contact._id, contact);
    const { _id: contactId, linkToken, lastSessionId } = contact;
    stored.push({ contactId, hasVisited: lastSessionId !== null, recordId: row.recordId, linkToken, onRecord: row.linkToken });
  }
  return stored;
}

function findKnown({ workspaceId, _id: connectionId }: ConnectionDocument, contacts: readonly CrmContact[]): Promise<ContactDocument[]> {
  const recordIds = contacts.map((row) => row.recordId);
  const emails = contacts.flatMap((row) => (row.email === null ? [] : [row.email.toLowerCase()]));
  return Contact.find({
    workspaceId,
    $or: [{ crm: { $elemMatch: { connectionId, recordId: { $in: recordIds } } } }, { email: { $in: emails } }],
  }).lean();
}

/** Whoever has the record already; else whoever has the address, and no other record at this CRM. */
function findMatch(
  known: readonly ContactDocument[],
  { _id: connectionId }: ConnectionDocument,
  row: CrmContact,
): ContactDocument | undefined {
  const recordIdOf = (contact: ContactDocument) => contact.crm.find((entry) => entry.connectionId === connectionId)?.recordId;
  const email = row.email?.toLowerCase();
  return (
    known.find((contact) => recordIdOf(contact) === row.recordId) ??
    known.find((contact) => email !== undefined && contact.email === email && recordIdOf(contact) === undefined)
  );
}

/** One address names one contact here: a second record with the same address is kept without it. */
function withFreeEmail(known: readonly ContactDocument[], row: CrmContact): CrmContact {
  const email = row.email?.toLowerCase();
  return email !== undefined && known.some((contact) => contact.email === email) ? { ...row, email: null } : row;
}

/** A token that stands on a record already stays in use, so that links in campaigns that were sent before keep working. */
async function takenTokens({ workspaceId }: ConnectionDocument, contacts: readonly CrmContact[]): Promise<Set<string>> {
  const tokens = contacts.flatMap((row) => (row.linkToken === null ? [] : [row.linkToken]));
  return new Set(await Contact.distinct('linkToken', { workspaceId, linkToken: { $in: tokens } }));
}

async function make(
  platform: Platform,
  connection: ConnectionDocument,
  { row, taken }: { row: CrmContact; taken: Set<string> },
): Promise<ContactDocument> {
  const usable = row.linkToken !== null && /^[A-Za-z0-9_-]{16,64}$/.test(row.linkToken) && !taken.has(row.linkToken);
  const linkToken = usable ? row.linkToken : null;
  if (linkToken !== null) taken.add(linkToken);
  const { name, email, company } = row;
  const contact = newContact(platform, {
    workspaceId: connection.workspaceId,
    name,
    email,
    company,
    crm: [recordOf(connection, row)],
    linkToken,
  });
  await Contact.create([contact]);
  return contact;
}

async function update(connection: ConnectionDocument, contact: ContactDocument, row: CrmContact): Promise<ContactDocument> {
  const fields = {
    name: row.name || contact.name,
    company: row.company || contact.company,
    crm: [recordOf(connection, row), ...contact.crm.filter((entry) => entry.connectionId !== connection._id)],
  };
  await Contact.updateOne({ workspaceId: contact.workspaceId, _id: contact._id }, { $set: fields });
  return { ...contact, ...fields };
}

function recordOf(connection: ConnectionDocument, row: CrmContact): CrmRecord {
  const { recordId, recordUrl, ownerId, lifecycle } = row;
  return { connectionId: connection._id, provider: connection.provider, recordId, url: recordUrl, ownerId, lifecycle };
}
