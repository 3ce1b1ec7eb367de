import { z } from 'zod';
import type { Account } from '#contract/connector.ts';
import { hubspotPaths } from './api-version.ts';
import { call } from './call.ts';
import { type HubspotSettings, send } from './send.ts';

const details = z.object({ portalId: z.coerce.string().regex(/^\d+$/), uiDomain: z.string().optional() });
const introspection = z.object({ hub_domain: z.string().min(1) });

/** The customer's account. Its `url` is where their contacts are, and what record addresses begin with. */
export async function readAccount(settings: HubspotSettings, accessToken: string): Promise<Account> {
  const { portalId, uiDomain } = await call(settings, { method: 'GET', path: hubspotPaths.account, accessToken }, details);
  const name = (await readDomain(settings, accessToken)) ?? `HubSpot account ${portalId}`;
  return { id: portalId, name, url: `${peoplesOrigin(settings.appUrl, uiDomain)}/contacts/${portalId}` };
}

export function recordUrl(account: Account, recordId: string): string {
  return `${account.url}/record/0-1/${recordId}`;
}

/** Only a label, so a refusal must not fail the installation: the one-time code is spent by now. */
async function readDomain(settings: HubspotSettings, accessToken: string): Promise<string | null> {
  const { clientId, clientSecret } = settings;
  const form = { client_id: clientId, client_secret: clientSecret, token: accessToken, token_type_hint: 'access_token' };
  const answer = await send(settings, { method: 'POST', path: hubspotPaths.introspect, accessToken: null, form }).catch(() => null);
  const read = introspection.safeParse(answer?.body);
  return read.success ? read.data.hub_domain : null;
}

/** HubSpot names the domain of the account's region (`app-eu1.hubspot.com`). Anywhere else, the configured origin is the truth. */
function peoplesOrigin(appUrl: string, uiDomain: string | undefined): string {
  if (new URL(appUrl).hostname !== 'app.hubspot.com') return appUrl;
  return uiDomain !== undefined && /^[a-z0-9-]+\.hubspot\.com$/.test(uiDomain) ? `https://${uiDomain}` : appUrl;
}
