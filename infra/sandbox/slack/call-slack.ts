import type Router from '@koa/router';
import { type ApiReply, type ApiRequest, answerCall } from '../http/answer-call.ts';
import { createTokenBucket } from '../http/token-bucket.ts';
import { checkToken } from '../oauth/tokens.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Token } from '../state/records.ts';
import { type Arguments, readArguments } from './read-arguments.ts';
import { rateLimited, SlackError } from './slack-error.ts';

export interface SlackCall {
  readonly given: Arguments;
  readonly token: Token;
}

/** One method of the Web API that needs a token. */
export interface SlackMethod {
  readonly name: string;
  /** All of them have to be granted. */
  readonly scopes: readonly string[];
  /** What the rate is counted by; absent: the method as a whole, 50 a minute. */
  readonly paced?: 'channel';
  run(sandbox: Sandbox, call: SlackCall): object;
}

/** Serves `/api/METHOD`, GET and POST. */
export function serveSlack(router: Router, sandbox: Sandbox, methods: readonly SlackMethod[]): void {
  const byName = new Map(methods.map((method) => [method.name, method]));
  const pace = createPace(sandbox);
  router.all('/api/:method', (ctx) =>
    answerCall(sandbox, ctx, {
      provider: 'slack',
      run: (request) => attempt(() => answer(request, byName.get(ctx.params.method ?? ''))),
      busy: (retryAfterSeconds) => rateLimited(retryAfterSeconds ?? 1),
      broken: () => ({ ...new SlackError('internal_error').reply(), status: 500 }),
    }),
  );

  function answer(request: ApiRequest, method: SlackMethod | undefined): ApiReply {
    if (!method) throw new SlackError('unknown_method', { req_method: request.path.slice('/api/'.length) });
    const given = readArguments(request);
    const token = requireToken(sandbox, request, given);
    requireScopes(token, method);
    const waitMs = pace(method, given);
    if (waitMs > 0) return rateLimited(Math.ceil(waitMs / 1000));
    const body = { ok: true, ...method.run(sandbox, { given, token }) };
    return { status: 200, headers: { 'X-OAuth-Scopes': token.scopes.join(','), 'X-Accepted-OAuth-Scopes': method.scopes.join(',') }, body };
  }
}

export function attempt(work: () => ApiReply): ApiReply {
  try {
    return work();
  } catch (error) {
    if (error instanceof SlackError) return error.reply();
    throw error;
  }
}

/** One message a second and channel, with short bursts; other methods 50 a minute. Answers the milliseconds to wait. */
function createPace(sandbox: Sandbox): (method: SlackMethod, given: Arguments) => number {
  const perChannel = createTokenBucket(5, 1);
  const perMethod = createTokenBucket(50, 50 / 60);
  return (method, given) => {
    const at = sandbox.now();
    return method.paced === 'channel' ? perChannel.take(String(given.channel), at) : perMethod.take(method.name, at);
  };
}

const refusals = { unknown: 'invalid_auth', expired: 'token_expired', revoked: 'token_revoked' } as const;

function requireToken(sandbox: Sandbox, request: ApiRequest, given: Arguments): Token {
  const bearer = /^Bearer (\S+)$/i.exec(request.authorization)?.[1];
  const value = bearer ?? (typeof given.token === 'string' ? given.token : undefined);
  if (value === undefined) throw new SlackError('not_authed');
  const check = checkToken(sandbox, value, { provider: 'slack', kind: 'access' });
  if (!check.ok) throw new SlackError(refusals[check.why]);
  return check.token;
}

function requireScopes(token: Token, method: SlackMethod): void {
  const missing = method.scopes.filter((scope) => !token.scopes.includes(scope));
  if (missing.length > 0) throw missingScope(token, missing);
}

export function missingScope(token: Token, needed: readonly string[]): SlackError {
  return new SlackError('missing_scope', { needed: needed.join(','), provided: token.scopes.join(',') });
}
