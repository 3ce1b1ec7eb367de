import { verifySlackRequest } from '@slack/bolt';
import type { SignedRequest } from '#contract/connector.ts';

const TOLERANCE_SECONDS = 300;

/**
 * Whether Slack signed exactly these bytes within five minutes of `now`. Bolt compares in constant time, but lets a moment in the
 * future pass, so the clock is checked here in both directions.
 */
export function isFromSlack({ headers, rawBody }: SignedRequest, signingSecret: string, now: Date): boolean {
  const signature = header(headers, 'x-slack-signature');
  const timestamp = header(headers, 'x-slack-request-timestamp');
  if (signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const signed = { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) };
  try {
    verifySlackRequest({ signingSecret, body: rawBody.toString('utf8'), headers: signed, nowMilliseconds: now.getTime() });
    return true;
  } catch {
    return false;
  }
}

/** Header names come in any case. */
export function header(headers: SignedRequest['headers'], name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
