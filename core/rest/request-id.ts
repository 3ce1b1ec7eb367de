/** Gives each request of the API an id, in the answer, in a problem and in the log. */
import type { Middleware } from 'koa';
import { newId } from '../store/new-id.ts';

export const nameRequest: Middleware = (ctx, next) => {
  if (ctx.path.startsWith('/v1/')) ctx.set('X-Request-Id', newId('req'));
  return next();
};
