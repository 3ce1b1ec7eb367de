/** An API key of a workspace, for tests. @returns its secret. */
import { type Scope, scopeNames } from '#contract/scopes.ts';
import type { Platform } from '../platform.ts';
import { newId } from '../store/new-id.ts';
import { ApiKey, newKeySecret } from '../workspaces/api-key.ts';

/** @param scopes all, unless they are said. */
export async function makeKey(
  platform: Platform,
  { workspaceId }: { readonly workspaceId: string },
  scopes: readonly Scope[] = scopeNames,
): Promise<string> {
  const { secret, ...kept } = newKeySecret();
  const row = { _id: newId('key'), workspaceId, name: 'Key', scopes: [...scopes], createdBy: 'Olga Owner' };
  await ApiKey.create([{ ...row, ...kept, createdAt: platform.clock.now() }]);
  return secret;
}
