/** Keeps what is shown as it is now: news changes the cached answers, and what news does not carry is read again soon. */
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { SessionDetail, SessionRow, sessionList } from '#contract/api.ts';
import { liveFeed } from './live-feed.ts';

type Pages = InfiniteData<z.infer<typeof sessionList>, string | null>;

/** What follows from a visit (score, insight, lists) is there a moment after it: read once for many changes. */
const soonMs = 400;

export function keepLive(client: QueryClient): () => void {
  const due = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const readSoon = (key: readonly unknown[]) => {
    due.set(JSON.stringify(key), key);
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const queryKey of due.values()) void client.invalidateQueries({ queryKey });
      due.clear();
    }, soonMs);
  };
  const readAll = () => {
    for (const key of ['live', 'contact', 'contacts', 'contact-sessions', 'session', 'anonymous-sessions']) readSoon([key]);
  };
  const stop = liveFeed.listen({
    state: readAll,
    reset: readAll,
    session: (row) => {
      client.setQueryData<SessionDetail>(['session', row.id], (known) => known && { ...known, ...row });
      readSoon(['session', row.id]);
      readSoon(['contacts']);
      if (row.contactId === null) return readSoon(['anonymous-sessions']);
      const isThere = putRow(client, ['contact-sessions', row.contactId], row);
      if (!isThere) readSoon(['contact-sessions', row.contactId]);
      readSoon(['contact', row.contactId]);
    },
    gone: readAll,
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** False when no page that was read has it. */
function putRow(client: QueryClient, queryKey: readonly unknown[], row: SessionRow): boolean {
  const known = client.getQueryData<Pages>(queryKey);
  if (known?.pages.some(({ items }) => items.some(({ id }) => id === row.id)) !== true) return known === undefined;
  const pages = known.pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === row.id ? row : item)) }));
  client.setQueryData<Pages>(queryKey, { ...known, pages });
  return true;
}
