import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { laterFailure } from './failure.ts';
import type { HubspotAnswer } from './send.ts';

/** HubSpot mixes the words of OAuth (`error`) with its own (`status`). */
const refusal = z.object({
  error: z.string().catch(''),
  status: z.string().catch(''),
  policyName: z.string().catch(''),
});

/** What says that this customer took the grant away, rather than that our app is set up wrongly. */
const gone = new Set(['invalid_grant', 'access_denied', 'BAD_REFRESH_TOKEN', 'BAD_HUB', 'BAD_AUTH_CODE']);

/**
 * Translates a refusal of the token endpoint. Only the words for "this grant is gone" may cost a customer their connection: an app
 * secret that was changed answers 4xx too, and would cut off everybody at once.
 */
export function oauthFailureOf(answer: HubspotAnswer, now: Date): Failure {
  const said = refusal.catch({ error: '', status: '', policyName: '' }).parse(answer.body ?? {});
  if (gone.has(said.error) || gone.has(said.status)) {
    return new Failure('grantLost', 'HubSpot says that the connection was taken back. Connect HubSpot again.', {
      code: 'hubspot-grant-lost',
    });
  }
  return laterFailure(answer, said, now) ?? appRefused(said.error || said.status || String(answer.status));
}

function appRefused(reason: string): Failure {
  const word = /^[\w.-]{1,60}$/.test(reason) ? reason : 'no reason given';
  return new Failure('vendorRefused', `HubSpot refused Leadlight's own app (${word}). Check HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET.`, {
    code: 'hubspot-app-refused',
  });
}
