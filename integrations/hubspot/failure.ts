import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { cut } from '../shared/cut.ts';
import { retryAfterMs } from '../shared/retry-after.ts';
import { withoutSecrets } from '../shared/without-secrets.ts';
import type { HubspotAnswer } from './send.ts';

/** HubSpot wraps single values of an error's context in a list, most of the time. */
const listed = z.union([z.array(z.coerce.string()), z.coerce.string().transform((value) => [value])]);
export const errorContext = z.record(z.string(), listed.catch([]));

/** The error body of every endpoint; each field may be missing. */
const refusal = z.object({
  message: z.string().catch(''),
  category: z.string().catch(''),
  policyName: z.string().catch(''),
  errors: z.array(z.object({ message: z.string().catch(''), context: errorContext.catch({}) })).catch([]),
  context: errorContext.catch({}),
});
type Refusal = z.infer<typeof refusal>;

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Translates an answer that is not a success. `secrets` are what was sent with it: they never appear in the message. */
export function failureOf(answer: HubspotAnswer, now: Date, secrets: readonly (string | null)[]): Failure {
  const said = refusal.catch({ message: '', category: '', policyName: '', errors: [], context: {} }).parse(answer.body ?? {});
  const words = withoutSecrets(said.message, secrets);
  const { status } = answer;
  if (status === 401) return grantLost(said);
  if (status === 403) return permissionMissing(said, words);
  const details = said.errors.map((error) => error.message).join(' ');
  const { code, message } = refusalOf({ message: words, details, category: { 404: GONE, 409: TAKEN }[status] ?? '' });
  return laterFailure(answer, said, now) ?? new Failure('vendorRefused', message, { code });
}

const GONE = 'OBJECT_NOT_FOUND';
const TAKEN = 'CONFLICT';

/** What a refusal means, of a call or of one row of a batch. A property that is gone or changed refuses every row alike. */
export function refusalOf(said: { readonly message: string; readonly details?: string; readonly category: string }): {
  readonly code: string;
  readonly message: string;
} {
  if (/PROPERTY_DOESNT_EXIST|INVALID_OPTION|READ_ONLY_VALUE/.test(`${said.message} ${said.details ?? ''}`)) {
    const message = 'A contact property of Leadlight is missing or changed in HubSpot. Connect HubSpot again to make it anew.';
    return { code: 'hubspot-property-unusable', message };
  }
  const message = `HubSpot refused this${quoted(said.message)}`;
  if (said.category === GONE) return { code: 'hubspot-not-found', message };
  return { code: said.category === TAKEN ? 'hubspot-conflict' : 'hubspot-refused', message };
}

/** An answer that is a success, yet in a shape that Leadlight cannot read. */
export function unreadable(): Failure {
  return new Failure('vendorBusy', 'HubSpot gave an answer that Leadlight cannot read. Leadlight tries again on its own.', {
    code: 'hubspot-unreadable',
  });
}

/** The failures that pass by themselves; null for any other. */
export function laterFailure(answer: HubspotAnswer, said: { readonly policyName: string }, now: Date): Failure | null {
  const wait = retryAfterMs(answer.headers.get('retry-after'), now);
  const { status } = answer;
  if (status === 429) return rateLimited(said.policyName, wait, now);
  if (status === 423) return busy('hubspot-locked', 'the record is locked for a moment', Math.max(wait ?? 0, 2 * SECOND_MS));
  if (status === 477) return busy('hubspot-migrating', 'the account is being moved to another data centre', wait ?? HOUR_MS);
  if (status === 408 || status >= 500) return busy('hubspot-unavailable', `it is not available (${status})`, wait);
  return null;
}

/** HubSpot documents `Retry-After` only for 477, so the length of the limit's own window stands in for it. */
function rateLimited(policy: string, wait: number | null, now: Date): Failure {
  if (policy === 'DAILY') return busy('hubspot-daily-limit', "the account's calls of today are used up", wait ?? untilMidnight(now));
  return busy('hubspot-rate-limit', 'too many calls in a short time', wait ?? (policy === 'SECONDLY' ? SECOND_MS : 10 * SECOND_MS));
}

function untilMidnight(now: Date): number {
  return DAY_MS - (now.getTime() % DAY_MS);
}

function busy(code: string, why: string, wait: number | null): Failure {
  return new Failure('vendorBusy', `HubSpot asks to wait: ${why}.`, wait === null ? { code } : { code, retryAfterMs: wait });
}

function grantLost({ category }: Refusal): Failure {
  const expired = category === 'EXPIRED_AUTHENTICATION';
  const code = expired ? 'hubspot-token-expired' : 'hubspot-grant-lost';
  return new Failure('grantLost', 'HubSpot no longer accepts the connection. Connect HubSpot again.', { code });
}

function permissionMissing({ errors, context }: Refusal, words: string): Failure {
  const places = [context, ...errors.map((error) => error.context)];
  const scopes = new Set(places.flatMap((place) => [...(place.requiredGranularScopes ?? []), ...(place.requiredScopes ?? [])]));
  const message =
    scopes.size === 0
      ? `HubSpot does not permit this to Leadlight${quoted(words)}`
      : `HubSpot does not permit this to Leadlight: the permission ${cut([...scopes].join(' or '), 200)} is missing. Connect HubSpot again to grant it.`;
  return new Failure('vendorRefused', message, { code: 'hubspot-permission-missing' });
}

function quoted(message: string): string {
  return message === '' ? '.' : `: “${cut(message, 300)}”`;
}
