import { timingSafeEqual } from 'node:crypto';
import type Router from '@koa/router';
import { slackApp, staff, team } from '../accounts.ts';
import { type ApiReply, type ApiRequest, answerCall } from '../http/answer-call.ts';
import { verifierFits } from '../oauth/pkce.ts';
import { checkToken, issueToken, revokeToken } from '../oauth/tokens.ts';
import type { Sandbox } from '../sandbox.ts';
import type { AuthorizationCode } from '../state/records.ts';
import { attempt } from './call-slack.ts';
import { type Arguments, readArguments } from './read-arguments.ts';
import { rateLimited, SlackError } from './slack-error.ts';

const rotatingLifetimeMs = 12 * 3_600_000;

/** POST /api/oauth.v2.access: a code, or with token rotation a refresh token, for tokens. */
export function serveSlackAccess(router: Router, sandbox: Sandbox): void {
  router.post('/api/oauth.v2.access', (ctx) =>
    answerCall(sandbox, ctx, {
      provider: 'slack',
      run: (request) => attempt(() => access(sandbox, request)),
      busy: (retryAfterSeconds) => rateLimited(retryAfterSeconds ?? 1),
      broken: () => ({ ...new SlackError('internal_error').reply(), status: 500 }),
    }),
  );
}

function access(sandbox: Sandbox, request: ApiRequest): ApiReply {
  const given = readArguments(request);
  requireClient(sandbox, request, given);
  const grantType = given.grant_type ?? 'authorization_code';
  if (grantType === 'authorization_code') return { status: 200, body: { ok: true, ...exchange(sandbox, given) } };
  if (grantType === 'refresh_token') return { status: 200, body: { ok: true, ...refresh(sandbox, given) } };
  throw new SlackError('invalid_grant_type');
}

function requireClient(sandbox: Sandbox, request: ApiRequest, given: Arguments): void {
  const { clientId, clientSecret } = sandbox.options.slack;
  const basic = /^Basic (\S+)$/i.exec(request.authorization)?.[1];
  const [id, secret] = basic ? Buffer.from(basic, 'base64').toString('utf8').split(':') : [given.client_id, given.client_secret];
  if (id !== clientId) throw new SlackError('invalid_client_id');
  const [left, right] = [Buffer.from(String(secret ?? '')), Buffer.from(clientSecret)];
  if (left.length !== right.length || !timingSafeEqual(left, right)) throw new SlackError('bad_client_secret');
}

function exchange(sandbox: Sandbox, given: Arguments): object {
  const { state } = sandbox;
  const code = state.codes.get(String(given.code ?? ''));
  if (code?.provider !== 'slack' || code.expiresAt <= sandbox.now().toISOString()) throw new SlackError('invalid_code');
  // Used up by the first try, whatever becomes of it.
  state.codes.remove(code.code);
  if (
    code.redirectNamed
      ? given.redirect_uri !== code.redirectUri
      : given.redirect_uri !== undefined && given.redirect_uri !== code.redirectUri
  ) {
    throw new SlackError('bad_redirect_uri');
  }
  if (code.challenge !== null && !verifierFits(code.challenge, String(given.code_verifier ?? '')))
    throw new SlackError('invalid_code_verifier');
  return install(sandbox, code);
}

function install(sandbox: Sandbox, code: AuthorizationCode): object {
  const { scopes, userScopes } = code;
  const account = { accountId: team.id, accountName: team.name };
  const installedAt = sandbox.now().toISOString();
  sandbox.state.installations.put({ provider: 'slack', ...account, scopes, userScopes, installedAt, revokedAt: null });
  return grantBody(sandbox, { scopes, userScopes });
}

function grantBody(sandbox: Sandbox, { scopes, userScopes }: { scopes: readonly string[]; userScopes: readonly string[] }): object {
  const person = { id: staff[0].slackId };
  const userPart =
    userScopes.length === 0 ? {} : { scope: userScopes.join(','), token_type: 'user', ...issue(sandbox, 'person', userScopes) };
  const botPart =
    scopes.length === 0
      ? {}
      : { scope: scopes.join(','), token_type: 'bot', bot_user_id: slackApp.userId, ...issue(sandbox, 'bot', scopes) };
  const where = { team: { id: team.id, name: team.name }, enterprise: null, is_enterprise_install: false };
  return { app_id: slackApp.id, authed_user: { ...person, ...userPart }, ...botPart, ...where };
}

function issue(sandbox: Sandbox, holder: 'bot' | 'person', scopes: readonly string[]): object {
  const rotates = sandbox.options.slack.rotateTokens === true;
  const prefix = `${rotates ? 'xoxe.' : ''}${holder === 'bot' ? 'xoxb' : 'xoxp'}-`;
  const wish = { provider: 'slack', holder, scopes } as const;
  const { token } = issueToken(sandbox, { ...wish, kind: 'access', prefix, lifetimeMs: rotates ? rotatingLifetimeMs : null });
  if (!rotates) return { access_token: token };
  const refreshToken = issueToken(sandbox, { ...wish, kind: 'refresh', prefix: 'xoxe-1-', lifetimeMs: null }).token;
  return { access_token: token, refresh_token: refreshToken, expires_in: rotatingLifetimeMs / 1000 };
}

/** A refresh token works once. */
function refresh(sandbox: Sandbox, given: Arguments): object {
  const check = checkToken(sandbox, String(given.refresh_token ?? ''), { provider: 'slack', kind: 'refresh' });
  if (!check.ok) throw new SlackError('invalid_refresh_token');
  revokeToken(sandbox, check.token);
  const { holder, scopes } = check.token;
  return grantBody(sandbox, holder === 'person' ? { scopes: [], userScopes: scopes } : { scopes, userScopes: [] });
}
