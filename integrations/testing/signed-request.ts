import { createHmac } from 'node:crypto';
import type { SignedRequest } from '#contract/connector.ts';
import { NOW } from './connector-tools.ts';
import { SIGNING_SECRET } from './slack-connector.ts';

/** A request as Slack signs it, at the moment the test's clock stands at, plus `skewSeconds`. */
export function signedRequest(body: string, wish: { readonly type?: string; readonly skewSeconds?: number } = {}): SignedRequest {
  const timestamp = Math.floor(NOW.getTime() / 1000) + (wish.skewSeconds ?? 0);
  const digest = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    method: 'POST',
    url: 'https://leadlight.example.com/v1/inbox/slack',
    headers: {
      'content-type': wish.type ?? 'application/json',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${digest}`,
    },
    rawBody: Buffer.from(body),
  };
}

/** Somebody pressed a button of an alert. */
export function pressOf(actionId: string, value: string, wish: object = {}): SignedRequest {
  const payload = {
    type: 'block_actions',
    team: { id: 'T0NORTHWIND', domain: 'northwind' },
    user: { id: 'U0MAYA', username: 'maya', name: 'maya', team_id: 'T0NORTHWIND' },
    api_app_id: 'A1',
    token: 'legacy',
    container: { type: 'message', message_ts: '1762178700.000100', channel_id: 'C1', is_ephemeral: false },
    channel: { id: 'C1', name: 'sales' },
    trigger_id: '13345224609.738474920.8088930838d88f008e0',
    response_url: 'https://hooks.slack.com/actions/T0/1/2',
    enterprise: null,
    is_enterprise_install: false,
    actions: [
      { type: 'button', action_id: actionId, block_id: 'b1', text: { type: 'plain_text', text: 'x' }, value, action_ts: '1762178705.5' },
    ],
    ...wish,
  };
  return signedRequest(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), { type: 'application/x-www-form-urlencoded' });
}

/** Something happened in the workspace. */
export function eventOf(event: object, wish: object = {}): SignedRequest {
  const authorizations = [{ enterprise_id: null, team_id: 'T0NORTHWIND', user_id: 'U1', is_bot: true, is_enterprise_install: false }];
  const envelope = {
    type: 'event_callback',
    team_id: 'T0NORTHWIND',
    api_app_id: 'A1',
    event_id: 'Ev1',
    event_time: 1,
    authorizations,
    event,
  };
  return signedRequest(JSON.stringify({ ...envelope, ...wish }));
}
