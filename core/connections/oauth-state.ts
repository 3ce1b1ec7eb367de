/** What must be remembered between leaving for a provider's consent page and coming back. Works once, for ten minutes. */
import { createHash } from 'node:crypto';
import { Schema } from 'mongoose';
import { Failure } from '#contract/failure.ts';
import { hashSecret } from '../http/sign-in-session.ts';
import type { Platform } from '../platform.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import { newSecret } from '../store/new-id.ts';
import type { MemberDocument } from '../workspaces/member.ts';

interface OAuthStateDocument extends Owned {
  /** `_id` is the hash of the state. */
  provider: string;
  memberId: string;
  /** PKCE verifier, JWE. */
  verifier: string;
  expiresAt: Date;
}

const schema = new Schema<OAuthStateDocument>(
  {
    ...ownedFields,
    provider: { type: String, required: true },
    memberId: { type: String, required: true },
    verifier: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  ownedOptions('oauthStates'),
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const OAuthState = defineModel<OAuthStateDocument>('OAuthState', schema);

const lifeMs = 10 * 60_000;

/** @returns the state for the address, and the S256 challenge of a verifier that stays here. */
export async function beginOAuth(
  platform: Platform,
  member: MemberDocument,
  provider: string,
): Promise<{ state: string; codeChallenge: string }> {
  const state = newSecret();
  const codeVerifier = newSecret() + newSecret();
  const { workspaceId } = member;
  const _id = hashSecret(state);
  const verifier = await platform.cipher.encrypt(placeOf(workspaceId, provider, _id), codeVerifier);
  await OAuthState.create([
    { _id, workspaceId, provider, memberId: member._id, verifier, expiresAt: new Date(platform.clock.now().getTime() + lifeMs) },
  ]);
  return { state, codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url') };
}

/** Uses the state up and gives the PKCE verifier. Throws `invalid` unless the same member comes back from the same provider in time. */
export async function finishOAuth(
  platform: Platform,
  member: MemberDocument,
  answer: { provider: string; state: string },
): Promise<string> {
  const { workspaceId } = member;
  const _id = hashSecret(answer.state);
  const known = await OAuthState.findOneAndDelete({ workspaceId, _id, provider: answer.provider, memberId: member._id }).lean();
  if (known === null || known.expiresAt < platform.clock.now()) {
    throw new Failure('invalid', 'This connection attempt is too old or was started elsewhere. Start it again.', {
      code: 'oauth-state-unknown',
    });
  }
  return platform.cipher.decrypt(placeOf(workspaceId, answer.provider, _id), known.verifier);
}

function placeOf(workspaceId: string, provider: string, id: string) {
  return { workspaceId, provider, field: `oauthState:${id}:verifier` };
}
