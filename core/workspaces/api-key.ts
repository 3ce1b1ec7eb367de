/** A key of the REST API: a secret of a workspace with scopes. Only its hash is stored; 256 random bits need no slow one. */
import { randomBytes } from 'node:crypto';
import { Schema } from 'mongoose';
import type { ApiKey as ApiKeyView } from '#contract/rest.ts';
import type { Scope } from '#contract/scopes.ts';
import { hashSecret } from '../http/sign-in-session.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface ApiKeyDocument extends Owned {
  name: string;
  hash: string;
  /** The beginning of the secret, to recognise it by. */
  prefix: string;
  scopes: Scope[];
  createdAt: Date;
  /** Name of who made it. */
  createdBy: string;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** Written at most once a minute. */
  lastUsedAt: Date | null;
}

const schema = new Schema<ApiKeyDocument>(
  {
    ...ownedFields,
    name: { type: String, required: true },
    hash: { type: String, required: true },
    prefix: { type: String, required: true },
    scopes: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    createdBy: { type: String, required: true },
    expiresAt: { type: Date, default: null },
    revokedAt: { type: Date, default: null },
    lastUsedAt: { type: Date, default: null },
  },
  ownedOptions('apiKeys'),
);
// The key arrives before we know the workspace.
schema.index({ hash: 1 }, { unique: true });
schema.index({ workspaceId: 1, createdAt: -1 });
// What was revoked is kept for as long as the access log names it.
schema.index({ revokedAt: 1 }, { expireAfterSeconds: 90 * 24 * 3600 });

export const ApiKey = defineModel<ApiKeyDocument>('ApiKey', schema);

const shownLength = 12;

export function newKeySecret(): { readonly secret: string; readonly hash: string; readonly prefix: string } {
  const secret = `llk_${randomBytes(32).toString('base64url')}`;
  return { secret, hash: hashSecret(secret), prefix: secret.slice(0, shownLength) };
}

export function presentKey(key: ApiKeyDocument): ApiKeyView {
  return {
    id: key._id,
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes,
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdBy,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}
