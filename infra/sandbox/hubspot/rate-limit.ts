import { randomUUID } from 'node:crypto';
import type { ApiReply } from '../http/answer-call.ts';
import { type CallWindow, createCallWindow } from '../http/call-window.ts';

/** An OAuth app has 110 requests in 10 s for each account; searches have 5 a second of their own, without headers. */
const max = 110;
const intervalMs = 10_000;
const searchesPerSecond = 5;

export interface HubSpotLimits {
  /** Counts a request. `refusal` is the 429; `headers` go with the answer otherwise. */
  count(path: string, at: Date): { readonly refusal: ApiReply } | { readonly headers: Readonly<Record<string, string>> };
}

export function createHubSpotLimits(): HubSpotLimits {
  const general = createCallWindow(max, intervalMs);
  const searches: CallWindow = createCallWindow(searchesPerSecond, 1000);
  return {
    count(path, at) {
      if (path.endsWith('/search')) return searches.take(at) < 0 ? { refusal: rateLimited('SECONDLY', null) } : { headers: {} };
      const left = general.take(at);
      const headers = rateHeaders(Math.max(left, 0));
      return left < 0 ? { refusal: { ...rateLimited('TEN_SECONDLY_ROLLING', null), headers } } : { headers };
    },
  };
}

function rateHeaders(remaining: number): Record<string, string> {
  return {
    'X-HubSpot-RateLimit-Interval-Milliseconds': String(intervalMs),
    'X-HubSpot-RateLimit-Max': String(max),
    'X-HubSpot-RateLimit-Remaining': String(remaining),
  };
}

export function rateLimited(policyName: 'TEN_SECONDLY_ROLLING' | 'SECONDLY', retryAfterSeconds: number | null): ApiReply {
  const window = policyName === 'SECONDLY' ? 'secondly' : 'ten_secondly_rolling';
  const message = `You have reached your ${window} limit.`;
  const body = { status: 'error', message, errorType: 'RATE_LIMIT', correlationId: randomUUID(), policyName, requestId: randomUUID() };
  const headers: Record<string, string> = retryAfterSeconds === null ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return { status: 429, headers, body, error: 'RATE_LIMIT' };
}
