import { timingSafeEqual } from 'node:crypto';
import type Router from '@koa/router';
import { portal } from '../accounts.ts';
import { type ApiReply, answerCall } from '../http/answer-call.ts';
import { verifierFits } from '../oauth/pkce.ts';
import { checkToken, issueToken, revokeToken } from '../oauth/tokens.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Token } from '../state/records.ts';
import { installHubSpot } from './consent.ts';
import { HubSpotError } from './hubspot-error.ts';
import { rateLimited } from './rate-limit.ts';

const accessLifetimeMs = 30 * 60_000;

/** POST /oauth/2026-09/token, /token/introspect and /token/revoke: form-encoded, with the app's id and secret in the body. */
export function serveHubSpotTokens(router: Router, sandbox: Sandbox): void {
  const endpoints = { '': exchange, '/introspect': introspect, '/revoke': revoke };
  for (const [suffix, run] of Object.entries(endpoints)) {
    router.post(`/oauth/2026-09/token${suffix}`, (ctx) =>
      answerCall(sandbox, ctx, {
        provider: 'hubspot',
        run: ({ body }) => {
          const form = new URLSearchParams(body.toString('utf8'));
          return requireClient(sandbox, form) ?? run(sandbox, form);
        },
        busy: (retryAfterSeconds) => rateLimited('TEN_SECONDLY_ROLLING', retryAfterSeconds),
        broken: () => new HubSpotError(500, 'internal error', { category: 'SERVER_ERROR' }).reply(),
      }),
    );
  }
}

function refusal(status: string, error: string, message: string): ApiReply {
  return { status: 400, body: { error, error_description: message, status, message }, error: status };
}

function requireClient(sandbox: Sandbox, form: URLSearchParams): ApiReply | null {
  const { clientId, clientSecret } = sandbox.options.hubspot;
  if (form.get('client_id') !== clientId) return refusal('BAD_CLIENT_ID', 'invalid_client', 'missing or unknown client id');
  if (!sameText(form.get('client_secret') ?? '', clientSecret)) {
    return refusal('BAD_CLIENT_SECRET', 'invalid_client', 'missing or invalid client secret');
  }
  return null;
}

function exchange(sandbox: Sandbox, form: URLSearchParams): ApiReply {
  const grantType = form.get('grant_type');
  if (grantType === 'authorization_code') return exchangeCode(sandbox, form);
  if (grantType === 'refresh_token') return refresh(sandbox, form);
  return refusal('BAD_GRANT_TYPE', 'unsupported_grant_type', 'missing or unknown grant type');
}

function exchangeCode(sandbox: Sandbox, form: URLSearchParams): ApiReply {
  const { state } = sandbox;
  const code = state.codes.get(form.get('code') ?? '');
  if (code?.provider !== 'hubspot' || code.expiresAt <= sandbox.now().toISOString()) {
    return refusal('BAD_AUTH_CODE', 'invalid_grant', 'missing or unknown auth code');
  }
  // Used up by the first try, whatever becomes of it: a code that leaked cannot be tried twice.
  state.codes.remove(code.code);
  if (form.get('redirect_uri') !== code.redirectUri) {
    return refusal('BAD_REDIRECT_URI', 'invalid_grant', 'missing or invalid redirect URI: it has to be the one of the consent request');
  }
  if (code.challenge !== null && !verifierFits(code.challenge, form.get('code_verifier') ?? '')) {
    return refusal('BAD_CODE_VERIFIER', 'invalid_grant', 'missing or invalid code verifier');
  }
  installHubSpot(sandbox, code.scopes);
  const { scopes } = code;
  const refreshToken = issueToken(sandbox, {
    provider: 'hubspot',
    kind: 'refresh',
    holder: 'account',
    prefix: 'eu1-',
    scopes,
    lifetimeMs: null,
  });
  return tokenReply(sandbox, refreshToken);
}

function refresh(sandbox: Sandbox, form: URLSearchParams): ApiReply {
  const check = checkToken(sandbox, form.get('refresh_token') ?? '', { provider: 'hubspot', kind: 'refresh' });
  if (!check.ok) return refusal('BAD_REFRESH_TOKEN', 'invalid_grant', 'missing or invalid refresh token');
  const { token } = check;
  if (!sandbox.options.hubspot.rotateRefreshTokens) return tokenReply(sandbox, token);
  revokeToken(sandbox, token);
  const { scopes } = token;
  return tokenReply(
    sandbox,
    issueToken(sandbox, { provider: 'hubspot', kind: 'refresh', holder: 'account', prefix: 'eu1-', scopes, lifetimeMs: null }),
  );
}

function tokenReply(sandbox: Sandbox, refreshToken: Token): ApiReply {
  const { scopes } = refreshToken;
  const access = issueToken(sandbox, {
    provider: 'hubspot',
    kind: 'access',
    holder: 'account',
    prefix: 'CN',
    scopes,
    lifetimeMs: accessLifetimeMs,
  });
  const times = { expires_in: accessLifetimeMs / 1000, token_type: 'bearer', token_use: 'access_token' };
  const account = { hub_id: portal.id, user_id: portal.userId, scopes };
  return { status: 200, body: { access_token: access.token, refresh_token: refreshToken.token, ...times, ...account } };
}

function introspect(sandbox: Sandbox, form: URLSearchParams): ApiReply {
  const value = form.get('token') ?? '';
  const kind = sandbox.state.tokens.get(value)?.kind ?? 'access';
  const check = checkToken(sandbox, value, { provider: 'hubspot', kind });
  if (!check.ok) return { status: 200, body: { active: false } };
  const { expiresAt, scopes } = check.token;
  const expires = expiresAt === null ? {} : { expires_in: Math.ceil((Date.parse(expiresAt) - sandbox.now().getTime()) / 1000) };
  const account = { hub_id: portal.id, user_id: portal.userId, app_id: portal.appId, user: portal.userEmail, hub_domain: portal.domain };
  return { status: 200, body: { active: true, token_use: `${kind}_token`, token_type: 'bearer', scopes, ...expires, ...account } };
}

/** RFC 7009: an unknown token is fine. Access tokens that were issued live on until they expire, as HubSpot's do. */
function revoke(sandbox: Sandbox, form: URLSearchParams): ApiReply {
  const token = sandbox.state.tokens.get(form.get('token') ?? '');
  if (token?.provider !== 'hubspot') return { status: 200 };
  revokeToken(sandbox, token);
  const installation = sandbox.state.installations.get('hubspot');
  if (token.kind === 'refresh' && installation)
    sandbox.state.installations.put({ ...installation, revokedAt: sandbox.now().toISOString() });
  return { status: 200 };
}

function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
