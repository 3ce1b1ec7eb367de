import { z } from 'zod';
import { slackApp } from '../accounts.ts';
import type { ApiReply } from '../http/answer-call.ts';
import type { Sandbox } from '../sandbox.ts';
import { edited, nextTs, readContent } from './chat-methods.ts';
import { parseJson } from './read-arguments.ts';
import { SlackError } from './slack-error.ts';

const wish = z
  .object({
    response_type: z.enum(['in_channel', 'ephemeral']).optional(),
    replace_original: z.boolean().optional(),
    delete_original: z.boolean().optional(),
  })
  .loose();

const maxUses = 5;

/** What the app POSTs to a `response_url`: five times within half an hour. Answers `ok`, or 404 and why. */
export function answerResponseUrl(sandbox: Sandbox, id: string, rawBody: Buffer): ApiReply {
  const { state } = sandbox;
  const handedOut = state.responseUrls.get(id);
  if (!handedOut || handedOut.expiresAt <= sandbox.now().toISOString()) return refused('expired_url');
  if (handedOut.uses >= maxUses) return refused('used_url');
  const given = wish.safeParse(parseJson(rawBody.toString('utf8')));
  if (!given.success) return refused('invalid_payload');
  try {
    carryOut(sandbox, handedOut, given.data);
  } catch (error) {
    if (error instanceof SlackError) return refused(error.code);
    throw error;
  }
  state.responseUrls.put({ ...handedOut, uses: handedOut.uses + 1 });
  return { status: 200, body: { ok: true } };
}

function refused(error: string): ApiReply {
  return { status: 404, body: { ok: false, error }, error };
}

interface Handed {
  readonly channelId: string;
  readonly ts: string;
  readonly userId: string;
}

function carryOut(sandbox: Sandbox, { channelId, ts, userId }: Handed, given: z.infer<typeof wish>): void {
  const { messages } = sandbox.state;
  const original = messages.get(`${channelId}:${ts}`);
  if (given.delete_original) {
    messages.remove(`${channelId}:${ts}`);
    return;
  }
  const content = readContent(given);
  if (given.replace_original && original) {
    edited(sandbox, original, content);
    return;
  }
  const ephemeralTo = given.response_type === 'in_channel' ? null : userId;
  const fresh = { ts: nextTs(sandbox), userId: slackApp.userId, threadTs: null, edits: 0, editedTs: null, ephemeralTo };
  messages.put({ channelId, ...fresh, text: content.text ?? '', blocks: content.blocks ?? [], metadata: content.metadata });
}
