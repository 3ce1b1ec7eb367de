import type { Middleware } from 'koa';
import { problemPage } from '../pages/layout.ts';
import type { Sandbox } from '../sandbox.ts';
import { BodyTooLarge } from './read-body.ts';

/** Around everything: other websites cannot press its buttons, changes are on disk before an answer leaves, and what is not there says so. */
export function guard(sandbox: Sandbox): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.get('sec-fetch-site') === 'cross-site') {
      ctx.status = 403;
      ctx.body = { error: 'Not from another website' };
      return;
    }
    try {
      await next();
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      ctx.status = 413;
      ctx.body = { error: error.message };
    }
    sandbox.state.flush();
    if (ctx.status === 404 && ctx.body === undefined && ctx.respond !== false) {
      ctx.status = 404;
      ctx.type = 'html';
      ctx.body = problemPage('Not found', `There is nothing at ${ctx.path}.`);
    }
  };
}
