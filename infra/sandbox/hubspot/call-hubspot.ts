import type Router from '@koa/router';
import type { ZodType } from 'zod';
import { type ApiReply, type ApiRequest, answerCall } from '../http/answer-call.ts';
import { checkToken } from '../oauth/tokens.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Token } from '../state/records.ts';
import { HubSpotError, invalid } from './hubspot-error.ts';
import { createHubSpotLimits, rateLimited } from './rate-limit.ts';

/** An authorised request, as a route sees it. */
export interface HubSpotCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly token: Token;
  /** The JSON body in the shape asked for. Throws HubSpot's 400. */
  read<Shape>(shape: ZodType<Shape>): Shape;
}

export interface HubSpotRoute {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  /** One of these scopes has to be granted. */
  readonly scopes: readonly string[];
  run(sandbox: Sandbox, call: HubSpotCall): ApiReply;
}

/** Puts routes of the API on the router: token, scopes and rate limit are checked before each. */
export function serveHubSpot(router: Router, sandbox: Sandbox, routes: readonly HubSpotRoute[]): void {
  const limits = createHubSpotLimits();
  for (const route of routes) {
    router[route.method](route.path, (ctx) =>
      answerCall(sandbox, ctx, {
        provider: 'hubspot',
        run: (request) => attempt(() => authorised(request, { params: ctx.params, route })),
        busy: (retryAfterSeconds) => rateLimited('TEN_SECONDLY_ROLLING', retryAfterSeconds),
        broken: () => new HubSpotError(500, 'internal error', { category: 'SERVER_ERROR' }).reply(),
      }),
    );
  }

  function authorised(request: ApiRequest, { params, route }: { params: Record<string, string>; route: HubSpotRoute }): ApiReply {
    const token = requireToken(sandbox, request);
    const limit = limits.count(request.path, sandbox.now());
    if ('refusal' in limit) return limit.refusal;
    requireScope(token, route.scopes);
    const call = { params, query: request.query, token, read: <Shape>(shape: ZodType<Shape>) => readJson(request, shape) };
    const reply = attempt(() => route.run(sandbox, call));
    return { ...reply, headers: { ...limit.headers, ...reply.headers } };
  }
}

/** Turns a thrown refusal into its answer. */
function attempt(work: () => ApiReply): ApiReply {
  try {
    return work();
  } catch (error) {
    if (error instanceof HubSpotError) return error.reply();
    throw error;
  }
}

function requireToken(sandbox: Sandbox, request: ApiRequest): Token {
  const value = /^Bearer (\S+)$/i.exec(request.authorization)?.[1];
  if (value === undefined) {
    const message =
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview';
    throw new HubSpotError(401, message, { category: 'INVALID_AUTHENTICATION' });
  }
  const check = checkToken(sandbox, value, { provider: 'hubspot', kind: 'access' });
  if (check.ok) return check.token;
  if (check.why === 'expired') {
    throw new HubSpotError(401, 'The OAuth token used to make this call expired.', { category: 'EXPIRED_AUTHENTICATION' });
  }
  throw new HubSpotError(401, 'The OAuth token used to make this call is not valid or was revoked.', {
    category: 'INVALID_AUTHENTICATION',
  });
}

function requireScope(token: Token, anyOf: readonly string[]): void {
  if (anyOf.some((scope) => token.scopes.includes(scope))) return;
  const message =
    "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.";
  const errors = [{ message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: anyOf } }];
  throw new HubSpotError(403, message, { category: 'MISSING_SCOPES', errors, links: { scopes: 'https://developers.hubspot.com/scopes' } });
}

function readJson<Shape>(request: ApiRequest, shape: ZodType<Shape>): Shape {
  if (!/^application\/json\b/i.test(request.contentType)) {
    throw new HubSpotError(415, 'Unsupported Media Type: send application/json', { category: 'VALIDATION_ERROR' });
  }
  let json: unknown;
  try {
    json = JSON.parse(request.body.toString('utf8'));
  } catch {
    throw invalid('Invalid input JSON: the body could not be parsed');
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw invalid(`Invalid input JSON: ${issues.join('; ')}`);
}
