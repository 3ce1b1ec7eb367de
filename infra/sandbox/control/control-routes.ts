import Router, { type RouterContext } from '@koa/router';
import { z } from 'zod';
import { readBody } from '../http/read-body.ts';
import { revokeGrant } from '../oauth/tokens.ts';
import type { Sandbox } from '../sandbox.ts';
import { removeSlackApp } from '../slack/remove-app.ts';
import { plantFault, wish } from './plant-fault.ts';
import { stateBody } from './state-body.ts';

/** For scripts and tests: everything as JSON, faults, reset. */
export function controlRoutes(sandbox: Sandbox): Router {
  const router = new Router();
  router.get('/state', (ctx) => {
    ctx.body = stateBody(sandbox, { tokens: new URLSearchParams(ctx.querystring).get('tokens') === '1' });
  });
  router.get('/faults', (ctx) => {
    ctx.body = { faults: sandbox.state.faults.all() };
  });
  router.post('/faults', async (ctx) => plant(sandbox, ctx));
  router.delete('/faults', (ctx) => {
    for (const one of sandbox.state.faults.all()) sandbox.state.faults.remove(one.id);
    ctx.status = 204;
  });
  router.post('/reset', (ctx) => {
    sandbox.state.reset();
    backOr(ctx, { ok: true }, 'Everything is back to the seed.');
  });
  router.post('/apps/hubspot/remove', (ctx) => {
    revokeGrant(sandbox, 'hubspot');
    backOr(ctx, { ok: true }, 'Leadlight was removed from HubSpot.');
  });
  router.post('/apps/slack/remove', async (ctx) => {
    const problem = await removeSlackApp(sandbox);
    backOr(ctx, { ok: true, problem }, `Leadlight was removed from Slack. ${problem ?? ''}`);
  });
  return router;
}

async function plant(sandbox: Sandbox, ctx: RouterContext): Promise<void> {
  const given = wish.safeParse(parseJson((await readBody(ctx.req)).toString('utf8')));
  ctx.status = given.success ? 201 : 400;
  ctx.body = given.success ? plantFault(sandbox, given.data) : { error: z.prettifyError(given.error) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Back to the overview for a person at the page, JSON for a script. */
function backOr(ctx: RouterContext, body: object, told: string): void {
  if (ctx.accepts('json', 'html') === 'html') ctx.redirect(`/?${new URLSearchParams({ told })}`);
  else ctx.body = body;
}
