/** First run, sign-in and sign-out, and who am I. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { type Me, newWorkspace, type SetupState, signInLinkRequest, signInRequest } from '#contract/api.ts';
import { Failure } from '#contract/failure.ts';
import { callerHash, createLimit } from '../http/limit.ts';
import { parseJson } from '../http/parse.ts';
import { beginSignIn, endSignIn, refuseForeignOrigin } from '../http/sign-in-session.ts';
import type { Platform } from '../platform.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { createWorkspace } from './create-workspace.ts';
import { Member, type MemberDocument } from './member.ts';
import { passwordMatches } from './password.ts';
import { requireMember } from './require-member.ts';
import { redeemSignInLink } from './sign-in-link.ts';
import { addSiteRoutes } from './site-routes.ts';
import { Workspace } from './workspace.ts';

export function addWorkspaceRoutes(router: Router, platform: Platform): void {
  const newWorkspaces = createLimit(20, 3600);

  router.get('/v1/setup', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = await setupState(platform);
  });

  router.post('/v1/workspaces', async (ctx) => {
    refuseForeignOrigin(platform, ctx);
    const request = await parseJson(ctx, newWorkspace);
    if ((await setupState(platform)).signUp === 'closed') {
      throw new Failure('forbidden', 'New workspaces are switched off here. Ask the owner of an existing one to invite you.', {
        code: 'sign-up-closed',
      });
    }
    await newWorkspaces.take(callerHash(platform, ctx));
    const owner = await createWorkspace(platform, { ...request, demo: false });
    await answerSignedIn(platform, ctx, owner);
    ctx.status = 201;
  });

  router.get('/v1/me', async (ctx) => {
    ctx.body = await presentMe(await requireMember(platform, ctx));
  });

  addSignInRoutes(router, platform);
  addSiteRoutes(router, platform);
}

function addSignInRoutes(router: Router, platform: Platform): void {
  const triesOfAccount = createLimit(10, 300);
  // Checking a password costs us much and the caller nothing: so also however many names are tried.
  const triesOfCaller = createLimit(60, 300);

  router.post('/v1/sign-in', async (ctx) => {
    refuseForeignOrigin(platform, ctx);
    const { email, password } = await parseJson(ctx, signInRequest);
    await triesOfCaller.take(callerHash(platform, ctx));
    await triesOfAccount.take(`${callerHash(platform, ctx)} ${email.toLowerCase()}`);
    const member = await Member.findOne({ email: email.toLowerCase() }).setOptions(acrossWorkspaces).lean();
    const matches = await passwordMatches(password, member?.passwordHash ?? null);
    if (member === null || !matches) {
      throw new Failure('unauthenticated', 'The e-mail address or the password is not right.', { code: 'sign-in-refused' });
    }
    await answerSignedIn(platform, ctx, member);
  });

  router.post('/v1/sign-in/link', async (ctx) => {
    refuseForeignOrigin(platform, ctx);
    const { token } = await parseJson(ctx, signInLinkRequest);
    await triesOfCaller.take(callerHash(platform, ctx));
    await answerSignedIn(platform, ctx, await redeemSignInLink(platform, token));
  });

  router.post('/v1/sign-out', async (ctx) => {
    refuseForeignOrigin(platform, ctx);
    await endSignIn(platform, ctx);
    ctx.status = 204;
  });
}

async function setupState(platform: Platform): Promise<SetupState> {
  const firstRun = (await Workspace.exists({ demo: false }).setOptions(acrossWorkspaces)) === null;
  return { firstRun, signUp: firstRun || platform.config.signUp === 'open' ? 'open' : 'closed' };
}

async function answerSignedIn(platform: Platform, ctx: Context, member: MemberDocument): Promise<void> {
  await beginSignIn(platform, ctx, member);
  ctx.set('Cache-Control', 'no-store');
  ctx.body = await presentMe(member);
}

async function presentMe(member: MemberDocument): Promise<Me> {
  const { workspaceId } = member;
  const workspace = await Workspace.findOne({ workspaceId }).lean();
  return {
    member: { id: member._id, name: member.name, email: member.email, role: member.role },
    workspace: { id: workspaceId, name: workspace?.name ?? '', demo: workspace?.demo ?? false },
  };
}
