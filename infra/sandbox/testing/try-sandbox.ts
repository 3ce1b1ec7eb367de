import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { SandboxOptions } from '../options.ts';
import { startSandbox } from '../start-sandbox.ts';

export const hubspotCallback = 'http://localhost:4000/v1/integrations/hubspot/callback';
export const slackCallback = 'http://localhost:4000/v1/integrations/slack/callback';
const hubspotScopes = 'oauth crm.objects.contacts.read crm.objects.contacts.write crm.schemas.contacts.write';
export const slackScopes =
  'chat:write,chat:write.public,channels:read,channels:join,channels:history,users:read,users:read.email,team:read';

export type Settings = Partial<Pick<SandboxOptions, 'dataFile' | 'now'>> & {
  readonly rotate?: boolean;
  readonly requestUrl?: string;
};

/** Only what a test cares about has to be said. */
export function testOptions(settings: Settings = {}): SandboxOptions {
  const { dataFile = null, now, rotate = false, requestUrl = 'http://127.0.0.1:9/slack' } = settings;
  const hubspot = { clientId: 'hs-id', clientSecret: 'hs-secret', redirectUris: [hubspotCallback], rotateRefreshTokens: rotate };
  const slack = {
    clientId: 'sl-id',
    clientSecret: 'sl-secret',
    signingSecret: 'sl-sign',
    redirectUris: [slackCallback],
    requestUrl,
    rotateTokens: rotate,
  };
  return { port: 0, dataFile, hubspot, slack, demoSiteUrl: 'http://localhost:4001', now };
}

/** A sandbox for one test: `await using`. */
export async function trySandbox(settings: Settings = {}) {
  const running = await startSandbox(testOptions(settings));
  return { url: running.url, close: running.close, [Symbol.asyncDispose]: running.close };
}

/** A clock that stands still until it is moved. */
export function handClock(start = Date.UTC(2026, 10, 20, 9, 0, 0)) {
  let at = start;
  return {
    now: () => new Date(at),
    passSeconds(seconds: number) {
      at += seconds * 1000;
    },
  };
}

export function pkcePair(): { verifier: string; challenge: string } {
  const verifier = randomBytes(48).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** A person answers the consent page: where the browser is sent. */
export async function answerConsent(address: string, answer: 'connect' | 'cancel' = 'connect'): Promise<URL> {
  const { origin, pathname, search } = new URL(address);
  const body = new URLSearchParams({ request: search.slice(1), answer });
  const response = await fetch(`${origin}${pathname}`, { method: 'POST', body, redirect: 'manual' });
  const location = response.headers.get('location');
  if (location === null) throw new Error(`Consent answered ${response.status}: ${await response.text()}`);
  return new URL(location);
}

const tokens = z.object({ access_token: z.string(), refresh_token: z.string().optional() });

/** Installs Leadlight in the HubSpot account. */
export async function connectHubSpot(url: string, scopes = hubspotScopes) {
  const { verifier, challenge } = pkcePair();
  const query = {
    client_id: 'hs-id',
    redirect_uri: hubspotCallback,
    scope: scopes,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  const back = await answerConsent(`${url}/oauth/authorize?${new URLSearchParams(query)}`);
  const code = back.searchParams.get('code') ?? '';
  const reply = await hubspotToken(url, { grant_type: 'authorization_code', code, redirect_uri: hubspotCallback, code_verifier: verifier });
  const { access_token, refresh_token = '' } = tokens.parse(reply.body);
  return { accessToken: access_token, refreshToken: refresh_token, api: hubspotApi(url, access_token) };
}

/** POST /oauth/2026-09/token */
export async function hubspotToken(url: string, form: Record<string, string>) {
  const body = new URLSearchParams({ client_id: 'hs-id', client_secret: 'hs-secret', ...form });
  return replyOf(await fetch(`${url}/oauth/2026-09/token`, { method: 'POST', body }));
}

export function hubspotApi(url: string, accessToken: string) {
  return async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    return replyOf(await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }));
  };
}

const jsonObject = z.record(z.string(), z.unknown());

export async function replyOf(response: Response) {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? jsonObject.parse(JSON.parse(text)) : {} };
}

/** Adds Leadlight to the Slack workspace. */
export async function connectSlack(url: string, scopes = slackScopes) {
  const query = { client_id: 'sl-id', redirect_uri: slackCallback, scope: scopes };
  const back = await answerConsent(`${url}/oauth/v2/authorize?${new URLSearchParams(query)}`);
  const code = back.searchParams.get('code') ?? '';
  const form = { client_id: 'sl-id', client_secret: 'sl-secret', redirect_uri: slackCallback, code };
  const { body } = await replyOf(await fetch(`${url}/api/oauth.v2.access`, { method: 'POST', body: new URLSearchParams(form) }));
  return { body, token: tokens.parse(body).access_token };
}

export async function plant(url: string, fault: object): Promise<void> {
  const response = await fetch(`${url}/faults`, { method: 'POST', body: JSON.stringify(fault) });
  if (response.status !== 201) throw new Error(await response.text());
}

/** GET /state, as far as tests look at it. */
export async function stateOf(url: string) {
  const shape = z.object({
    installations: z.array(z.object({ provider: z.string(), revokedAt: z.string().nullable(), scopes: z.array(z.string()) })),
    hubspot: z.object({
      contacts: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string()) })),
      notes: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string()), contactIds: z.array(z.string()) })),
      properties: z.array(z.object({ name: z.string() })),
    }),
    slack: z.object({
      channels: z.array(z.object({ id: z.string(), messages: z.array(z.object({ ts: z.string(), text: z.string(), edits: z.number() })) })),
      sentToApp: z.array(z.object({ what: z.string(), status: z.number().nullable() })),
    }),
    calls: z.array(z.object({ method: z.string(), path: z.string(), status: z.number(), rows: z.number(), fault: z.string() })),
  });
  return shape.parse(await (await fetch(`${url}/state`)).json());
}
