/** Which API key a request carries: `Authorization: Bearer llk_…`. */
import type { Context } from 'koa';
import { Failure } from '#contract/failure.ts';
import { hashSecret } from '../http/sign-in-session.ts';
import type { Platform } from '../platform.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { ApiKey, type ApiKeyDocument } from './api-key.ts';

const notedEveryMs = 60_000;

/** @returns null when the request carries none. Throws `unauthenticated` for one that is worth nothing. */
export async function findKey(platform: Platform, ctx: Context): Promise<ApiKeyDocument | null> {
  const header = ctx.get('Authorization');
  if (header === '') return null;
  const secret = /^bearer +(llk_[\w-]{43})$/i.exec(header)?.[1];
  const key =
    secret === undefined
      ? null
      : await ApiKey.findOne({ hash: hashSecret(secret) })
          .setOptions(acrossWorkspaces)
          .lean();
  const now = platform.clock.now();
  if (key === null || key.revokedAt !== null) {
    throw refused(ctx, 'This API key is not valid. Check it, or make a new one in Leadlight under Settings → API keys.', 'key-invalid');
  }
  if (key.expiresAt !== null && key.expiresAt <= now) {
    throw refused(ctx, 'This API key has expired. Make a new one in Leadlight under Settings → API keys.', 'key-expired');
  }
  await noteUse(key, now);
  return key;
}

async function noteUse({ workspaceId, _id, lastUsedAt }: ApiKeyDocument, now: Date): Promise<void> {
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < notedEveryMs) return;
  await ApiKey.updateOne({ workspaceId, _id, lastUsedAt }, { $set: { lastUsedAt: now } });
}

function refused(ctx: Context, message: string, code: string): Failure {
  ctx.set('WWW-Authenticate', 'Bearer realm="Leadlight", error="invalid_token"');
  return new Failure('unauthenticated', message, { code });
}
