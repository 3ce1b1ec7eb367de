import { slackApp, team } from '../accounts.ts';
import type { Message } from '../state/records.ts';

/** A message as the API answers it. Metadata is left out unless it is asked for. */
export function messageBody(message: Message, wish: { readonly metadata: boolean; readonly replies?: readonly Message[] }): object {
  const bot = message.userId === slackApp.userId ? { bot_id: slackApp.botId, app_id: slackApp.id, bot_profile: botProfile } : {};
  const blocks = message.blocks.length > 0 ? { blocks: message.blocks } : {};
  const edited = message.editedTs === null ? {} : { edited: { user: message.userId, ts: message.editedTs } };
  const metadata = wish.metadata && message.metadata ? { metadata: message.metadata } : {};
  const replies = wish.replies ?? [];
  const latest = replies.at(-1)?.ts;
  const parent = latest === undefined ? {} : { thread_ts: message.ts, reply_count: replies.length, latest_reply: latest };
  const thread = message.threadTs === null ? parent : { thread_ts: message.threadTs };
  return {
    type: 'message',
    user: message.userId,
    team: team.id,
    text: message.text,
    ts: message.ts,
    ...bot,
    ...blocks,
    ...edited,
    ...metadata,
    ...thread,
  };
}

const botProfile = { id: slackApp.botId, app_id: slackApp.id, name: 'Leadlight', team_id: team.id, deleted: false };
