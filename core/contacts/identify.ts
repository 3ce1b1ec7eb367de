/** Says which contact a browser belongs to. Unknown browsers that give no reason to know them stay unknown: nothing is stored. */
import type { SentIdentity } from '#contract/events.ts';
import type { Platform } from '../platform.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { Contact } from './contact.ts';
import { newContact } from './new-contact.ts';
import { TrackedLink } from './tracked-link.ts';
import { Visitor, type VisitorDocument, visitorIdOf } from './visitor.ts';

export interface Identification {
  readonly visitorId: string;
  readonly contactId: string;
  /** How the visitor must be bound now; null when it is bound so already. */
  readonly bind: VisitorDocument['boundBy'] | null;
  /** The tracked link that was clicked, if it was one. */
  readonly linkId: string | null;
}

export async function identifyVisitor(
  platform: Platform,
  site: SiteDocument,
  sent: { vid: string; identity?: SentIdentity | undefined },
): Promise<Identification | null> {
  const visitorId = visitorIdOf(site, sent.vid);
  const bound = await Visitor.findOne({ workspaceId: site.workspaceId, _id: visitorId }).lean();
  const named = sent.identity === undefined ? null : await contactByIdentify(platform, site, sent.identity);
  if (named !== null) return { visitorId, contactId: named, linkId: null, bind: isBound(bound, named, 'identify') ? null : 'identify' };
  // A link may have been forwarded: it never replaces what the site itself said about this browser.
  const linked =
    sent.identity?.token === undefined || bound?.boundBy === 'identify' ? null : await contactByToken(site, sent.identity.token);
  if (linked !== null) return { visitorId, ...linked, bind: isBound(bound, linked.contactId, 'link') ? null : 'link' };
  return bound === null ? null : { visitorId, contactId: bound.contactId, bind: null, linkId: null };
}

function isBound(bound: VisitorDocument | null, contactId: string, by: VisitorDocument['boundBy']): boolean {
  return bound !== null && bound.contactId === contactId && bound.boundBy === by;
}

async function contactByToken(site: SiteDocument, token: string): Promise<{ contactId: string; linkId: string | null } | null> {
  const { workspaceId } = site;
  const contact = await Contact.findOne({ workspaceId, linkToken: token }, { _id: 1 }).lean();
  if (contact !== null) return { contactId: contact._id, linkId: null };
  const link = await TrackedLink.findOne({ workspaceId, token, revokedAt: null }, { contactId: 1 }).lean();
  return link === null ? null : { contactId: link.contactId, linkId: link._id };
}

/** Finds the contact that the site named, or makes it. */
async function contactByIdentify(platform: Platform, site: SiteDocument, identity: SentIdentity): Promise<string | null> {
  const { workspaceId } = site;
  const email = identity.email?.toLowerCase();
  const externalId = identity.externalId;
  const keys = [...(email === undefined ? [] : [{ email }]), ...(externalId === undefined ? [] : [{ externalId }])];
  const [key] = keys;
  if (key === undefined) return null;
  // Where the two name different people, the address counts.
  for (const one of keys) {
    const found = await Contact.findOne({ workspaceId, ...one }, { _id: 1 }).lean();
    if (found !== null) return found._id;
  }
  const {
    _id,
    workspaceId: _owner,
    ...fields
  } = newContact(platform, { workspaceId, email: email ?? null, externalId: externalId ?? null, ...namesFrom(identity.traits) });
  const made = await Contact.findOneAndUpdate(
    { workspaceId, ...key },
    { $setOnInsert: { _id, ...withoutKeys(fields, key) } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return made._id;
}

/** An upsert takes the key's fields from its filter; naming them twice is an error. */
function withoutKeys(fields: object, key: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in key)));
}

function namesFrom(traits: SentIdentity['traits']): { name?: string; company?: string } {
  const { name, company } = traits ?? {};
  return { ...(typeof name === 'string' ? { name } : {}), ...(typeof company === 'string' ? { company } : {}) };
}
