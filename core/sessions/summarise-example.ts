/** For tests: a visit told as the pages it went through, as the raw events the snippet would have sent. */
import type { EventType } from '#contract/events.ts';
import { type SessionSummary, type SessionTimes, type StoredEvent, summariseSession } from './summarise-session.ts';

export interface ExamplePage {
  readonly path: string;
  readonly title?: string;
  readonly seconds: number;
  readonly scroll?: number;
  /** What was done there, one a second. */
  readonly deeds?: readonly (readonly [EventType, Readonly<Record<string, unknown>>])[];
  /** False: the page has not yet told how long it was looked at. */
  readonly engaged?: boolean;
}

export interface ExampleVisit {
  readonly events: readonly StoredEvent[];
  readonly times: SessionTimes;
}

export function exampleVisit(startedAt: Date, pages: readonly ExamplePage[]): ExampleVisit {
  let clock = startedAt.getTime();
  const events = pages.flatMap((page, place) => {
    const ofPage = eventsOf(page, place, clock);
    clock += page.seconds * 1000;
    return ofPage;
  });
  return { events, times: { startedAt, lastEventAt: new Date(clock), endedAt: new Date(clock) } };
}

export function exampleSummary(startedAt: Date, pages: readonly ExamplePage[]): SessionSummary {
  const { events, times } = exampleVisit(startedAt, pages);
  return summariseSession(events, times);
}

function eventsOf(page: ExamplePage, place: number, openedMs: number): StoredEvent[] {
  const { path, title = path, seconds, scroll = 50, deeds = [], engaged = true } = page;
  const event = (name: string, atMs: number, [type, props]: readonly [EventType, Readonly<Record<string, unknown>>]): StoredEvent => ({
    eid: `${place}-${name}`,
    type,
    at: new Date(atMs),
    pageId: `page-${place}`,
    url: `https://example.test${path}`,
    props,
  });
  return [
    event('view', openedMs, ['page_view', { title }]),
    ...deeds.map((deed, nth) => event(`deed-${nth}`, openedMs + (nth + 1) * 1000, deed)),
    ...(engaged ? [event('engagement', openedMs + seconds * 1000, ['engagement', { scrollDepth: scroll, activeMs: seconds * 1000 }])] : []),
  ];
}
