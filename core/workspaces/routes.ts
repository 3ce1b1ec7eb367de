/** First run, sign-in and sign-out, and who am I. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import {
  type Me,
  me as meView,
  newWorkspace,
  type SetupState,
  setupState as setupView,
  signInLinkRequest,
  signInRequest,
} from '#contract/api.ts';
import { Failure } from '#contract/failure.ts';
import { callerHash, createLimit } from '../http/limit.ts';
import { parseJson } from '../http/parse.ts';
import { beginSignIn, endSignIn, refuseForeignOrigin } from '../http/sign-in-session.ts';
import type { Platform } from '../platform.ts';
import { type Api, openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { createWorkspace } from './create-workspace.ts';
import { addKeyRoutes } from './key-routes.ts';
import { Member, type MemberDocument } from './member.ts';
import { passwordMatches } from './password.ts';
import { redeemSignInLink } from './sign-in-link.ts';
import { addSiteRoutes } from './site-routes.ts';
import { Workspace } from './workspace.ts';
import { addOwnWorkspaceRoutes } from './workspace-routes.ts';

const forBrowser = { tag: 'browser', needs: 'nobody', query: noQuery, body: nothing } as const;

export function addWorkspaceRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const newWorkspaces = createLimit(20, 3600);
  const setup = { method: 'get', path: '/v1/setup', name: 'readSetup', summary: 'Say whether a workspace may be made' } as const;
  api.open({ ...forBrowser, ...setup, answer: setupView }, async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = await setupState(platform);
  });

  const make = { method: 'post', path: '/v1/workspaces', name: 'makeWorkspace', summary: 'Make a workspace', status: 201 } as const;
  api.open({ ...forBrowser, ...make, body: newWorkspace, answer: meView }, async (ctx) => {
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

  const me = { method: 'get', path: '/v1/me', name: 'readMe', summary: 'Say who is signed in', tag: 'browser', needs: 'login' } as const;
  api.memberRoute({ ...me, query: noQuery, body: nothing, answer: meView }, async ({ caller }) => presentMe(caller));

  addSignInRoutes(api, platform);
  addOwnWorkspaceRoutes(router, platform);
  addKeyRoutes(router, platform);
  addSiteRoutes(router, platform);
}

function addSignInRoutes(api: Api, platform: Platform): void {
  const triesOfAccount = createLimit(10, 300);
  // Checking a password costs us much and the caller nothing: so also however many names are tried.
  const triesOfCaller = createLimit(60, 300);
  const posts = { ...forBrowser, method: 'post' } as const;

  const signIn = { path: '/v1/sign-in', name: 'signIn', summary: 'Sign in with a password' } as const;
  api.open({ ...posts, ...signIn, body: signInRequest, answer: meView }, async (ctx) => {
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

  const byLink = { path: '/v1/sign-in/link', name: 'signInByLink', summary: 'Sign in with a one-time link' } as const;
  api.open({ ...posts, ...byLink, body: signInLinkRequest, answer: meView }, async (ctx) => {
    refuseForeignOrigin(platform, ctx);
    const { token } = await parseJson(ctx, signInLinkRequest);
    await triesOfCaller.take(callerHash(platform, ctx));
    await answerSignedIn(platform, ctx, await redeemSignInLink(platform, token));
  });

  const signOut = { path: '/v1/sign-out', name: 'signOut', summary: 'Sign out' } as const;
  api.open({ ...posts, ...signOut, answer: nothing }, async (ctx) => {
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
