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
  const [visits, setVisits] = useState<ReadonlyMap<string, LiveVisit>>();
  const now = useNow();
  const { data } = query;
  useEffect(() => {
    if (data !== undefined) setVisits((known) => begin(data.sessions, known));
  }, [data]);
  useEffect(
    () =>
      liveFeed.listen({
        state: ({ sessions }) => setVisits((known) => begin(sessions, known)),
        session: (row) => setVisits((known) => put(known, row)),
        events: (events) => setVisits((known) => add(known, events)),
        gone: ({ id }) => setVisits((known) => new Map([...(known ?? [])].filter(([key]) => key !== id))),
      }),
    [],
  );
  const shown = visits && [...visits.values()].filter(({ session }) => session.live && now - Date.parse(session.lastSeenAt) < liveMs);
  return {
    visits: shown?.toSorted((one, other) => Date.parse(other.session.startedAt) - Date.parse(one.session.startedAt)),
    error: query.error,
    retry: () => void query.refetch(),
  };
}

type Visits = ReadonlyMap<string, LiveVisit> | undefined;

function begin(sessions: readonly SessionRow[], known: Visits): ReadonlyMap<string, LiveVisit> {
  return new Map(sessions.map((session) => [session.id, { session, events: known?.get(session.id)?.events ?? [] }]));
}

function put(known: Visits, session: SessionRow): Visits {
  const next = new Map(known);
  next.set(session.id, { session, events: known?.get(session.id)?.events ?? [] });
  return next;
}

/** The row follows a moment later: until then the visit shows by its events what it shows. */
function add(known: Visits, events: readonly LiveEvent[]): Visits {
  const next = new Map(known);
  for (const event of events) {
    const visit = next.get(event.sessionId);
    if (visit === undefined || visit.events.some(({ id }) => id === event.id)) continue;
    const session = { ...visit.session, lastSeenAt: new Date().toISOString() };
    next.set(event.sessionId, { session, events: [event, ...visit.events].slice(0, mostEvents) });
  }
  return next;
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
