import { createHmac } from 'node:crypto';

/** Slack's v0 signature over the raw body (docs.slack.dev/authentication/verifying-requests-from-slack). */
export function signatureHeaders(signingSecret: string, rawBody: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${rawBody}`).digest('hex');
  return { 'X-Slack-Request-Timestamp': timestamp, 'X-Slack-Signature': `v0=${digest}` };
}
