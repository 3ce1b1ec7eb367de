import type { AlertsAbility, Grant, InboxAbility, OAuthAbility } from '#contract/connector.ts';
import { slack } from '../slack/slack.ts';
import { type RecordingTools, recordingTools } from './connector-tools.ts';

export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

/** A grant for tests, with every scope. */
export const slackGrant: Grant = {
  accessToken: 'xoxb-0123456789abcdef',
  account: { id: 'T0NORTHWIND', name: 'Northwind', url: 'https://app.slack.com/client/T0NORTHWIND' },
  scopes: ['chat:write', 'chat:write.public', 'channels:read', 'groups:read', 'channels:history', 'channels:join'],
};

export interface ConnectedSlack {
  readonly alerts: AlertsAbility;
  readonly oauth: OAuthAbility;
  readonly inbox: InboxAbility;
  readonly tools: RecordingTools;
}

/** The connector as core gets it, for tests. */
export function connectSlack(env: Record<string, string> = {}): ConnectedSlack {
  const tools = recordingTools();
  const app = { SLACK_CLIENT_ID: 'client-id', SLACK_CLIENT_SECRET: 'client-secret', SLACK_SIGNING_SECRET: SIGNING_SECRET };
  const connector = slack.connect(slack.env.parse({ ...app, ...env }), tools);
  if (!connector?.alerts || !connector.oauth || !connector.inbox) throw new Error('the connector is not configured');
  return { alerts: connector.alerts, oauth: connector.oauth, inbox: connector.inbox, tools };
}
