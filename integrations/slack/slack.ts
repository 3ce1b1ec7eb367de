import { z } from 'zod';
import { type ConnectorTools, defineConnector } from '#contract/connector.ts';
import { slackAlerts } from './alerts.ts';
import type { SlackSettings } from './client.ts';
import { slackInbox } from './inbox.ts';
import { slackOAuth } from './oauth.ts';

const address = z.url({ protocol: /^https?$/ });

const env = z.object({
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  /** Where the Web API is. Another address only for a local stand-in. */
  SLACK_API_URL: address.transform((url) => url.replace(/\/*$/, '/')).default('https://slack.com/api/'),
  /** Where people consent. */
  SLACK_AUTHORIZE_URL: address.default('https://slack.com/oauth/v2/authorize'),
  /** How long one call may take, in milliseconds. */
  SLACK_TIMEOUT_MS: z.coerce.number().int().positive().default(15_000),
});

export const slack = defineConnector({
  id: 'slack',
  title: 'Slack',
  env,
  connect(values, tools) {
    const settings = settingsOf(values, tools);
    if (settings === null) return null;
    return { id: 'slack', title: 'Slack', oauth: slackOAuth(settings), alerts: slackAlerts(settings), inbox: slackInbox(settings) };
  },
});

function settingsOf(values: z.infer<typeof env>, tools: ConnectorTools): SlackSettings | null {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_SIGNING_SECRET: signingSecret } = values;
  if (!clientId || !clientSecret || !signingSecret) return null;
  const { SLACK_API_URL: apiUrl, SLACK_AUTHORIZE_URL: authorizeUrl, SLACK_TIMEOUT_MS: timeoutMs } = values;
  return { clientId, clientSecret, signingSecret, apiUrl, authorizeUrl, timeoutMs, tools };
}
