/** Turns what a route throws into an answer: a `Failure` into problem details (RFC 9457), anything else into a 500 and a log line. */
import type { Middleware } from 'koa';
import { Failure, failureKinds } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { storeAway } from '../store/store-away.ts';
import { countProblem } from './metrics.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  429: 'Too many requests',
  500: 'Internal error',
  502: 'The provider refused',
  503: 'Busy',
};

export function answerFailures(platform: Platform): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const failure = error instanceof Failure ? error : unexpected(platform, error, `${ctx.method} ${ctx.path}`);
      const status = failure.code === 'internal' ? 500 : failureKinds[failure.kind].status;
      if (failure.retryAfterMs !== undefined) ctx.set('Retry-After', String(Math.ceil(failure.retryAfterMs / 1000)));
      countProblem(ctx.path === '/v1/ingest' ? 'ingest' : 'other', status, failure.code);
      ctx.status = status;
      ctx.type = 'application/problem+json';
      ctx.body = JSON.stringify(problemOf(failure, { status, requestId: ctx.response.get('X-Request-Id') }));
    }
  };
}

/** A route for every path that no other route took. */
export const answerMissing: Middleware = () => {
  throw new Failure('missing', 'There is nothing at this address.', { code: 'not-found' });
};

function problemOf(failure: Failure, { status, requestId }: { status: number; requestId: string }) {
  const { code, fields } = failure;
  return {
    type: 'about:blank',
    title: titles[status] ?? 'Error',
    status,
    detail: failure.message,
    code,
    ...(requestId === '' ? {} : { requestId }),
    ...(fields === undefined ? {} : { fields }),
  };
}

function unexpected(platform: Platform, error: unknown, route: string): Failure {
  const away = storeAway(error);
  if (away !== null) {
    platform.log.warn({ err: error, route }, 'the database cannot be reached');
    return away;
  }
  platform.log.error({ err: error, route }, 'a request failed unexpectedly');
  return new Failure('busy', 'Something went wrong on our side. It has been logged; please try again.', { code: 'internal' });
}
