/** Reads a recording while it is made, from the player's own origin; connects again when the way breaks, without telling anything twice. */
import type * as z from 'zod';
import { type FollowNewsName, followNews } from '#contract/follow.ts';

type News = { [Name in FollowNewsName]: z.infer<(typeof followNews)[Name]> };

export interface FollowListener {
  chunk(chunk: News['chunk']): void;
  caughtUp(): void;
  moments(moments: News['moments']): void;
  presence(presence: News['presence']): void;
  /** True while the way is broken. */
  broken(isBroken: boolean): void;
}

/** How it ended: the visitor left; the viewer may watch no more, or the way stays broken; or there was nothing to follow. */
export type FollowEnd = 'left' | 'lost' | 'notLive';

const pausesMs = [500, 1000, 2000, 4000, 8000] as const;

export async function followStream(token: string, listener: FollowListener): Promise<FollowEnd> {
  let ticket = token;
  let left = false;
  let failures = 0;
  const next = new Map<string, number>();
  const takeChunk = (chunk: News['chunk']) => {
    // A new connection tells everything again.
    if (chunk.seq < (next.get(chunk.tab) ?? 0)) return;
    next.set(chunk.tab, chunk.seq + 1);
    listener.chunk(chunk);
  };
  const tell = (name: string, data: unknown): void => {
    if (name === 'chunk') takeChunk(followNews.chunk.parse(data));
    else if (name === 'moments') listener.moments(followNews.moments.parse(data));
    else if (name === 'ticket') ticket = followNews.ticket.parse(data).token;
    else if (name === 'presence') {
      const presence = followNews.presence.parse(data);
      left = !presence.live;
      listener.presence(presence);
    } else if (name === 'caughtUp') {
      failures = 0;
      listener.broken(false);
      listener.caughtUp();
    }
  };
  for (; failures < pausesMs.length; failures += 1) {
    const status = await readOnce(ticket, tell).catch(() => 0);
    if (left) return 'left';
    if (status === 409) return next.size === 0 ? 'notLive' : 'left';
    if (status >= 400 && status < 500 && status !== 429) return next.size === 0 ? 'notLive' : 'lost';
    listener.broken(true);
    await new Promise((resolve) => setTimeout(resolve, pausesMs[failures]));
  }
  return 'lost';
}

/** One connection, to its end. @returns its status. */
async function readOnce(ticket: string, tell: (name: string, data: unknown) => void): Promise<number> {
  const headers = { authorization: `Bearer ${ticket}`, accept: 'text/event-stream' };
  const answer = await fetch('/recording/live', { headers, credentials: 'omit', cache: 'no-store' });
  if (!answer.ok || answer.body === null) return answer.status;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const { event, data } = /^event: (?<event>\w+)\ndata: (?<data>.*)$/s.exec(block)?.groups ?? {};
      if (event !== undefined && data !== undefined) tell(event, JSON.parse(data));
    }
  }
  return answer.status;
}
