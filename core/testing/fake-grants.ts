/** The OAuth side of a fake vendor: it knows which codes and tokens are good, and lets refresh tokens work once. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account, OAuthAbility, Tokens } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { newSecret } from '../store/new-id.ts';

export interface FakeGrants {
  readonly oauth: OAuthAbility;
  /** Whose account the next grant is for. */
  account: Account;
  /** Of the tokens that are given from now on. */
  expiresAt: Date | null;
  refreshTakesMs: number;
  /** Happens once, in the middle of the next refresh. */
  meanwhile: (() => Promise<unknown>) | null;
  /** Refresh tokens in the order they were presented. */
  readonly refreshes: string[];
  /** Access tokens that were given back. */
  readonly revoked: string[];
  /** Everything that must never be seen in clear. */
  readonly secrets: string[];
  /** A new grant, as if the person had agreed before. */
  give(): Tokens & { readonly refreshToken: string };
  /** The person agrees on the consent page: where their browser is sent, as path and query. */
  agree(consentUrl: string): string;
  /** Access tokens die ahead of their time; refresh tokens still work. */
  expire(): void;
  /** The person removes the app: nothing works any more. */
  remove(): void;
  /** Throws `grantLost` for an access token that is not good. */
  check(accessToken: string): void;
}

interface Consent {
  readonly challenge: string;
  readonly redirectUri: string;
}

interface Known {
  readonly access: Set<string>;
  readonly refresh: Set<string>;
  readonly consents: Map<string, Consent>;
}

export function fakeGrants(id: string): FakeGrants {
  const known: Known = { access: new Set(), refresh: new Set(), consents: new Map() };
  const grants: FakeGrants = {
    oauth: {
      consentUrl: (request) => `https://${id}.example/consent?${new URLSearchParams(request).toString()}`,
      exchange: (request) => exchange(grants, known, request),
      refresh: (refreshToken) => refresh(grants, known, refreshToken),
      revoke: async ({ accessToken }) => void grants.revoked.push(accessToken),
    },
    account: { id: `${id}-account`, name: 'Northwind', url: `https://${id}.example/northwind` },
    expiresAt: null,
    refreshTakesMs: 0,
    meanwhile: null,
    refreshes: [],
    revoked: [],
    secrets: [],
    give: () => give(grants, known),
    agree: (consentUrl) => agree(known, new URL(consentUrl).searchParams),
    expire: () => known.access.clear(),
    remove: () => [known.access, known.refresh].forEach((tokens) => void tokens.clear()),
    check: (accessToken) => {
      if (!known.access.has(accessToken)) throw lost('fake-unauthorized');
    },
  };
  return grants;
}

function give(grants: FakeGrants, { access, refresh }: Known) {
  const tokens = { accessToken: `access-${newSecret()}`, refreshToken: `refresh-${newSecret()}`, expiresAt: grants.expiresAt };
  access.add(tokens.accessToken);
  refresh.add(tokens.refreshToken);
  grants.secrets.push(tokens.accessToken, tokens.refreshToken);
  return tokens;
}

function agree({ consents }: Known, asked: URLSearchParams): string {
  const code = `code-${newSecret()}`;
  const redirectUri = asked.get('redirectUri') ?? '';
  consents.set(code, { challenge: asked.get('codeChallenge') ?? '', redirectUri });
  return `${new URL(redirectUri).pathname}?${new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString()}`;
}

async function exchange(grants: FakeGrants, known: Known, request: Parameters<OAuthAbility['exchange']>[0]) {
  const { code, codeVerifier, redirectUri } = request;
  grants.secrets.push(codeVerifier);
  const consent = known.consents.get(code);
  known.consents.delete(code);
  const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
  if (consent === undefined || consent.challenge !== challenge || consent.redirectUri !== redirectUri)
    throw new Failure('vendorRefused', 'The vendor does not know this code.', { code: 'fake-code-unknown' });
  return { tokens: give(grants, known), account: grants.account, scopes: ['all'] };
}

/** A refresh token that comes a second time ends the whole grant, as real providers do. */
async function refresh(grants: FakeGrants, known: Known, refreshToken: string): Promise<Tokens> {
  grants.refreshes.push(refreshToken);
  const isGood = known.refresh.delete(refreshToken);
  const { meanwhile } = grants;
  grants.meanwhile = null;
  await Promise.all([wait(grants.refreshTakesMs), meanwhile?.()]);
  if (isGood) return give(grants, known);
  grants.remove();
  throw lost('invalid_grant');
}

function lost(code: string): Failure {
  return new Failure('grantLost', 'The vendor no longer accepts the connection.', { code });
}
