/** A person with a login and a role in one workspace. */
import { Schema } from 'mongoose';
import { type Role, roles } from '#contract/roles.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface MemberDocument extends Owned {
  name: string;
  /** Lower case. */
  email: string;
  role: Role;
  /** Null for members who only sign in by link or by a provider. */
  passwordHash: string | null;
  createdAt: Date;
}

const schema = new Schema<MemberDocument>(
  {
    ...ownedFields,
    name: { type: String, required: true },
    email: { type: String, required: true },
    role: { type: String, enum: roles, required: true },
    passwordHash: { type: String, default: null },
    createdAt: { type: Date, required: true },
  },
  ownedOptions('members'),
);
// One login is one person everywhere, so the key has no workspace in it.
schema.index({ email: 1 }, { unique: true });
schema.index({ workspaceId: 1 });

export const Member = defineModel<MemberDocument>('Member', schema);
