import { z } from 'zod';
import type { SignedRequest } from '#contract/connector.ts';
import { header } from './verify-request.ts';

/** What Slack sends, as far as we act on it; the rest of the body is kept for Bolt. */
const challenge = z.object({ type: z.literal('url_verification'), challenge: z.string() });
const happening = z.looseObject({ type: z.literal('event_callback'), event_id: z.string(), event: z.looseObject({ type: z.string() }) });
const interaction = z.looseObject({
  type: z.literal('block_actions'),
  user: z.looseObject({ id: z.string() }),
  actions: z.array(z.looseObject({ type: z.string(), action_id: z.string() })).min(1),
});

export type SlackMessage =
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'forBolt'; readonly body: Record<string, unknown> }
  | { readonly kind: 'ignored' };

/** Reads the body of a request whose signature is verified; null when it is no body of Slack's. */
export function readRequest(request: SignedRequest): SlackMessage | null {
  const body = parseBody(request);
  if (body === undefined) return null;
  const asked = challenge.safeParse(body);
  if (asked.success) return { kind: 'challenge', challenge: asked.data.challenge };
  const known = z.union([happening, interaction]).safeParse(body);
  return known.success ? { kind: 'forBolt', body: known.data } : { kind: 'ignored' };
}

/** Events come as JSON; button presses as a form with the JSON in one field. */
function parseBody({ headers, rawBody }: SignedRequest): unknown {
  const text = rawBody.toString('utf8');
  const isForm = (header(headers, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded');
  if (!isForm) return parseJson(text);
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : parseJson(payload);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
