/**
 * The insight that rules can write: never wrong about what happened, available at once, and free. The same shape as the model's.
 * It names no person: titles and searches are text of strangers, cleaned and cut when the session was summarised.
 */
import type { Insight, IntentScore } from '#contract/snapshot.ts';
import { cleanText } from '#core/sessions/summarise-text.ts';
import { dayMs, type Timeline, type TimelineSession } from './build-timeline.ts';
import { labelIntent } from './label-intent.ts';
import { tellHappenings } from './tell-happenings.ts';
import { writeNextStep } from './write-next-step.ts';
import { summariseVisit, summariseVisits } from './write-summary.ts';

/** Of one visit, or with `session` null of the contact: their visits in the 30 days up to the last one. */
export function writeInsight(timeline: Timeline, session: TimelineSession | null, score: Pick<IntentScore, 'band'>): Insight {
  const sessions = session === null ? recentOf(timeline) : [session];
  const { label, confidence } = labelIntent(sessions);
  return {
    label,
    confidence,
    summary: session === null ? summariseVisits(sessions) : summariseVisit(timeline, session),
    nextStep: writeNextStep({ sessions, label, band: score.band }),
    moments: citeMoments(sessions),
    madeBy: 'rules',
  };
}

function recentOf({ sessions }: Timeline): TimelineSession[] {
  const last = sessions.at(-1);
  return sessions.filter(({ startedAt }) => last !== undefined && startedAt.getTime() > last.startedAt.getTime() - 30 * dayMs);
}

const mostMoments = 5;

/** The weightiest things that happened, at most one per second of a replay, in the order they happened. */
function citeMoments(sessions: readonly TimelineSession[]): Insight['moments'] {
  const seen = new Set<string>();
  return sessions
    .flatMap(tellHappenings)
    .toSorted((one, other) => other.weight - one.weight || other.at.getTime() - one.at.getTime())
    .filter(({ sessionId, offsetMs }) => {
      const second = `${sessionId} ${Math.floor(offsetMs / 1000)}`;
      return !seen.has(second) && seen.add(second);
    })
    .slice(0, mostMoments)
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ sessionId, offsetMs, phrase }) => ({
      sessionId,
      offsetMs: Math.round(offsetMs),
      text: cleanText(`${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}`),
    }));
}
