/** A browser, known by its first-party visitor id, and the contact it is bound to. */
import { createHash } from 'node:crypto';
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface VisitorDocument extends Owned {
  siteId: string;
  vid: string;
  contactId: string;
  /** What the binding rests on; identify is stronger than a link. */
  boundBy: 'link' | 'identify';
  boundAt: Date;
}

const schema = new Schema<VisitorDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    vid: { type: String, required: true },
    contactId: { type: String, required: true },
    boundBy: { type: String, enum: ['link', 'identify'], required: true },
    boundAt: { type: Date, required: true },
  },
  ownedOptions('visitors'),
);
schema.index({ workspaceId: 1, contactId: 1 });

export const Visitor = defineModel<VisitorDocument>('Visitor', schema);

/** The same browser on the same site always has the same id. */
export function visitorIdOf(site: { readonly workspaceId: string; readonly _id: string }, vid: string): string {
  return `vis_${digest([site.workspaceId, site._id, vid])}`;
}

/** One browser session of one contact. A browser that changes hands gets a session for each. */
export function sessionIdOf(site: { readonly workspaceId: string; readonly _id: string }, sid: string, contactId: string): string {
  return `ses_${digest([site.workspaceId, site._id, sid, contactId])}`;
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('|')).digest('base64url').slice(0, 22);
}
