import { z } from 'zod';
import type { OAuthAbility, Tokens } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { readAccount } from './account.ts';
import { hubspotPaths } from './api-version.ts';
import { failureOf, unreadable } from './failure.ts';
import { oauthFailureOf } from './oauth-failure.ts';
import { HUBSPOT_SCOPES } from './scopes.ts';
import { type HubspotRequest, type HubspotSettings, send } from './send.ts';

/** Access tokens live 30 minutes; the refresh token lives until the app is uninstalled. */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive(),
  scopes: z.array(z.string()).optional(),
});

export function hubspotOAuth(settings: HubspotSettings): OAuthAbility {
  return {
    consentUrl: (request) => consentUrl(settings, request),
    async exchange({ code, codeVerifier, redirectUri }) {
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier };
      const answer = await askForTokens(settings, form).catch((error: unknown) => {
        throw codeRefused(error);
      });
      const tokens = tokensOf(answer, null, settings.tools.now());
      return { tokens, account: await readAccount(settings, tokens.accessToken), scopes: answer.scopes ?? [...HUBSPOT_SCOPES] };
    },
    async refresh(refreshToken) {
      const answer = await askForTokens(settings, { grant_type: 'refresh_token', refresh_token: refreshToken });
      return tokensOf(answer, refreshToken, settings.tools.now());
    },
    revoke: (tokens) => revoke(settings, tokens),
  };
}

/** By hand, since `URLSearchParams` writes a space as `+`, which HubSpot's consent page does not split scopes on. */
function consentUrl({ appUrl, clientId }: HubspotSettings, request: Parameters<OAuthAbility['consentUrl']>[0]): string {
  const query = {
    client_id: clientId,
    redirect_uri: request.redirectUri,
    scope: HUBSPOT_SCOPES.join(' '),
    state: request.state,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
  };
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `${appUrl}/oauth/authorize?${pairs.join('&')}`;
}

async function askForTokens(settings: HubspotSettings, form: Record<string, string>): Promise<z.infer<typeof tokenAnswer>> {
  const app = { client_id: settings.clientId, client_secret: settings.clientSecret };
  const answer = await send(settings, { method: 'POST', path: hubspotPaths.token, accessToken: null, form: { ...form, ...app } });
  if (answer.status !== 200) throw oauthFailureOf(answer, settings.tools.now());
  const read = tokenAnswer.safeParse(answer.body);
  if (!read.success) throw unreadable();
  return read.data;
}

/** There is no grant to lose yet: a code that is refused means that the consent took too long or was used twice. */
function codeRefused(error: unknown): unknown {
  if (!(error instanceof Failure) || error.kind !== 'grantLost') return error;
  return new Failure('vendorRefused', 'HubSpot refused the sign-in code: it is used up or too old. Start again.', {
    code: 'hubspot-code-refused',
  });
}

function tokensOf(answer: z.infer<typeof tokenAnswer>, previous: string | null, now: Date): Tokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? previous,
    expiresAt: new Date(now.getTime() + answer.expires_in * 1000),
  };
}

/**
 * Uninstalls the app from the account (HubSpot asks this of certified apps), then revokes the refresh token: each also where the
 * other fails. An access token that was issued dies by itself within 30 minutes.
 */
async function revoke(settings: HubspotSettings, { accessToken, refreshToken }: Tokens): Promise<void> {
  const requests: HubspotRequest[] = [{ method: 'DELETE', path: hubspotPaths.uninstall, accessToken }];
  if (refreshToken !== null) {
    const form = {
      token: refreshToken,
      token_type_hint: 'refresh_token',
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
    };
    requests.push({ method: 'POST', path: hubspotPaths.revoke, accessToken: null, form });
  }
  const troubles = await Promise.all(requests.map((request) => giveBack(settings, request)));
  const later = troubles.find((trouble) => trouble !== null);
  if (later) throw later;
}

/** What to try again later, or null: a grant that HubSpot does not know is given back already. */
async function giveBack(settings: HubspotSettings, request: HubspotRequest): Promise<Failure | null> {
  try {
    const answer = await send(settings, request);
    const failure = answer.status < 300 ? null : failureOf(answer, settings.tools.now(), [request.accessToken]);
    return failure?.kind === 'vendorBusy' ? failure : null;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
