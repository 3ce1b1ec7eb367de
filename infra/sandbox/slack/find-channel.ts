import { personBySlackId, slackApp } from '../accounts.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Channel, Message, Token } from '../state/records.ts';
import { SlackError } from './slack-error.ts';

/** A channel by its id. Throws `channel_not_found`. */
export function findChannel(sandbox: Sandbox, id: string): Channel {
  const channel = sandbox.state.channels.get(id);
  if (!channel) throw new SlackError('channel_not_found');
  return channel;
}

/** Where a message may be posted: a channel's id or #name, or a person's id for a direct message. Throws as Slack does. */
export function findTarget(sandbox: Sandbox, target: string, token: Token): Channel {
  const person = personBySlackId(target);
  if (person) return openDirect(sandbox, person.slackId);
  const byName = sandbox.state.channels.all().find((one) => one.kind === 'public' && one.name === target.replace(/^#/, ''));
  const channel = byName ?? findChannel(sandbox, target);
  if (channel.kind === 'public' && !channel.botIsMember && !token.scopes.includes('chat:write.public'))
    throw new SlackError('not_in_channel');
  return channel;
}

function openDirect(sandbox: Sandbox, userId: string): Channel {
  const id = `D${userId.slice(1)}`;
  const createdAt = sandbox.now().toISOString();
  return (
    sandbox.state.channels.get(id) ??
    sandbox.state.channels.put({ id, name: userId, kind: 'im', topic: '', members: 2, botIsMember: true, createdAt })
  );
}

/** Messages of a channel that everybody there sees, oldest first. */
export function messagesOf(sandbox: Sandbox, channelId: string): Message[] {
  const all = sandbox.state.messages.all().filter((one) => one.channelId === channelId && one.ephemeralTo === null);
  return all.sort((left, right) => Number(left.ts) - Number(right.ts));
}

/** The bot's own message. Throws `message_not_found` or `cant_update_message`. */
export function findOwnMessage(sandbox: Sandbox, channelId: string, ts: string): Message {
  const message = sandbox.state.messages.get(`${channelId}:${ts}`);
  if (!message || message.ephemeralTo !== null) throw new SlackError('message_not_found');
  if (message.userId !== slackApp.userId) throw new SlackError('cant_update_message');
  return message;
}
