import { randomBytes } from 'node:crypto';
import { slackApp, team } from '../accounts.ts';
import { revokeGrant } from '../oauth/tokens.ts';
import type { Sandbox } from '../sandbox.ts';
import { sendToApp } from './send-to-app.ts';

/** An admin removes the app from the workspace: tokens die, and the app is told. Answers null, or what went wrong telling it. */
export async function removeSlackApp(sandbox: Sandbox): Promise<string | null> {
  revokeGrant(sandbox, 'slack');
  sandbox.state.flush();
  const revoked = await sendEvent(sandbox, { type: 'tokens_revoked', tokens: { oauth: [], bot: [slackApp.userId] } });
  const uninstalled = await sendEvent(sandbox, { type: 'app_uninstalled' });
  return uninstalled ?? revoked;
}

function sendEvent(sandbox: Sandbox, event: { readonly type: string; readonly tokens?: object }): Promise<string | null> {
  const seconds = Math.floor(sandbox.now().getTime() / 1000);
  const envelope = { token: 'unused', team_id: team.id, api_app_id: slackApp.id, event, type: 'event_callback' };
  const body = JSON.stringify({ ...envelope, event_id: `Ev${randomBytes(5).toString('hex').toUpperCase()}`, event_time: seconds });
  return sendToApp(sandbox, { what: `event ${event.type}`, contentType: 'application/json', body });
}
