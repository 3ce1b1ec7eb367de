import { z } from 'zod';
import type { Account, OAuthAbility, Tokens } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { ask, type SlackSettings } from './client.ts';
import { unreadable } from './failure.ts';
import { SLACK_SCOPES } from './scopes.ts';

/** Tokens do not expire, unless the app has token rotation: then they come with an end and a refresh token. */
const accessAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional(),
  scope: z.string().optional(),
  is_enterprise_install: z.boolean().optional(),
  team: z.object({ id: z.string(), name: z.string().optional() }).nullish(),
  enterprise: z.object({ id: z.string(), name: z.string().optional() }).nullish(),
});
type AccessAnswer = z.infer<typeof accessAnswer>;

/** What says that there is nothing left to give back. */
const FINAL = new Set(['grantLost', 'vendorRefused']);

export function slackOAuth(settings: SlackSettings): OAuthAbility {
  return {
    consentUrl: ({ state, redirectUri }) => consentUrl(settings, state, redirectUri),
    async exchange({ code, redirectUri }) {
      const answer = await access(settings, { code, redirect_uri: redirectUri });
      const tokens = tokensOf(answer, null, settings.tools.now());
      return { tokens, account: await readAccount(settings, answer), scopes: scopesOf(answer) };
    },
    async refresh(refreshToken) {
      const answer = await access(settings, { grant_type: 'refresh_token', refresh_token: refreshToken });
      return tokensOf(answer, refreshToken, settings.tools.now());
    },
    revoke: ({ accessToken }) => revoke(settings, accessToken),
  };
}

/**
 * Without PKCE, although we are handed a challenge: Slack takes it only from apps marked as public clients, which cannot be undone
 * and makes refresh tokens end after 30 days (docs.slack.dev/authentication/using-pkce). The client secret and the state do the work.
 */
function consentUrl({ authorizeUrl, clientId }: SlackSettings, state: string, redirectUri: string): string {
  const query = new URLSearchParams({ client_id: clientId, scope: SLACK_SCOPES.join(','), redirect_uri: redirectUri, state });
  return `${authorizeUrl}?${query}`;
}

type AccessRequest =
  | { readonly code: string; readonly redirect_uri: string }
  | { readonly grant_type: 'refresh_token'; readonly refresh_token: string };

function access(settings: SlackSettings, request: AccessRequest): Promise<AccessAnswer> {
  const app = { client_id: settings.clientId, client_secret: settings.clientSecret };
  return ask(settings, { token: null, shape: accessAnswer }, (client) => client.apiCall('oauth.v2.access', { ...request, ...app }));
}

function tokensOf(answer: AccessAnswer, previous: string | null, now: Date): Tokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? previous,
    expiresAt: answer.expires_in === undefined ? null : new Date(now.getTime() + answer.expires_in * 1000),
  };
}

/** An installation for a whole organisation belongs to the organisation, any other to its workspace. */
async function readAccount(settings: SlackSettings, answer: AccessAnswer): Promise<Account> {
  const owner = answer.is_enterprise_install ? answer.enterprise : answer.team;
  if (!owner) throw unreadable();
  const url = (await readAddress(settings, answer.access_token)) ?? `https://app.slack.com/client/${owner.id}`;
  return { id: owner.id, name: owner.name ?? owner.id, url };
}

/** Only a link for people, so a refusal must not fail the installation: the one-time code is spent by now. */
async function readAddress(settings: SlackSettings, token: string): Promise<string | null> {
  const shape = z.object({ url: z.url({ protocol: /^https?$/ }) });
  const known = await ask(settings, { token, shape }, (client) => client.auth.test()).catch(() => null);
  return known === null ? null : known.url;
}

function scopesOf({ scope }: AccessAnswer): string[] {
  return (scope ?? '').split(',').filter((word) => word !== '');
}

async function revoke(settings: SlackSettings, accessToken: string): Promise<void> {
  try {
    await ask(settings, { token: accessToken, shape: z.unknown() }, (client) => client.auth.revoke());
  } catch (error) {
    if (!(error instanceof Failure) || !FINAL.has(error.kind)) throw error;
  }
}
