import { z } from 'zod';
import { expireAccessTokens, revokeGrant } from '../oauth/tokens.ts';
import type { Sandbox } from '../sandbox.ts';
import { faultKinds, provider } from '../state/records.ts';

export const wish = z.strictObject({
  provider,
  /** Part of `METHOD /path`; absent: any call. */
  match: z.string().max(300).optional(),
  fault: z.enum([...faultKinds, 'revoked', 'expire-tokens']),
  /** How many calls it hits. */
  times: z.number().int().min(1).max(100_000).optional(),
  retryAfterSeconds: z.number().int().min(0).max(86_400).optional(),
  delayMs: z.number().int().min(0).max(600_000).optional(),
});

/** Plants a failure for calls to come. `revoked` and `expire-tokens` strike at once instead. */
export function plantFault(sandbox: Sandbox, given: z.infer<typeof wish>): object {
  if (given.fault === 'revoked') return { done: 'revoked', tokens: revokeGrant(sandbox, given.provider) };
  if (given.fault === 'expire-tokens') return { done: 'expire-tokens', tokens: expireAccessTokens(sandbox, given.provider) };
  const { match = '', times = 1, retryAfterSeconds = null, delayMs = null } = given;
  const id = String(sandbox.state.next('fault'));
  return sandbox.state.faults.put({
    id,
    provider: given.provider,
    match,
    fault: given.fault,
    timesLeft: times,
    retryAfterSeconds,
    delayMs,
  });
}
