/** Who is signed in: an opaque token in an httpOnly cookie; only its hash is stored. */
import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { Schema } from 'mongoose';
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import { newSecret } from '../store/new-id.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';

export interface SignInDocument extends Owned {
  /** `_id` is the hash of the cookie's token. */
  memberId: string;
  createdAt: Date;
  expiresAt: Date;
}

const schema = new Schema<SignInDocument>(
  {
    ...ownedFields,
    memberId: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  ownedOptions('signIns'),
);
schema.index({ workspaceId: 1, memberId: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const SignIn = defineModel<SignInDocument>('SignIn', schema);

const cookieName = 'll_session';
const lifeMs = 30 * 24 * 60 * 60 * 1000;

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Signs the browser in with a new token, whatever it held before. */
export async function beginSignIn(
  platform: Platform,
  ctx: Context,
  member: { readonly _id: string; readonly workspaceId: string },
): Promise<void> {
  const token = newSecret();
  const now = platform.clock.now();
  const expiresAt = new Date(now.getTime() + lifeMs);
  await SignIn.create([{ _id: hashSecret(token), workspaceId: member.workspaceId, memberId: member._id, createdAt: now, expiresAt }]);
  setCookie(platform, ctx, { token, expires: expiresAt });
}

export async function endSignIn(platform: Platform, ctx: Context): Promise<void> {
  const token = ctx.cookies.get(cookieName);
  if (token !== undefined) await SignIn.deleteOne({ _id: hashSecret(token) }).setOptions(acrossWorkspaces);
  setCookie(platform, ctx, { token: '', expires: new Date(0) });
}

/** The sign-in of this request, or null. */
export async function findSignIn(platform: Platform, ctx: Context): Promise<SignInDocument | null> {
  const token = ctx.cookies.get(cookieName);
  if (token === undefined || token === '') return null;
  const found = await SignIn.findOne({ _id: hashSecret(token) })
    .setOptions(acrossWorkspaces)
    .lean();
  return found !== null && found.expiresAt > platform.clock.now() ? found : null;
}

/** Refuses a state-changing request that another site made this browser send. */
export function refuseForeignOrigin(platform: Platform, ctx: Context): void {
  if (ctx.method === 'GET' || ctx.method === 'HEAD') return;
  const origin = ctx.get('Origin');
  const own =
    origin === '' ? ['', 'same-origin', 'none'].includes(ctx.get('Sec-Fetch-Site')) : origin === new URL(platform.config.publicUrl).origin;
  if (!own) throw new Failure('forbidden', 'This request came from another site and was refused.', { code: 'foreign-origin' });
}

function setCookie(platform: Platform, ctx: Context, { token, expires }: { token: string; expires: Date }): void {
  const secure = platform.config.publicUrl.startsWith('https:');
  // Koa's own `secure` check looks at the socket; behind a proxy only our public address knows.
  const parts = [
    `${cookieName}=${token}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Expires=${expires.toUTCString()}`,
    ...(secure ? ['Secure'] : []),
  ];
  ctx.append('Set-Cookie', parts.join('; '));
}
