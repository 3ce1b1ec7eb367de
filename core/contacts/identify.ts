/** Says which contact a browser belongs to. Unknown browsers that give no reason to know them stay unknown: nothing is stored. */
import type { SentIdentity } from '#contract/events.ts';
import type { Platform } from '../platform.ts';
import { loadTogether } from '../store/load-together.ts';
import { native } from '../store/native.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { bindVisitor, type SaidByIdentify, type SaidByLink } from './bind-visitor.ts';
import { Contact, type ContactDocument } from './contact.ts';
import { newContact } from './new-contact.ts';
import { isOwnPerson } from './own-people.ts';
import { TrackedLink } from './tracked-link.ts';
import { newVisitor, Visitor, type VisitorDocument, visitorIdOf } from './visitor.ts';

export interface SentBy {
  readonly vid: string;
  readonly sid: string;
  readonly identity?: SentIdentity | undefined;
  /** See `OpenedLink.key`: in which campaign the contact's own token came. */
  readonly campaignKey?: string;
}

export interface Identification {
  /** As it is stored; null for a browser that was never seen. */
  readonly before: VisitorDocument | null;
  /** As it is after what was said now. */
  readonly visitor: VisitorDocument;
  /** What brought the visitor, when it was a link that counts for the contact. */
  readonly link: { readonly kind: 'mergeTag' | 'tracked'; readonly linkId: string | null } | null;
}

/** Every request asks for its visitor: those of one moment ask together. */
const findVisitor = loadTogether<{ readonly workspaceId: string; readonly visitorId: string }, VisitorDocument>(async (wanted) => {
  const filter = {
    workspaceId: { $in: unique(wanted.map(({ workspaceId }) => workspaceId)) },
    _id: { $in: wanted.map(({ visitorId }) => visitorId) },
  };
  const rows = new Map((await native<VisitorDocument>(Visitor).find(filter).toArray()).map((row) => [row._id, row]));
  return wanted.map(({ workspaceId, visitorId }) => {
    const row = rows.get(visitorId);
    return row?.workspaceId === workspaceId ? row : null;
  });
});

type LinkHolder = Pick<ContactDocument, '_id' | 'workspaceId' | 'linkToken' | 'linkVisitorId' | 'linkVisitorToken' | 'email'>;

/** The contact whose own token it is. */
const findLinked = loadTogether<{ readonly workspaceId: string; readonly token: string }, LinkHolder>(async (wanted) => {
  const projection = { workspaceId: 1, linkToken: 1, linkVisitorId: 1, linkVisitorToken: 1, email: 1 };
  const filter = {
    workspaceId: { $in: unique(wanted.map(({ workspaceId }) => workspaceId)) },
    linkToken: { $in: unique(wanted.map(({ token }) => token)) },
  };
  const rows = await native<ContactDocument>(Contact).find(filter, { projection }).toArray();
  const byToken = new Map(rows.map((row) => [`${row.workspaceId} ${row.linkToken}`, row]));
  return wanted.map(({ workspaceId, token }) => byToken.get(`${workspaceId} ${token}`) ?? null);
});

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** `own`: one of the site's own people, of whom nothing is kept. */
export async function identifyVisitor(platform: Platform, site: SiteDocument, sent: SentBy): Promise<Identification | 'own'> {
  const { workspaceId } = site;
  const visitorId = visitorIdOf(site, sent.vid);
  const before = await findVisitor({ workspaceId, visitorId });
  const visitor = before ?? newVisitor(site, sent.vid);
  const said = await whoIsSaid(platform, site, { ...sent, visitorId: visitor._id });
  if (said === 'own') return 'own';
  if (said === null || !site.config.modes.knownContacts) return { before, visitor, link: null };
  const bound = bindVisitor(visitor, said, { at: platform.clock.now(), sid: sent.sid });
  const after = { ...bound, vid: sent.vid };
  return { before, visitor: bound === visitor ? visitor : after, link: bound.contactId === said.contactId ? linkOf(said) : null };
}

function linkOf(said: SaidByIdentify | SaidByLink): Identification['link'] {
  if (said.by === 'identify') return null;
  return { kind: said.linkId === null ? 'mergeTag' : 'tracked', linkId: said.linkId };
}

type Asking = SentBy & { readonly visitorId: string };

async function whoIsSaid(platform: Platform, site: SiteDocument, sent: Asking): Promise<SaidByIdentify | SaidByLink | 'own' | null> {
  const { identity } = sent;
  if (identity === undefined) return null;
  if (await isOwnPerson(site, identity.email)) return 'own';
  const named = await contactByIdentify(platform, site, identity);
  if (named !== null) return (await isOwnPerson(site, named.email)) ? 'own' : { by: 'identify', contactId: named._id };
  return identity.token === undefined ? null : contactByToken(site, identity.token, sent);
}

async function contactByToken(site: SiteDocument, token: string, sent: Asking): Promise<SaidByLink | 'own' | null> {
  const { workspaceId } = site;
  const contact = await findLinked({ workspaceId, token });
  if (contact !== null) {
    const heldBy = contact.linkVisitorToken === contact.linkToken ? contact.linkVisitorId : null;
    return saidByLink(site, contact, { linkId: null, key: sent.campaignKey ?? '', heldByOther: isOther(heldBy, sent) });
  }
  const link = await TrackedLink.findOne({ workspaceId, token, revokedAt: null }, { contactId: 1, visitorId: 1 }).lean();
  if (link === null) return null;
  const owner = await Contact.findOne({ workspaceId, _id: link.contactId }, { email: 1 }).lean();
  const said = { linkId: link._id, key: link._id, heldByOther: isOther(link.visitorId, sent) };
  return owner === null ? null : saidByLink(site, owner, said);
}

function isOther(heldBy: string | null | undefined, { visitorId }: Asking): boolean {
  return typeof heldBy === 'string' && heldBy !== visitorId;
}

async function saidByLink(
  site: SiteDocument,
  contact: Pick<ContactDocument, '_id' | 'email'>,
  link: Omit<SaidByLink, 'by' | 'contactId'>,
): Promise<SaidByLink | 'own'> {
  return (await isOwnPerson(site, contact.email)) ? 'own' : { by: 'link', contactId: contact._id, ...link };
}

/** Finds the contact that the site named, or makes it. */
async function contactByIdentify(
  platform: Platform,
  site: SiteDocument,
  identity: SentIdentity,
): Promise<Pick<ContactDocument, '_id' | 'email'> | null> {
  const { workspaceId } = site;
  const email = identity.email?.toLowerCase();
  const externalId = identity.externalId;
  const keys = [...(email === undefined ? [] : [{ email }]), ...(externalId === undefined ? [] : [{ externalId }])];
  const [key] = keys;
  if (key === undefined) return null;
  // Where the two name different people, the address counts.
  for (const one of keys) {
    const found = await Contact.findOne({ workspaceId, ...one }, { email: 1 }).lean();
    if (found !== null) return found;
  }
  // Who is not to be known is not made a contact either.
  if (!site.config.modes.knownContacts) return null;
  const {
    _id,
    workspaceId: _owner,
    ...fields
  } = newContact(platform, { workspaceId, email: email ?? null, externalId: externalId ?? null, ...namesFrom(identity.traits) });
  return Contact.findOneAndUpdate(
    { workspaceId, ...key },
    { $setOnInsert: { _id, ...withoutKeys(fields, key) } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
}

/** An upsert takes the key's fields from its filter; naming them twice is an error. */
function withoutKeys(fields: object, key: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in key)));
}

function namesFrom(traits: SentIdentity['traits']): { name?: string; company?: string } {
  const { name, company } = traits ?? {};
  return { ...(typeof name === 'string' ? { name } : {}), ...(typeof company === 'string' ? { company } : {}) };
}
