import type { ApiReply } from '../http/answer-call.ts';

/** A refusal as Slack's Web API tells it: HTTP 200 with `ok: false`. */
export class SlackError extends Error {
  readonly code: string;
  readonly extras: object;

  constructor(code: string, extras: object = {}) {
    super(code);
    this.code = code;
    this.extras = extras;
  }

  reply(): ApiReply {
    return { status: 200, body: { ok: false, error: this.code, ...this.extras }, error: this.code };
  }
}

/** Arguments that do not fit, with what is wrong in Slack's words. */
export function badArguments(messages: readonly string[]): SlackError {
  return new SlackError('invalid_arguments', { response_metadata: { messages: messages.map((one) => `[ERROR] ${one}`) } });
}

export function rateLimited(retryAfterSeconds: number): ApiReply {
  return {
    status: 429,
    headers: { 'Retry-After': String(retryAfterSeconds) },
    body: { ok: false, error: 'ratelimited' },
    error: 'ratelimited',
  };
}
