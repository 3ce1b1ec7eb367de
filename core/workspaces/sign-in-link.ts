/** One-time sign-in links: a secret that works once, for a limited time. Only its hash is stored. */
import { Schema } from 'mongoose';
import { Failure } from '#contract/failure.ts';
import { hashSecret } from '../http/sign-in-session.ts';
import type { Platform } from '../platform.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import { newSecret } from '../store/new-id.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { Member, type MemberDocument } from './member.ts';

interface SignInLinkDocument extends Owned {
  /** `_id` is the hash of the token. */
  memberId: string;
  expiresAt: Date;
}

const schema = new Schema<SignInLinkDocument>(
  { ...ownedFields, memberId: { type: String, required: true }, expiresAt: { type: Date, required: true } },
  ownedOptions('signInLinks'),
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const SignInLink = defineModel<SignInLinkDocument>('SignInLink', schema);

/** @returns the address to open: `APP/sign-in?token=…`. */
export async function createSignInLink(
  platform: Platform,
  member: { readonly _id: string; readonly workspaceId: string },
  lifeMs: number,
): Promise<string> {
  const token = newSecret();
  const expiresAt = new Date(platform.clock.now().getTime() + lifeMs);
  await SignInLink.create([{ _id: hashSecret(token), workspaceId: member.workspaceId, memberId: member._id, expiresAt }]);
  return `${platform.config.publicUrl}/sign-in?token=${token}`;
}

/** Uses a link up. Throws `unauthenticated` when it is unknown, used or too old. */
export async function redeemSignInLink(platform: Platform, token: string): Promise<MemberDocument> {
  const link = await SignInLink.findOneAndDelete({ _id: hashSecret(token) })
    .setOptions(acrossWorkspaces)
    .lean();
  const fresh = link !== null && link.expiresAt > platform.clock.now();
  const member = fresh ? await Member.findOne({ workspaceId: link.workspaceId, _id: link.memberId }).lean() : null;
  if (member === null) {
    throw new Failure('unauthenticated', 'This sign-in link was used already or is too old. Ask for a new one.', {
      code: 'sign-in-link-spent',
    });
  }
  return member;
}
