import { z } from 'zod';
import type { Sandbox } from '../sandbox.ts';
import type { Channel, Message } from '../state/records.ts';
import { missingScope, type SlackCall, type SlackMethod } from './call-slack.ts';
import { findChannel, messagesOf } from './find-channel.ts';
import { messageBody } from './message-body.ts';
import { flag, readAs, timestamp, whole } from './read-arguments.ts';
import { SlackError } from './slack-error.ts';

/** Channels and what was said in them. */
export const conversationMethods: readonly SlackMethod[] = [
  { name: 'conversations.list', scopes: ['channels:read'], run: list },
  { name: 'conversations.info', scopes: ['channels:read'], run: info },
  { name: 'conversations.join', scopes: ['channels:join'], run: join },
  { name: 'conversations.history', scopes: ['channels:history'], run: history },
  { name: 'conversations.replies', scopes: ['channels:history'], run: replies },
];

const types = z.string().regex(/^(public_channel|private_channel|mpim|im)(,(public_channel|private_channel|mpim|im))*$/);
const listArguments = z.object({ types: types.optional(), limit: whole.min(1).max(1000).optional(), cursor: z.string().optional() });
const one = z.object({ channel: z.string().min(1) });
const paged = one.extend({
  oldest: timestamp.optional(),
  latest: timestamp.optional(),
  inclusive: flag,
  limit: whole.min(1).max(999).optional(),
  cursor: z.string().optional(),
  include_all_metadata: flag,
});
type Paged = z.infer<typeof paged>;

function channelBody(channel: Channel): object {
  const created = Math.floor(Date.parse(channel.createdAt) / 1000);
  const kind = {
    is_channel: channel.kind === 'public',
    is_group: false,
    is_im: channel.kind === 'im',
    is_private: channel.kind === 'im',
    is_archived: false,
  };
  const purpose = { value: channel.topic, creator: '', last_set: 0 };
  const general = { is_general: channel.name === 'general', name_normalized: channel.name, num_members: channel.members };
  return { id: channel.id, name: channel.name, created, ...kind, ...general, is_member: channel.botIsMember, topic: purpose, purpose };
}

function list(sandbox: Sandbox, { given, token }: SlackCall): object {
  const { types: asked = 'public_channel', limit = 100, cursor } = readAs(given, listArguments);
  if (asked.includes('private_channel') && !token.scopes.includes('groups:read')) throw missingScope(token, ['groups:read']);
  const channels = sandbox.state.channels.all().filter((each) => asked.split(',').includes(each.kind === 'im' ? 'im' : 'public_channel'));
  const page = pageOf(channels, { limit, cursor });
  return { channels: page.items.map((each) => channelBody(each)), response_metadata: { next_cursor: page.next } };
}

function info(sandbox: Sandbox, { given }: SlackCall): object {
  return { channel: channelBody(findChannel(sandbox, readAs(given, one).channel)) };
}

function join(sandbox: Sandbox, { given }: SlackCall): object {
  const channel = findChannel(sandbox, readAs(given, one).channel);
  if (channel.kind !== 'public') throw new SlackError('method_not_supported_for_channel_type');
  if (channel.botIsMember)
    return {
      channel: channelBody(channel),
      warning: 'already_in_channel',
      response_metadata: { warnings: ['already_in_channel'] },
    };
  const joined = sandbox.state.channels.put({ ...channel, botIsMember: true, members: channel.members + 1 });
  return { channel: channelBody(joined) };
}

/** Newest first; answers to threads are left out. */
function history(sandbox: Sandbox, { given, token }: SlackCall): object {
  const wish = readAs(given, paged);
  const channel = findChannel(sandbox, wish.channel);
  if (channel.kind === 'im' && !token.scopes.includes('im:history')) throw missingScope(token, ['im:history']);
  if (!channel.botIsMember) throw new SlackError('not_in_channel');
  const all = messagesOf(sandbox, channel.id);
  const parents = all.filter((each) => each.threadTs === null && inWindow(each, wish)).reverse();
  const page = pageOf(parents, { limit: wish.limit ?? 100, cursor: wish.cursor });
  const metadata = wish.include_all_metadata ?? false;
  const messages = page.items.map((each) => messageBody(each, { metadata, replies: all.filter((reply) => reply.threadTs === each.ts) }));
  const more = page.next === '' ? {} : { response_metadata: { next_cursor: page.next } };
  return { messages, has_more: page.next !== '', pin_count: 0, ...more };
}

/** A thread, the oldest first: its parent, then the answers. */
function replies(sandbox: Sandbox, { given }: SlackCall): object {
  const wish = readAs(given, paged.extend({ ts: timestamp }));
  const channel = findChannel(sandbox, wish.channel);
  if (!channel.botIsMember) throw new SlackError('not_in_channel');
  const thread = messagesOf(sandbox, channel.id).filter((each) => each.ts === wish.ts || each.threadTs === wish.ts);
  if (thread.length === 0) throw new SlackError('thread_not_found');
  const page = pageOf(
    thread.filter((each) => each.ts === wish.ts || inWindow(each, wish)),
    { limit: wish.limit ?? 1000, cursor: wish.cursor },
  );
  const metadata = wish.include_all_metadata ?? false;
  return {
    messages: page.items.map((each) => messageBody(each, { metadata })),
    has_more: page.next !== '',
    response_metadata: { next_cursor: page.next },
  };
}

function inWindow(message: Message, { oldest = '0', latest, inclusive = false }: Paged): boolean {
  const at = Number(message.ts);
  if (inclusive && (message.ts === oldest || message.ts === latest)) return true;
  return at > Number(oldest) && (latest === undefined || at < Number(latest));
}

function pageOf<Item>(items: readonly Item[], wish: { limit: number; cursor?: string | undefined }): { items: Item[]; next: string } {
  const from = readCursor(wish.cursor);
  const to = from + wish.limit;
  return { items: items.slice(from, to), next: to < items.length ? Buffer.from(`next:${to}`).toString('base64') : '' };
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0;
  const place = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  if (place === undefined) throw new SlackError('invalid_cursor');
  return Number(place);
}
