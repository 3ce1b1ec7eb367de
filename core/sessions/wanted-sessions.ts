/** Which sessions are asked for, as a filter of which every part of an index is named, so that a page is read in its order. */
import { Failure } from '#contract/failure.ts';
import { Contact } from '../contacts/contact.ts';
import { Site } from '../workspaces/site.ts';
import { allSessionsIndex, type SessionMode, sessionListIndex, sessionModes } from './session.ts';

export interface WantedSessions {
  readonly workspaceId: string;
  readonly contactId?: string | { readonly $in: string[] };
  readonly siteId?: { readonly $in: string[] };
  readonly mode?: { readonly $in: SessionMode[] };
  readonly startedAt?: { readonly $gte?: Date; readonly $lt?: Date };
}

export interface AskedSessions {
  readonly site?: string | undefined;
  readonly contact?: string | undefined;
  readonly mode?: SessionMode | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly minScore?: number | undefined;
}

/** A score is the contact's: more of them than this are no filter. */
const mostContacts = 5000;

export async function wantedSessions(workspaceId: string, asked: AskedSessions): Promise<WantedSessions> {
  const { site, mode } = asked;
  const sites = site === undefined ? [] : await Site.find({ workspaceId, _id: site }, { _id: 1 }).lean();
  const whose = await contactsOf(workspaceId, asked);
  return {
    workspaceId,
    ...(site === undefined ? {} : { siteId: { $in: sites.map(({ _id }) => _id) } }),
    mode: { $in: mode === undefined ? [...sessionModes] : [mode] },
    ...(whose === undefined ? {} : { contactId: whose }),
    ...(asked.from === undefined && asked.to === undefined ? {} : { startedAt: timeOf(asked) }),
  };
}

/** The planner does not see by itself that some short runs of one index need no sorting. */
export function listIndexOf({ siteId }: Pick<WantedSessions, 'siteId'>) {
  return siteId === undefined ? allSessionsIndex : sessionListIndex;
}

export function timeOf({ from, to }: Pick<AskedSessions, 'from' | 'to'>): { $gte?: Date; $lt?: Date } {
  return { ...(from === undefined ? {} : { $gte: new Date(from) }), ...(to === undefined ? {} : { $lt: new Date(to) }) };
}

async function contactsOf(workspaceId: string, { contact, minScore }: AskedSessions): Promise<WantedSessions['contactId']> {
  if (minScore === undefined) return contact;
  const hot = { workspaceId, 'intent.value': { $gte: minScore }, ...(contact === undefined ? {} : { _id: contact }) };
  const found = await Contact.find(hot, { _id: 1 })
    .limit(mostContacts + 1)
    .lean();
  if (found.length <= mostContacts) return { $in: found.map(({ _id }) => _id) };
  throw new Failure('invalid', `More than ${mostContacts} contacts have this score. Ask for a higher minScore.`, {
    code: 'too-many-contacts',
    fields: { minScore: 'Ask for a higher one' },
  });
}
