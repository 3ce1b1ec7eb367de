/** Who looked at what: kept 90 days. */
import { Schema } from 'mongoose';
import type { Platform } from '../platform.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import { newSecret } from '../store/new-id.ts';

interface AccessDocument extends Owned {
  /** Of the member, or of the API key. */
  memberId: string;
  /** What was done: `replay.watched`. */
  action: string;
  /** To what: the session's id. */
  subject: string;
  at: Date;
}

const schema = new Schema<AccessDocument>(
  {
    ...ownedFields,
    memberId: { type: String, required: true },
    action: { type: String, required: true },
    subject: { type: String, required: true },
    at: { type: Date, required: true },
  },
  ownedOptions('accessLog'),
);
schema.index({ workspaceId: 1, at: -1 });
schema.index({ at: 1 }, { expireAfterSeconds: 90 * 24 * 3600 });

const Access = defineModel<AccessDocument>('Access', schema);

export async function noteAccess(
  platform: Platform,
  caller: { readonly _id: string; readonly workspaceId: string },
  { action, subject }: { action: string; subject: string },
): Promise<void> {
  await Access.create([
    { _id: newSecret(), workspaceId: caller.workspaceId, memberId: caller._id, action, subject, at: platform.clock.now() },
  ]);
}
