import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { slackApp, staff, team } from '../accounts.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Message } from '../state/records.ts';
import { nextTs } from './chat-methods.ts';
import { messageBody } from './message-body.ts';
import { sendToApp } from './send-to-app.ts';

export const press = z.object({
  channelId: z.string(),
  ts: z.string(),
  blockId: z.string(),
  actionId: z.string(),
  /** Overflow menus and selects: the value chosen. */
  option: z.string().optional(),
});
export type Press = z.infer<typeof press>;

const jsonObject = z.record(z.string(), z.unknown());
const element = z.object({
  type: z.string(),
  action_id: z.string(),
  text: z.unknown().optional(),
  value: z.unknown().optional(),
  style: z.unknown().optional(),
  options: z.array(z.object({ value: z.string() }).loose()).optional(),
});
type Element = z.infer<typeof element>;
const responseUrlLifetimeMs = 30 * 60_000;

/** A person pressed a button: tells the app as Slack does. Answers null, or what to tell the person. */
export async function pressButton(sandbox: Sandbox, pressed: Press): Promise<string | null> {
  const message = sandbox.state.messages.get(`${pressed.channelId}:${pressed.ts}`);
  const found = message && findElement(message, pressed);
  if (!message || !found) return 'This message changed: look again.';
  const payload = JSON.stringify(payloadOf(sandbox, message, actionOf(sandbox, found, pressed)));
  const body = new URLSearchParams({ payload }).toString();
  return sendToApp(sandbox, { what: `block_actions ${found.action_id}`, contentType: 'application/x-www-form-urlencoded', body });
}

function findElement(message: Message, { blockId, actionId }: Press): Element | undefined {
  const block = message.blocks.find((one) => one.block_id === blockId);
  const inside = z.array(jsonObject).safeParse(block?.elements);
  const candidates = [...(inside.success ? inside.data : []), block?.accessory];
  return candidates.map((one) => element.safeParse(one).data).find((one) => one?.action_id === actionId);
}

function actionOf(sandbox: Sandbox, found: Element, pressed: Press): object {
  const { type, action_id, text, value, style } = found;
  const base = { type, action_id, block_id: pressed.blockId, action_ts: nextTs(sandbox) };
  if (type === 'button') return { ...base, text, value, style };
  return { ...base, selected_option: found.options?.find((one) => one.value === pressed.option) };
}

function payloadOf(sandbox: Sandbox, message: Message, action: object): object {
  const [me] = staff;
  const isEphemeral = message.ephemeralTo !== null;
  const channel = sandbox.state.channels.get(message.channelId);
  const user = { id: me.slackId, username: me.first.toLowerCase(), name: me.first.toLowerCase(), team_id: team.id };
  const where = { team: { id: team.id, domain: team.domain }, enterprise: null, is_enterprise_install: false };
  return {
    type: 'block_actions',
    user,
    api_app_id: slackApp.id,
    token: 'unused',
    container: { type: 'message', message_ts: message.ts, channel_id: message.channelId, is_ephemeral: isEphemeral },
    trigger_id: `${Date.now()}.${randomBytes(6).toString('hex')}`,
    ...where,
    channel: { id: message.channelId, name: channel?.kind === 'im' ? 'directmessage' : channel?.name },
    message: messageBody(message, { metadata: true }),
    state: { values: {} },
    response_url: newResponseUrl(sandbox, message),
    actions: [action],
  };
}

function newResponseUrl(sandbox: Sandbox, message: Message): string {
  const id = randomBytes(18).toString('base64url');
  const expiresAt = new Date(sandbox.now().getTime() + responseUrlLifetimeMs).toISOString();
  sandbox.state.responseUrls.put({ id, channelId: message.channelId, ts: message.ts, userId: staff[0].slackId, uses: 0, expiresAt });
  return `${sandbox.url()}/slack/actions/${team.id}/${id}`;
}
