/** A browser, known by its first-party visitor id, and the contact it is bound to. */
import { hash } from 'node:crypto';
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

/**
 * How sure it is that the browser is the contact's. `open`: a link was opened, and no person was seen yet. `forwarded`: a person was seen,
 * but the link was bound to another browser before. `bound`: it is theirs.
 */
export type Standing = 'open' | 'forwarded' | 'bound';

/** A link of the contact that this browser opened. */
export interface OpenedLink {
  /** Tells links apart: a tracked link, or the contact's own token in one campaign. Empty where the campaign is not known. */
  key: string;
  /** The tracked link; null for the contact's own token. */
  linkId: string | null;
  at: Date;
}

export interface VisitorDocument extends Owned {
  siteId: string;
  /** Null once the visitor took the consent back. */
  vid: string | null;
  /** Grows with every change of the binding: who read an older one may not write over a newer. */
  version: number;
  /** Null while nobody knows who it is. */
  contactId: string | null;
  /** What the binding rests on; identify and a member's word are stronger than a link. */
  boundBy: 'link' | 'identify' | 'member' | null;
  boundAt: Date | null;
  standing: Standing;
  /** Of the contact it is bound to. */
  opened: OpenedLink[];
  /** The binding changed, or a link was opened, and what follows for its sessions is not done yet. */
  unsettled: boolean;
  /** Contacts that a member said it is not: no link binds it to them again. */
  unboundFrom: string[];
  /** When the browser changed hands within one browser session: to whom that session belonged first. */
  firstOfSid: { sid: string; contactId: string } | null;
  /** The version at which consent was taken back; 0: never. Sessions of before are over for good. */
  withdrawnVersion: number;
  /** A visitor without consent is kept for a day, so that a batch on its way does not bring it back. */
  withdrawnAt: Date | null;
}

const schema = new Schema<VisitorDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    vid: { type: String, default: null },
    version: { type: Number, required: true },
    contactId: { type: String, default: null },
    boundBy: { type: String, default: null },
    boundAt: { type: Date, default: null },
    standing: { type: String, enum: ['open', 'forwarded', 'bound'], required: true },
    opened: { type: [new Schema({ key: String, linkId: String, at: Date }, { _id: false })], required: true },
    unsettled: { type: Boolean, required: true },
    unboundFrom: { type: [String], required: true },
    firstOfSid: { type: new Schema({ sid: String, contactId: String }, { _id: false }), default: null },
    withdrawnVersion: { type: Number, required: true },
    withdrawnAt: { type: Date, default: null },
  },
  ownedOptions('visitors'),
);
schema.index({ workspaceId: 1, contactId: 1, boundAt: -1, _id: 1 });
schema.index({ withdrawnAt: 1 }, { expireAfterSeconds: 24 * 3600 });

export const Visitor = defineModel<VisitorDocument>('Visitor', schema);

interface SiteKey {
  readonly workspaceId: string;
  readonly _id: string;
}

/** The same browser on the same site always has the same id. */
export function visitorIdOf(site: SiteKey, vid: string): string {
  return `vis_${digest([site.workspaceId, site._id, vid])}`;
}

/** A visitor of whom nothing is known yet. */
export function newVisitor(site: SiteKey, vid: string): VisitorDocument {
  return {
    _id: visitorIdOf(site, vid),
    workspaceId: site.workspaceId,
    siteId: site._id,
    vid,
    version: 0,
    contactId: null,
    boundBy: null,
    boundAt: null,
    standing: 'open',
    opened: [],
    unsettled: false,
    unboundFrom: [],
    firstOfSid: null,
    withdrawnVersion: 0,
    withdrawnAt: null,
  };
}

/**
 * One browser session, whoever turns out to be its visitor: who becomes known on the way goes on in the same one. Only a browser that
 * changes hands gets a session for each, and one that took its consent back begins anew.
 */
export function sessionIdOf(
  site: SiteKey,
  sid: string,
  of: Pick<VisitorDocument, 'contactId' | 'firstOfSid' | 'withdrawnVersion'> = newVisitor(site, ''),
): string {
  const changedHands = of.firstOfSid?.sid === sid && of.firstOfSid.contactId !== of.contactId;
  return `ses_${digest([
    site.workspaceId,
    site._id,
    sid,
    ...(of.withdrawnVersion > 0 ? [`after ${of.withdrawnVersion}`] : []),
    ...(changedHands ? [of.contactId ?? 'nobody'] : []),
  ])}`;
}

function digest(parts: readonly string[]): string {
  return hash('sha256', parts.join('|'), 'base64url').slice(0, 22);
}
