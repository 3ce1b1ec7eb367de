/** Points for coming back: the days with a visit count, not the visits. */
import { counted } from '#core/sessions/summarise-text.ts';
import { dayMs, dayOf, type Timeline, type TimelineSession } from './build-timeline.ts';
import { type Contribution, fading, reached } from './contribution.ts';
import type { IntentWeights } from './intent-weights.ts';

/** One contribution, or none. A day of bounces counts in part, and neither careers nor support visits make a day. */
export function returnVisits(timeline: Timeline, weights: IntentWeights, now: Date): Contribution[] {
  const { most, halfDays, windowDays } = weights.returning;
  const counting = timeline.sessions.filter(
    (session) => worthOf(session, weights) > 0 && session.startedAt.getTime() > now.getTime() - windowDays * dayMs,
  );
  const latest = counting.at(-1);
  if (latest === undefined) return [];
  const days = [...Map.groupBy(counting, ({ startedAt }) => dayOf(startedAt)).values()].map((ofDay) =>
    Math.max(...ofDay.map((session) => worthOf(session, weights))),
  );
  const worth = days.reduce((sum, each) => sum + each, 0);
  // How recent: a bounce today does not refresh the whole history, it refreshes it in part.
  const recent = Math.max(...counting.map((session) => worthOf(session, weights) * fading(session.lastEventAt, weights.halfLifeDays, now)));
  const text =
    days.length === 1
      ? `Visited on 1 day in the last ${windowDays}`
      : `Came back on ${counted(days.length, 'day')} in the last ${windowDays}`;
  const raw = most * reached(worth, halfDays) * recent;
  return [{ category: 'returning', raw, text, at: latest.startedAt, sessionId: latest.sessionId, offsetMs: 0 }];
}

function worthOf({ nature }: TimelineSession, { returning }: IntentWeights): number {
  return { interest: 1, generic: returning.genericDay, bounce: returning.bounceDay, careers: 0, support: 0 }[nature];
}
