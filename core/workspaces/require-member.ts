/** The guard of every private route: who is asking, and may they. */
import type { Context } from 'koa';
import { Failure } from '#contract/failure.ts';
import { type Permission, permissions } from '#contract/roles.ts';
import { findSignIn, refuseForeignOrigin } from '../http/sign-in-session.ts';
import type { Platform } from '../platform.ts';
import { Member, type MemberDocument } from './member.ts';

/** @returns the signed-in member. Throws `unauthenticated` or `forbidden`. */
export async function requireMember(platform: Platform, ctx: Context, permission?: Permission): Promise<MemberDocument> {
  refuseForeignOrigin(platform, ctx);
  ctx.set('Cache-Control', 'no-store');
  const signIn = await findSignIn(platform, ctx);
  const member = signIn === null ? null : await Member.findOne({ workspaceId: signIn.workspaceId, _id: signIn.memberId }).lean();
  if (member === null) throw new Failure('unauthenticated', 'Sign in first.', { code: 'not-signed-in' });
  if (permission !== undefined && !may(member, permission)) {
    throw new Failure('forbidden', `Your role (${member.role}) may not do this. Ask an admin of your workspace.`, { code: 'role-forbids' });
  }
  return member;
}

export function may(member: MemberDocument, permission: Permission): boolean {
  return permissions[permission].some((role) => role === member.role);
}

/** For a thing that is not there, or belongs to another workspace: both look the same from outside. */
export function missing(what: string): Failure {
  return new Failure('missing', `There is no such ${what}.`, { code: `${what.replaceAll(' ', '-')}-missing` });
}
