import { webApi } from '@slack/bolt';
import { Failure } from '#contract/failure.ts';
import { cut } from '../shared/cut.ts';
import { networkTrouble } from '../shared/network-trouble.ts';
import { withoutSecrets } from '../shared/without-secrets.ts';

/** Slack's word → what it means for the grant, for later, and in words for a person. Any other word is refused as it stands. */
const gone = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'invalid_refresh_token',
  'team_disabled',
]);
const passing = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org', 'rollup_error']);
const limited = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const refused: Readonly<Record<string, string>> = {
  channel_not_found: 'The Slack channel is gone, or Leadlight cannot see it. Choose another channel.',
  not_in_channel: 'Leadlight is not in this Slack channel. Invite it with “/invite @Leadlight”, or choose another channel.',
  is_archived: 'The Slack channel is archived. Choose another channel.',
  missing_scope: 'Slack does not permit this to Leadlight: a permission is missing. Connect Slack again to grant it.',
  restricted_action: 'The settings of the Slack workspace keep apps from posting in this channel. Choose another channel.',
  message_not_found: 'The Slack message is gone: somebody deleted it.',
  cant_update_message: 'Slack does not let Leadlight change this message.',
  edit_window_closed: 'The settings of the Slack workspace keep this message from being changed any more.',
  invalid_code: 'Slack refused the sign-in code: it is used up or too old. Start again.',
  code_already_used: 'Slack refused the sign-in code: it is used up or too old. Start again.',
  invalid_client_id: "Slack refused Leadlight's own app. Check SLACK_CLIENT_ID and SLACK_CLIENT_SECRET.",
  bad_client_secret: "Slack refused Leadlight's own app. Check SLACK_CLIENT_ID and SLACK_CLIENT_SECRET.",
  bad_redirect_uri: "Slack does not know Leadlight's address. Add it to the redirect URLs of the Slack app.",
};

const UNNAMED_WAIT_MS = 30_000;

/** Translates what Slack's client throws. Anything else is a bug and comes back as it is. `secrets` never appear in a message. */
export function slackFailure(error: unknown, secrets: readonly (string | null)[]): unknown {
  if (error instanceof webApi.WebAPIRateLimitedError) return rateLimited(error.retryAfter * 1000);
  if (error instanceof webApi.WebAPIPlatformError) return platformFailure(error, secrets);
  if (error instanceof webApi.WebAPIHTTPError) return httpFailure(error.statusCode);
  if (error instanceof webApi.WebAPIRequestError) return unanswered(networkTrouble(error.original));
  return error;
}

/** An answer in a shape that Leadlight cannot read. */
export function unreadable(): Failure {
  return busy('slack-unreadable', 'Slack gave an answer that Leadlight cannot read.');
}

function platformFailure({ data }: webApi.WebAPIPlatformError, secrets: readonly (string | null)[]): Failure {
  const word = withoutSecrets(String(data.error), secrets);
  // Where the body is no JSON, the client passes the page itself as the error.
  if (!/^[a-z0-9_]{1,80}$/.test(word)) return unreadable();
  const code = `slack-${word.replaceAll('_', '-')}`;
  if (limited.has(word)) return rateLimited((data.response_metadata?.retryAfter ?? 0) * 1000 || UNNAMED_WAIT_MS);
  if (gone.has(word)) return new Failure('grantLost', 'Slack no longer accepts the connection. Connect Slack again.', { code });
  if (passing.has(word)) return busy(code, 'Slack is not available.');
  const details = withoutSecrets((data.response_metadata?.messages ?? []).join(' '), secrets);
  return new Failure('vendorRefused', refused[word] ?? `Slack refused this: “${cut(`${word} ${details}`.trim(), 300)}”`, { code });
}

function httpFailure(status: number): Failure {
  if (status === 401)
    return new Failure('grantLost', 'Slack no longer accepts the connection. Connect Slack again.', { code: 'slack-unauthorized' });
  if (status === 408 || status >= 500) return busy('slack-unavailable', `Slack is not available (${status}).`);
  return new Failure('vendorRefused', `Slack refused this (${status}).`, { code: 'slack-refused' });
}

function rateLimited(retryAfterMs: number): Failure {
  return new Failure('vendorBusy', 'Slack asks to wait: too many calls in a short time.', { code: 'slack-rate-limit', retryAfterMs });
}

function unanswered(trouble: string): Failure {
  return busy(trouble === 'timeout' ? 'slack-timeout' : 'slack-unreachable', `Slack did not answer (${trouble}).`);
}

function busy(code: string, sentence: string): Failure {
  return new Failure('vendorBusy', `${sentence} Leadlight tries again on its own.`, { code });
}
