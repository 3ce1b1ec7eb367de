/** For tests: a contact's visits told as pages, as the timeline they make. */
import { type ExamplePage, exampleVisit } from '#core/sessions/summarise-example.ts';
import { summariseSession } from '#core/sessions/summarise-session.ts';
import { buildTimeline, dayMs, type SummarisedSession, type Timeline } from './build-timeline.ts';

export const exampleNow = new Date('2026-05-20T12:00:00.000Z');

export interface ExampleSession {
  readonly daysAgo: number;
  readonly pages: readonly ExamplePage[];
}

export function exampleSessions(visits: readonly ExampleSession[]): SummarisedSession[] {
  return visits.map(({ daysAgo, pages }, place) => {
    const lengthMs = pages.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
    const { events, times } = exampleVisit(new Date(exampleNow.getTime() - daysAgo * dayMs - lengthMs), pages);
    return { sessionId: `session-${place}`, ...times, summary: summariseSession(events, times) };
  });
}

export function exampleTimeline(visits: readonly ExampleSession[]): Timeline {
  return buildTimeline(exampleSessions(visits), exampleNow);
}
