import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SessionRow } from '#contract/api.ts';
import type { LiveEvent } from '#contract/live.ts';
import { liveQuery } from '../api/queries.ts';
import { liveFeed } from './live-feed.ts';

/** A visitor who is on the site now, and what they do. */
export interface LiveVisit {
  readonly session: SessionRow;
  /** The newest first. */
  readonly events: readonly LiveEvent[];
}

const mostEvents = 6;
/** Without a sign for so long, a visitor is on the site no longer. */
const liveMs = 90_000;
const tickMs = 1000;

/** Undefined until the first answer. */
export function useLiveSessions(): { readonly visits: readonly LiveVisit[] | undefined; readonly error: Error | null; retry(): void } {
  const query = useQuery(liveQuery);
  const [rows, setRows] = useState<ReadonlyMap<string, SessionRow>>();
  const [heard, setHeard] = useState<ReadonlyMap<string, Heard>>(new Map());
  const now = useNow();
  const { data } = query;
  useEffect(() => {
    if (data !== undefined) setRows(byId(data.sessions));
  }, [data]);
  useEffect(
    () =>
      liveFeed.listen({
        state: ({ sessions }) => setRows(byId(sessions)),
        session: (row) => setRows((known) => new Map(known).set(row.id, row)),
        events: (events) => setHeard((known) => add(known, events)),
        gone: ({ id }) => {
          setRows((known) => without(known ?? new Map(), id));
          setHeard((known) => without(known, id));
        },
      }),
    [],
  );
  const shown = rows && [...rows.values()].filter((row) => row.live && now - seenAt(row, heard.get(row.id)) < liveMs);
  const visits = shown?.map((session) => ({ session, events: heard.get(session.id)?.events ?? [] }));
  return {
    visits: visits?.toSorted((one, other) => Date.parse(other.session.startedAt) - Date.parse(one.session.startedAt)),
    error: query.error,
    retry: () => void query.refetch(),
  };
}

/** What a visitor did last. A visit's first events come before its row does. */
interface Heard {
  readonly atMs: number;
  /** The newest first. */
  readonly events: readonly LiveEvent[];
}

function byId(sessions: readonly SessionRow[]): ReadonlyMap<string, SessionRow> {
  return new Map(sessions.map((session) => [session.id, session]));
}

function add(known: ReadonlyMap<string, Heard>, events: readonly LiveEvent[]): ReadonlyMap<string, Heard> {
  const atMs = Date.now();
  const next = new Map([...known].filter(([, heard]) => atMs - heard.atMs < liveMs));
  for (const event of events) {
    const before = next.get(event.sessionId)?.events ?? [];
    if (before.some(({ id }) => id === event.id)) continue;
    next.set(event.sessionId, { atMs, events: [event, ...before].slice(0, mostEvents) });
  }
  return next;
}

function without<Value>(known: ReadonlyMap<string, Value>, id: string): ReadonlyMap<string, Value> {
  return new Map([...known].filter(([key]) => key !== id));
}

function seenAt({ lastSeenAt }: SessionRow, heard: Heard | undefined): number {
  return Math.max(Date.parse(lastSeenAt), heard?.atMs ?? 0);
}

/** Ticks once a second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
