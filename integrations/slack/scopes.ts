/**
 * What Leadlight asks for. `chat:write.public` posts to public channels without an invitation; `channels:read` and `groups:read` list
 * the channels to choose from. `channels:history` and `channels:join` answer one question: after a crash in the middle of posting,
 * whether the message is there already. Slack shows a channel's messages only to its members, so then, and only then, Leadlight
 * joins the channel it posts to. Without the two everything works, and such a crash may show one message twice.
 */
export const SLACK_SCOPES = [
  'chat:write',
  'chat:write.public',
  'channels:read',
  'groups:read',
  'channels:history',
  'channels:join',
] as const;
