/** Makes routes from their declarations: who asks, what was asked, the answer, the next page; and remembers the declarations. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { Permission } from '#contract/roles.ts';
import type { Scope } from '#contract/scopes.ts';
import { parseJson, parseValue } from '../http/parse.ts';
import type { Platform } from '../platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { type Caller, requireCaller, requireMember } from '../workspaces/require-member.ts';
import { type Declaration, isPaged, nothing, statusOf } from './declaration.ts';
import { answerOnce } from './idempotency.ts';
import { createKeyLimit, type KeyLimit } from './key-limit.ts';

export interface Asked<Query, Body, Who> {
  readonly ctx: Context;
  readonly caller: Who;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Query;
  readonly body: Body;
}

type Told<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType, Needs> = Omit<
  Declaration<Query, Body, Answer>,
  'needs'
> & { readonly needs: Needs };

type Handle<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType, Who> = (
  asked: Asked<z.infer<Query>, z.infer<Body>, Who>,
) => Promise<z.infer<Answer>>;

export interface Api {
  /** For members and API keys. */
  route<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
    declaration: Told<Query, Body, Answer, { readonly scope: Scope }>,
    handle: Handle<Query, Body, Answer, Caller>,
  ): void;
  /** For members alone. */
  memberRoute<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
    declaration: Told<Query, Body, Answer, { readonly permission: Permission } | 'login'>,
    handle: Handle<Query, Body, Answer, MemberDocument>,
  ): void;
  /** A route for everybody, which reads and answers by itself. */
  open(declaration: Told<z.ZodType, z.ZodType, z.ZodType, 'nobody'>, handle: (ctx: Context) => Promise<void>): void;
  /** Tells of a route that is made elsewhere. */
  describe(declaration: Declaration): void;
}

interface Made {
  readonly declarations: Declaration[];
  readonly limit: KeyLimit;
}

const madeOn = new WeakMap<Router, Made>();

/** Every route that was declared on this router, in order. */
export function declarationsOn(router: Router): readonly Declaration[] {
  return made(router).declarations;
}

function made(router: Router): Made {
  const known = madeOn.get(router);
  if (known !== undefined) return known;
  const fresh: Made = { declarations: [], limit: createKeyLimit() };
  madeOn.set(router, fresh);
  return fresh;
}

export function openApi(router: Router, platform: Platform): Api {
  const { declarations, limit } = made(router);
  const add = (declaration: Declaration, handle: (ctx: Context) => Promise<void>) => {
    declarations.push(declaration);
    router[declaration.method](declaration.path, handle);
  };
  return {
    route: (declaration, handle) =>
      add(declaration, async (ctx) => {
        const caller = await requireCaller(platform, ctx, declaration.needs.scope);
        if (caller.key !== null) await limit.take(ctx, caller._id);
        const asked = await readAsked(ctx, caller, declaration);
        const work = async () => answer(ctx, declaration, await handle(asked));
        if (declaration.tellsSecret === true) await work();
        else await answerOnce(platform, { ctx, caller, body: asked.body, work });
        linkNext(platform, ctx, declaration);
      }),
    memberRoute: (declaration, handle) =>
      add(declaration, async (ctx) => {
        const { needs } = declaration;
        const member = await requireMember(platform, ctx, needs === 'login' ? undefined : needs.permission);
        answer(ctx, declaration, await handle(await readAsked(ctx, member, declaration)));
      }),
    open: add,
    describe: (declaration) => {
      declarations.push(declaration);
    },
  };
}

async function readAsked<Query extends z.ZodType, Body extends z.ZodType, Who>(
  ctx: Context,
  caller: Who,
  { query, body }: { readonly query: Query; readonly body: Body },
): Promise<Asked<z.infer<Query>, z.infer<Body>, Who>> {
  return { ctx, caller, params: ctx.params, query: parseValue(query, { ...ctx.query }), body: await readBodyAs(ctx, body) };
}

function readBodyAs<Body extends z.ZodType>(ctx: Context, body: Body): Promise<z.infer<Body>> | z.infer<Body> {
  return body instanceof z.ZodUndefined ? body.parse(undefined) : parseJson(ctx, body);
}

function answer(ctx: Context, declaration: Declaration, value: unknown): void {
  // The handler answered with a stream or a redirect of its own.
  if (declaration.media !== undefined) return;
  ctx.body = declaration.answer === nothing ? null : value;
  ctx.status = statusOf(declaration);
}

const paged = z.object({ next: z.string() });

/** The next page's address in a header too, as clients of other APIs look for it there. */
function linkNext(platform: Platform, ctx: Context, declaration: Declaration): void {
  if (!isPaged(declaration)) return;
  const { data } = paged.safeParse(ctx.body);
  if (data === undefined) return;
  const url = new URL(ctx.path, platform.config.publicUrl);
  url.search = ctx.querystring;
  url.searchParams.set('cursor', data.next);
  ctx.set('Link', `<${url.href}>; rel="next"`);
}
