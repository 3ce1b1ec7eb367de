import { z } from 'zod';
import { personBySlackId, slackApp } from '../accounts.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Message } from '../state/records.ts';
import type { SlackCall, SlackMethod } from './call-slack.ts';
import { checkBlocks } from './check-blocks.ts';
import { findChannel, findOwnMessage, findTarget } from './find-channel.ts';
import { messageBody } from './message-body.ts';
import { nameBlocks } from './name-blocks.ts';
import { type Arguments, parseJson, readAs, timestamp } from './read-arguments.ts';
import { SlackError } from './slack-error.ts';

/** Posting, editing and finding messages. */
export const chatMethods: readonly SlackMethod[] = [
  { name: 'chat.postMessage', scopes: ['chat:write'], paced: 'channel', run: postMessage },
  { name: 'chat.postEphemeral', scopes: ['chat:write'], paced: 'channel', run: postEphemeral },
  { name: 'chat.update', scopes: ['chat:write'], run: update },
  { name: 'chat.delete', scopes: ['chat:write'], run: remove },
  { name: 'chat.getPermalink', scopes: [], run: getPermalink },
];

const longestText = 40_000;
const target = z.object({ channel: z.string().min(1), thread_ts: timestamp.optional() });
const existing = z.object({ channel: z.string().min(1), ts: timestamp });
const metadataShape = z.object({ event_type: z.string().min(1).max(255), event_payload: z.record(z.string(), z.unknown()) });

/** What a message says. Throws `no_text`, `msg_too_long`, `invalid_blocks…`, `invalid_metadata…`. */
interface Content {
  readonly text: string | null;
  readonly blocks: Message['blocks'] | null;
  readonly metadata: Message['metadata'];
}

export function readContent(given: Arguments): Content {
  const text = typeof given.text === 'string' && given.text !== '' ? given.text : null;
  const blocks = given.blocks === undefined || given.blocks === '' ? null : nameBlocks(checkBlocks(given.blocks));
  if (text === null && blocks === null) throw new SlackError('no_text');
  if (text !== null && text.length > longestText) throw new SlackError('msg_too_long');
  return { text, blocks, metadata: readMetadata(given.metadata) };
}

function readMetadata(given: unknown): Message['metadata'] {
  if (given === undefined || given === '') return null;
  const json = typeof given === 'string' ? parseJson(given) : given;
  if (json === undefined) throw new SlackError('invalid_metadata_format');
  const parsed = metadataShape.safeParse(json);
  if (!parsed.success) throw new SlackError('invalid_metadata_schema');
  return parsed.data;
}

/** A timestamp that no other message of the workspace has, and that is later than all before it. Microseconds, as text. */
export function nextTs(sandbox: Sandbox): string {
  const { counters } = sandbox.state;
  const value = Math.max(sandbox.now().getTime() * 1000, (counters.get('ts')?.value ?? 0) + 1);
  counters.put({ name: 'ts', value });
  return `${Math.floor(value / 1_000_000)}.${String(value % 1_000_000).padStart(6, '0')}`;
}

function newMessage(
  sandbox: Sandbox,
  where: { channelId: string; threadTs: string | null; ephemeralTo: string | null },
  content: Content,
): Message {
  const { text, blocks, metadata } = content;
  const ts = nextTs(sandbox);
  const fresh = { ts, userId: slackApp.userId, text: text ?? '', blocks: blocks ?? [], metadata, edits: 0, editedTs: null };
  return sandbox.state.messages.put({ ...where, ...fresh });
}

function postMessage(sandbox: Sandbox, { given, token }: SlackCall): object {
  const { channel: name, thread_ts } = readAs(given, target);
  const channel = findTarget(sandbox, name, token);
  const content = readContent(given);
  if (thread_ts !== undefined && !sandbox.state.messages.get(`${channel.id}:${thread_ts}`)) throw new SlackError('thread_not_found');
  const message = newMessage(sandbox, { channelId: channel.id, threadTs: thread_ts ?? null, ephemeralTo: null }, content);
  return { channel: channel.id, ts: message.ts, message: messageBody(message, { metadata: true }) };
}

function postEphemeral(sandbox: Sandbox, { given, token }: SlackCall): object {
  const { channel: name, user } = readAs(given, target.extend({ user: z.string().min(1) }));
  const channel = findTarget(sandbox, name, token);
  if (!personBySlackId(user)) throw new SlackError('user_not_in_channel');
  const message = newMessage(sandbox, { channelId: channel.id, threadTs: null, ephemeralTo: user }, readContent(given));
  return { message_ts: message.ts };
}

/** What is not given stays as it was; `blocks: []` takes the blocks away. */
export function edited(sandbox: Sandbox, message: Message, content: Content): Message {
  const text = content.text ?? message.text;
  const blocks = content.blocks ?? message.blocks;
  const metadata = content.metadata ?? message.metadata;
  return sandbox.state.messages.put({ ...message, text, blocks, metadata, edits: message.edits + 1, editedTs: nextTs(sandbox) });
}

function update(sandbox: Sandbox, { given }: SlackCall): object {
  const { channel, ts } = readAs(given, existing);
  findChannel(sandbox, channel);
  const message = edited(sandbox, findOwnMessage(sandbox, channel, ts), readContent(given));
  return { channel, ts, text: message.text, message: messageBody(message, { metadata: true }) };
}

function remove(sandbox: Sandbox, { given }: SlackCall): object {
  const { channel, ts } = readAs(given, existing);
  findChannel(sandbox, channel);
  const message = findOwnMessage(sandbox, channel, ts);
  sandbox.state.messages.remove(`${message.channelId}:${message.ts}`);
  return { channel, ts };
}

function getPermalink(sandbox: Sandbox, { given }: SlackCall): object {
  const { channel, message_ts } = readAs(given, z.object({ channel: z.string().min(1), message_ts: timestamp }));
  findChannel(sandbox, channel);
  if (!sandbox.state.messages.get(`${channel}:${message_ts}`)) throw new SlackError('message_not_found');
  return { channel, permalink: `${sandbox.url()}/slack/archives/${channel}/p${message_ts.replace('.', '')}` };
}
