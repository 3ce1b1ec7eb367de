/** A link made for one contact: its own token in `ll`, so that it can be counted and revoked apart from the contact's others. */
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface TrackedLinkDocument extends Owned {
  contactId: string;
  token: string;
  /** Where it leads, without the token. */
  url: string;
  createdAt: Date;
  createdBy: string;
  lastClickedAt: Date | null;
  /** The browser it is bound to: the first that opened it with a person in front. */
  visitorId: string | null;
  sessionIds: string[];
  revokedAt: Date | null;
}

const schema = new Schema<TrackedLinkDocument>(
  {
    ...ownedFields,
    contactId: { type: String, required: true },
    token: { type: String, required: true },
    url: { type: String, required: true },
    createdAt: { type: Date, required: true },
    createdBy: { type: String, required: true },
    lastClickedAt: { type: Date, default: null },
    visitorId: { type: String, default: null },
    sessionIds: { type: [String], required: true },
    revokedAt: { type: Date, default: null },
  },
  ownedOptions('trackedLinks'),
);
schema.index({ workspaceId: 1, token: 1 }, { unique: true });
schema.index({ workspaceId: 1, contactId: 1, createdAt: -1, _id: 1 });
schema.index({ workspaceId: 1, createdAt: -1, _id: 1 });

export const TrackedLink = defineModel<TrackedLinkDocument>('TrackedLink', schema);

/**
 * Adds the token by hand: a URL parser would percent-encode the braces of merge tags in the same address. A token that is in the address
 * already, copied from another visit, gives way: the browser would believe the first.
 */
export function linkAddress(url: string, token: string): string {
  const [beforeHash = '', ...hash] = url.split('#');
  const [page = '', ...query] = beforeHash.split('?');
  const kept = query
    .join('?')
    .split('&')
    .filter((part) => part !== '' && !/^ll(=|$)/.test(part));
  return [`${page}?${[...kept, `ll=${token}`].join('&')}`, ...hash].join('#');
}
