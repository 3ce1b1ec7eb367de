/** API keys: making one, listing and revoking them. A key may only pass on what it has itself. */
import type Router from '@koa/router';
import { Failure } from '#contract/failure.ts';
import { apiKeyList, apiKeyRequest, newApiKey } from '#contract/rest.ts';
import { type Scope, scopes } from '#contract/scopes.ts';
import type { Platform } from '../platform.ts';
import { openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { newId } from '../store/new-id.ts';
import { noteAccess } from './access-log.ts';
import { ApiKey, type ApiKeyDocument, newKeySecret, presentKey } from './api-key.ts';
import { type Caller, may, missing } from './require-member.ts';

const mostKeys = 100;
const about = 'The key is told once, in `secret`, and cannot be read again. A key that makes keys gives them no scope that it has not.';

export function addKeyRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const keys = { path: '/v1/keys', tag: 'keys', query: noQuery } as const;

  const list = { method: 'get', name: 'listKeys', summary: 'List the API keys', needs: { scope: 'keys:read' } } as const;
  api.route({ ...keys, ...list, body: nothing, answer: apiKeyList }, async ({ caller: { workspaceId } }) => {
    const rows = await ApiKey.find({ workspaceId, revokedAt: null }).sort({ createdAt: -1, _id: 1 }).lean();
    return { items: rows.map(presentKey), next: null };
  });

  const make = { method: 'post', name: 'makeKey', summary: 'Make an API key', needs: { scope: 'keys:write' }, status: 201, about } as const;
  const told = { body: apiKeyRequest, answer: newApiKey, tellsSecret: true } as const;
  api.route({ ...keys, ...make, ...told }, async ({ caller, body: { name, scopes: asked, expiresAt } }) => {
    refuseMoreThanOwn(caller, asked);
    const { secret, ...kept } = newKeySecret();
    const expiry = expiresAt === null ? null : new Date(expiresAt);
    const key = await insertKey(platform, { ...kept, caller, name, asked, expiry });
    await noteAccess(platform, caller, { action: 'key.made', subject: key._id });
    return { ...presentKey(key), secret };
  });

  const revoke = { method: 'delete', path: '/v1/keys/:id', name: 'revokeKey', summary: 'Revoke an API key' } as const;
  const ended = { needs: { scope: 'keys:write' }, tag: 'keys', query: noQuery, body: nothing, answer: nothing } as const;
  api.route({ ...revoke, ...ended }, async ({ caller, params }) => {
    const mine = { workspaceId: caller.workspaceId, _id: params.id ?? '', revokedAt: null };
    const { matchedCount } = await ApiKey.updateOne(mine, { $set: { revokedAt: platform.clock.now() } });
    if (matchedCount === 0) throw missing('key');
    await noteAccess(platform, caller, { action: 'key.revoked', subject: mine._id });
    return undefined;
  });
}

interface NewKey extends Pick<ApiKeyDocument, 'hash' | 'prefix' | 'name'> {
  readonly caller: Caller;
  readonly asked: readonly Scope[];
  readonly expiry: Date | null;
}

async function insertKey(platform: Platform, { caller, asked, expiry, ...fields }: NewKey): Promise<ApiKeyDocument> {
  const { workspaceId, name: createdBy } = caller;
  const createdAt = platform.clock.now();
  if (expiry !== null && expiry <= createdAt) {
    const message = 'Give a moment in the future, or none.';
    throw new Failure('invalid', message, { code: 'invalid-input', fields: { expiresAt: message } });
  }
  if ((await ApiKey.countDocuments({ workspaceId, revokedAt: null })) >= mostKeys) {
    throw new Failure('conflict', `A workspace has at most ${mostKeys} API keys. Revoke one first.`, { code: 'too-many-keys' });
  }
  const times = { createdAt, expiresAt: expiry, revokedAt: null, lastUsedAt: null };
  const key: ApiKeyDocument = { _id: newId('key'), workspaceId, ...fields, scopes: [...new Set(asked)], createdBy, ...times };
  await ApiKey.create([key]);
  return key;
}

function refuseMoreThanOwn({ member, key }: Caller, asked: readonly Scope[]): void {
  const tooMuch = asked.find((scope) => (key === null ? !may(member, scopes[scope].permission) : !key.scopes.includes(scope)));
  if (tooMuch === undefined) return;
  throw new Failure('forbidden', `You cannot give ${tooMuch}, because you do not have it yourself.`, { code: 'scope-not-yours' });
}
