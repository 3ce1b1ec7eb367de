/** A session's raw events → what is kept beside the session. Pure: the order in which events arrived, and repeats, change nothing. */
import { orderEvents } from './summarise-events.ts';
import { summariseGoals } from './summarise-goals.ts';
import { searchOf, summariseMarks } from './summarise-marks.ts';
import { summarisePages } from './summarise-pages.ts';
import type { Goal, PageSummary, SessionSummary, SessionTimes, StoredEvent } from './summarise-shapes.ts';

export type { SessionSummary, SessionTimes, StoredEvent } from './summarise-shapes.ts';

/** GA4's engaged session: longer than 10 s, a second page, or a key event. https://support.google.com/analytics/answer/12195621 */
const engagedMs = 10_000;
const longestSessionMs = 3_600_000;
const mostSearches = 20;

/** Never throws on odd data: what cannot be read counts as not there. Offsets and durations are whole milliseconds. */
export function summariseSession(events: readonly StoredEvent[], session: SessionTimes): SessionSummary {
  const ordered = orderEvents(events);
  const pages = summarisePages(ordered, session);
  const goals = summariseGoals(ordered, pages, session.startedAt);
  const activeMs = Math.min(
    longestSessionMs,
    pages.reduce((sum, page) => sum + page.activeMs, 0),
  );
  return {
    pages,
    activeMs,
    bounced: hasBounced(pages, activeMs, goals),
    goals,
    marks: summariseMarks(ordered, goals, session.startedAt),
    searches: [...new Set(ordered.map(searchOf).filter((search) => search !== ''))].slice(0, mostSearches),
    pageKinds: [...new Set(pages.map((page) => page.kind))],
  };
}

function hasBounced(pages: readonly PageSummary[], activeMs: number, goals: readonly Goal[]): boolean {
  return pages.length <= 1 && activeMs < engagedMs && goals.every((goal) => goal.kind === 'pricing');
}
