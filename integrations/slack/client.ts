import { webApi } from '@slack/bolt';
import type { z } from 'zod';
import type { ConnectorTools } from '#contract/connector.ts';
import { slackFailure, unreadable } from './failure.ts';

export interface SlackSettings {
  /** Ends with a slash. */
  readonly apiUrl: string;
  readonly authorizeUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly timeoutMs: number;
  readonly tools: ConnectorTools;
}

/** Where Slack names no wait with its 429, which its documentation rules out. */
const UNNAMED_WAIT_SECONDS = '30';

interface Question<Shape extends z.ZodType> {
  /** Null asks in the name of the app. */
  readonly token: string | null;
  readonly shape: Shape;
}

/** Asks Slack's Web API once and reads the answer by `shape`. Throws a `Failure` for everything but a success. */
export async function ask<Shape extends z.ZodType>(
  settings: SlackSettings,
  { token, shape }: Question<Shape>,
  method: (client: webApi.WebClient) => Promise<webApi.WebAPICallResult>,
): Promise<z.infer<Shape>> {
  const answer = await method(slackClient(settings, token)).catch((error: unknown) => {
    throw slackFailure(error, [token, settings.clientSecret]);
  });
  const read = shape.safeParse(answer);
  if (!read.success) throw unreadable();
  return read.data;
}

/** Neither waits nor tries again: the delivery queue does both, and a "visitor is live" that is 20 minutes late is of no use. */
function slackClient({ apiUrl, timeoutMs }: SlackSettings, token: string | null): webApi.WebClient {
  return new webApi.WebClient(token ?? undefined, {
    slackApiUrl: apiUrl,
    allowAbsoluteUrls: false,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: timeoutMs,
    logger: silence,
    fetch: fetchWhole,
  });
}

/**
 * Reads the whole answer before the client sees it: the client turns only what fails inside `fetch` into its own errors, and an
 * answer that is cut in the middle would escape as something else.
 */
const fetchWhole: webApi.FetchFunction = async (url, init) => {
  const answer = await fetch(url, init);
  const text = await answer.text();
  const headers = new Headers({ 'content-type': answer.headers.get('content-type') ?? 'application/json' });
  for (const name of ['retry-after', 'x-oauth-scopes']) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (answer.status === 429 && !/^\d+$/.test(headers.get('retry-after') ?? '')) headers.set('retry-after', UNNAMED_WAIT_SECONDS);
  return new Response(text === '' ? null : text, { status: answer.status, statusText: answer.statusText, headers });
};

/** Slack's packages write messages, and with them people's names, into their log. What matters comes back as a `Failure`. */
export const silence: webApi.Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => webApi.LogLevel.ERROR,
  setName: () => undefined,
};
