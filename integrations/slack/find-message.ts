import { z } from 'zod';
import type { Grant } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { ask, type SlackSettings } from './client.ts';

/** Metadata of our messages: the session's id and nothing about the person, since other apps of the workspace can read it. */
export const METADATA_TYPE = 'leadlight_session';

export interface Search {
  readonly channelId: string;
  readonly sessionId: string;
  readonly since: Date;
}

type Page = Search & { readonly cursor: string };

const MAX_PAGES = 10;
const PAGE_SIZE = 100;

const history = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_type: z.string(), event_payload: z.object({ sessionId: z.string().optional() }).catch({}) })
          .optional()
          .catch(undefined),
      }),
    )
    .catch([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
type History = z.infer<typeof history>;

/**
 * Looks in the channel for the message about a session, newest first, and answers its `ts`. Null also where Slack does not let us
 * look: posting twice once is better than never.
 */
export async function findMessage(settings: SlackSettings, grant: Grant, search: Search): Promise<string | null> {
  if (!grant.scopes.includes('channels:history')) return null;
  let cursor = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await readAsMember(settings, grant, { ...search, cursor }).catch((error: unknown) => giveUp(error, page));
    const found = answer?.messages.find((message) => isAbout(message, search.sessionId));
    if (found) return found.ts;
    cursor = answer?.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
  return null;
}

function isAbout({ metadata }: History['messages'][number], sessionId: string): boolean {
  return metadata?.event_type === METADATA_TYPE && metadata.event_payload.sessionId === sessionId;
}

/** Joins a public channel that Leadlight only posts to, since Slack shows what was said to members alone. */
async function readAsMember(settings: SlackSettings, grant: Grant, wish: Page): Promise<History> {
  try {
    return await readPage(settings, grant, wish);
  } catch (error) {
    const outside = error instanceof Failure && error.code === 'slack-not-in-channel';
    if (!outside || !grant.scopes.includes('channels:join')) throw error;
    const { channelId: channel } = wish;
    await ask(settings, { token: grant.accessToken, shape: z.unknown() }, (client) => client.conversations.join({ channel }));
    return readPage(settings, grant, wish);
  }
}

function readPage(settings: SlackSettings, grant: Grant, search: Page): Promise<History> {
  return ask(settings, { token: grant.accessToken, shape: history }, (client) =>
    client.conversations.history({
      channel: search.channelId,
      oldest: (search.since.getTime() / 1000).toFixed(6),
      inclusive: true,
      include_all_metadata: true,
      limit: PAGE_SIZE,
      ...(search.cursor === '' ? {} : { cursor: search.cursor }),
    }),
  );
}

/**
 * A channel we only may write to cannot be read. And apps outside Slack's marketplace may read one page a minute: waiting for the
 * second page would start over with the first, for ever.
 */
function giveUp(error: unknown, page: number): null {
  const unreadable = error instanceof Failure && error.kind === 'vendorRefused';
  const slowed = error instanceof Failure && error.code === 'slack-rate-limit' && page > 0;
  if (unreadable || slowed) return null;
  throw error;
}
