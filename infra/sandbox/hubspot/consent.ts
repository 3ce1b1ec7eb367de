import { portal } from '../accounts.ts';
import { ConsentRefused, type ConsentRequest, readChallenge } from '../oauth/consent-request.ts';
import type { Sandbox } from '../sandbox.ts';
import { hubspotScopes } from './scopes.ts';

/** Reads `/oauth/authorize?…`. Throws `ConsentRefused` with what HubSpot's error page would say. */
export function readHubSpotConsent(sandbox: Sandbox, query: URLSearchParams): ConsentRequest {
  const { clientId, redirectUris } = sandbox.options.hubspot;
  if (query.get('client_id') !== clientId) throw new ConsentRefused('We could not find an app with this client_id.');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!redirectUris.includes(redirectUri)) {
    throw new ConsentRefused(`The redirect_uri "${redirectUri}" is not among the redirect URLs of the app.`);
  }
  const required = splitScopes(query.get('scope'));
  if (required.length === 0) throw new ConsentRefused('No scope was asked for.');
  const scopes = [...new Set([...required, ...splitScopes(query.get('optional_scope'))])];
  const unknown = scopes.filter((scope) => !hubspotScopes.has(scope));
  if (unknown.length > 0) throw new ConsentRefused(`These scopes do not exist: ${unknown.join(', ')}.`);
  const challenge = readChallenge(query);
  return { redirectUri, redirectNamed: true, state: query.get('state'), challenge, scopes, userScopes: [] };
}

/** The person agreed: Leadlight is installed in the portal. */
export function installHubSpot(sandbox: Sandbox, scopes: readonly string[]): void {
  const installedAt = sandbox.now().toISOString();
  const account = { accountId: String(portal.id), accountName: portal.name };
  sandbox.state.installations.put({ provider: 'hubspot', ...account, scopes: [...scopes], userScopes: [], installedAt, revokedAt: null });
}

function splitScopes(value: string | null): string[] {
  return (value ?? '').split(/[ ,]+/).filter(Boolean);
}
