import { ConsentRefused, type ConsentRequest, readChallenge } from '../oauth/consent-request.ts';
import type { Sandbox } from '../sandbox.ts';
import { slackScopes } from './scopes.ts';

/** Reads `/oauth/v2/authorize?…`. Throws `ConsentRefused` with what Slack's error page would say. */
export function readSlackConsent(sandbox: Sandbox, query: URLSearchParams): ConsentRequest {
  const { clientId, redirectUris } = sandbox.options.slack;
  if (query.get('client_id') !== clientId) throw new ConsentRefused('invalid_client_id: there is no app with this client ID.');
  const named = query.get('redirect_uri');
  const redirectUri = named ?? redirectUris[0] ?? '';
  if (!redirectUris.includes(redirectUri)) {
    throw new ConsentRefused(`bad_redirect_uri: "${redirectUri}" did not match any configured URIs.`);
  }
  const scopes = splitScopes(query.get('scope'));
  const userScopes = splitScopes(query.get('user_scope'));
  if (scopes.length + userScopes.length === 0) throw new ConsentRefused('no_scopes: the app requested no scope.');
  const unknown = [...scopes, ...userScopes].filter((scope) => !slackScopes.has(scope));
  if (unknown.length > 0) throw new ConsentRefused(`invalid_scope: ${unknown.join(', ')}.`);
  const challenge = readChallenge(query);
  return { redirectUri, redirectNamed: named !== null, state: query.get('state'), challenge, scopes, userScopes };
}

function splitScopes(value: string | null): string[] {
  return [...new Set((value ?? '').split(/[ ,]+/).filter(Boolean))];
}
