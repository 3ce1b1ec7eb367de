import { randomBytes } from 'node:crypto';
import type { Sandbox } from '../sandbox.ts';
import type { Provider, Token } from '../state/records.ts';

export interface TokenWish {
  readonly provider: Provider;
  readonly kind: Token['kind'];
  readonly holder: Token['holder'];
  readonly prefix: string;
  readonly scopes: readonly string[];
  /** Null: it lives until it is revoked. */
  readonly lifetimeMs: number | null;
}

export function issueToken(sandbox: Sandbox, wish: TokenWish): Token {
  const { provider, kind, holder, lifetimeMs } = wish;
  const now = sandbox.now();
  dropLongDead(sandbox, now);
  const expiresAt = lifetimeMs === null ? null : new Date(now.getTime() + lifetimeMs).toISOString();
  const token = `${wish.prefix}${randomBytes(30).toString('base64url')}`;
  return sandbox.state.tokens.put({
    token,
    provider,
    kind,
    holder,
    scopes: [...wish.scopes],
    issuedAt: now.toISOString(),
    expiresAt,
    revokedAt: null,
  });
}

/** `ok` hands out the token; the other answers say why not. */
export type TokenCheck =
  | { readonly ok: true; readonly token: Token }
  | { readonly ok: false; readonly why: 'unknown' | 'expired' | 'revoked' };

export function checkToken(sandbox: Sandbox, value: string, want: Pick<Token, 'provider' | 'kind'>): TokenCheck {
  const token = sandbox.state.tokens.get(value);
  if (token?.provider !== want.provider || token.kind !== want.kind) return { ok: false, why: 'unknown' };
  if (token.revokedAt !== null) return { ok: false, why: 'revoked' };
  if (token.expiresAt !== null && token.expiresAt <= sandbox.now().toISOString()) return { ok: false, why: 'expired' };
  return { ok: true, token };
}

export function revokeToken(sandbox: Sandbox, token: Token): void {
  if (token.revokedAt === null) sandbox.state.tokens.put({ ...token, revokedAt: sandbox.now().toISOString() });
}

/** The whole grant is gone: every token of it, and the installation. Answers how many tokens died. */
export function revokeGrant(sandbox: Sandbox, provider: Provider): number {
  const { state } = sandbox;
  const alive = state.tokens.all().filter((one) => one.provider === provider && one.revokedAt === null);
  for (const token of alive) revokeToken(sandbox, token);
  const installation = state.installations.get(provider);
  if (installation) state.installations.put({ ...installation, revokedAt: sandbox.now().toISOString() });
  return alive.length;
}

/** Access tokens that would expire some day have expired now. Answers how many. */
export function expireAccessTokens(sandbox: Sandbox, provider: Provider): number {
  const now = sandbox.now().toISOString();
  const live = sandbox.state.tokens.all().filter((one) => one.provider === provider && one.kind === 'access');
  const expiring = live.filter((one) => one.expiresAt !== null && one.expiresAt > now);
  for (const token of expiring) sandbox.state.tokens.put({ ...token, expiresAt: now });
  return expiring.length;
}

const keptDeadMs = 24 * 3_600_000;

function dropLongDead(sandbox: Sandbox, now: Date): void {
  const before = new Date(now.getTime() - keptDeadMs).toISOString();
  for (const one of sandbox.state.tokens.all()) {
    const endedAt = one.revokedAt ?? one.expiresAt;
    if (endedAt !== null && endedAt < before) sandbox.state.tokens.remove(one.token);
  }
  for (const code of sandbox.state.codes.all()) if (code.expiresAt < before) sandbox.state.codes.remove(code.code);
}
