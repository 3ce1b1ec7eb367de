import { randomBytes } from 'node:crypto';
import type { Sandbox } from '../sandbox.ts';
import type { Provider } from '../state/records.ts';
import { isChallenge } from './pkce.ts';

/** A consent request that may be shown to a person. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly redirectNamed: boolean;
  readonly state: string | null;
  readonly challenge: string | null;
  readonly scopes: readonly string[];
  readonly userScopes: readonly string[];
}

/** Why a consent request cannot be shown. It is told to the person, never sent to an address that was not checked. */
export class ConsentRefused extends Error {}

/** The PKCE challenge of a consent request. Throws `ConsentRefused` when it is one we could not check later. */
export function readChallenge(query: URLSearchParams): string | null {
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  if (challenge === null) {
    if (method !== null) throw new ConsentRefused('code_challenge_method was given without a code_challenge.');
    return null;
  }
  if (method !== 'S256') throw new ConsentRefused('code_challenge_method has to be S256.');
  if (!isChallenge(challenge)) throw new ConsentRefused('code_challenge has to be the base64url SHA-256 of the verifier (43 characters).');
  return challenge;
}

const codeLifetimeMs = 10 * 60_000;

/** Makes a one-time code for what a person agreed to. */
export function issueCode(sandbox: Sandbox, provider: Provider, request: ConsentRequest): string {
  const code = randomBytes(24).toString('base64url');
  const { redirectUri, redirectNamed, challenge } = request;
  const scopes = [...request.scopes];
  const expiresAt = new Date(sandbox.now().getTime() + codeLifetimeMs).toISOString();
  sandbox.state.codes.put({
    code,
    provider,
    redirectUri,
    redirectNamed,
    challenge,
    scopes,
    userScopes: [...request.userScopes],
    expiresAt,
  });
  return code;
}

/** The way back to the app, with `state` as it came. */
export function backToApp(request: ConsentRequest, answer: Readonly<Record<string, string>>): string {
  const url = new URL(request.redirectUri);
  for (const [key, value] of Object.entries(answer)) url.searchParams.set(key, value);
  if (request.state !== null) url.searchParams.set('state', request.state);
  return url.href;
}
