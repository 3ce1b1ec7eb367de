/** The guard of every private route: who is asking, a member or an API key, and may they. */
import type { Context } from 'koa';
import { Failure } from '#contract/failure.ts';
import { type Permission, permissions } from '#contract/roles.ts';
import { type Scope, scopes } from '#contract/scopes.ts';
import { findSignIn, refuseForeignOrigin } from '../http/sign-in-session.ts';
import type { Platform } from '../platform.ts';
import type { ApiKeyDocument } from './api-key.ts';
import { findKey } from './find-key.ts';
import { Member, type MemberDocument } from './member.ts';

/** Who asks: exactly one of the two is set. */
export type Caller = { readonly _id: string; readonly workspaceId: string; readonly name: string } & (
  | { readonly member: MemberDocument; readonly key: null }
  | { readonly member: null; readonly key: ApiKeyDocument }
);

/** @returns the signed-in member. Throws `unauthenticated` or `forbidden`, also for an API key. */
export async function requireMember(platform: Platform, ctx: Context, permission?: Permission): Promise<MemberDocument> {
  ctx.set('Cache-Control', 'no-store');
  if ((await findKey(platform, ctx)) !== null) {
    throw new Failure('forbidden', 'Only a signed-in member can do this, no API key.', { code: 'members-only' });
  }
  refuseForeignOrigin(platform, ctx);
  const signIn = await findSignIn(platform, ctx);
  const member = signIn === null ? null : await Member.findOne({ workspaceId: signIn.workspaceId, _id: signIn.memberId }).lean();
  if (member === null) {
    ctx.set('WWW-Authenticate', 'Bearer realm="Leadlight"');
    throw new Failure('unauthenticated', 'Sign in first, or send an API key: Authorization: Bearer llk_…', { code: 'not-signed-in' });
  }
  if (permission !== undefined && !may(member, permission)) {
    throw new Failure('forbidden', `Your role (${member.role}) may not do this. Ask an admin of your workspace.`, { code: 'role-forbids' });
  }
  return member;
}

/**
 * @returns the member whose role allows it, or the API key that has the scope. A foreign page cannot send the header of a key, so there
 * the origin says nothing.
 */
export async function requireCaller(platform: Platform, ctx: Context, scope: Scope): Promise<Caller> {
  ctx.set('Cache-Control', 'no-store');
  const key = await findKey(platform, ctx);
  if (key === null) {
    const member = await requireMember(platform, ctx, scopes[scope].permission);
    return { _id: member._id, workspaceId: member.workspaceId, name: member.name, member, key };
  }
  if (!key.scopes.includes(scope)) {
    throw new Failure('forbidden', `This API key has no scope ${scope}. Use one that has it.`, { code: 'scope-missing' });
  }
  return { _id: key._id, workspaceId: key.workspaceId, name: key.name, member: null, key };
}

export function may(member: MemberDocument, permission: Permission): boolean {
  return permissions[permission].some((role) => role === member.role);
}

/** For a thing that is not there, or belongs to another workspace: both look the same from outside. */
export function missing(what: string): Failure {
  return new Failure('missing', `There is no such ${what}.`, { code: `${what.replaceAll(' ', '-')}-missing` });
}
