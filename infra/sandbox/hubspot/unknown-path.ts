import type Router from '@koa/router';
import { answerCall } from '../http/answer-call.ts';
import type { Sandbox } from '../sandbox.ts';
import { HubSpotError, notFound } from './hubspot-error.ts';
import { rateLimited } from './rate-limit.ts';

const areas = ['/crm', '/account-info', '/appinstalls', '/events', '/integrators', '/webhooks'];

/** Paths of HubSpot's that the sandbox does not know: a 404 in its shape, seen in the call log. */
export function serveUnknownPaths(router: Router, sandbox: Sandbox): void {
  for (const area of areas) {
    router.all(`${area}/{*rest}`, (ctx) =>
      answerCall(sandbox, ctx, {
        provider: 'hubspot',
        run: () => notFound(`The sandbox has no ${ctx.method} ${ctx.path}`).reply(),
        busy: (retryAfterSeconds) => rateLimited('TEN_SECONDLY_ROLLING', retryAfterSeconds),
        broken: () => new HubSpotError(500, 'internal error', { category: 'SERVER_ERROR' }).reply(),
      }),
    );
  }
}
