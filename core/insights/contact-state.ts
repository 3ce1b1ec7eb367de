/** A contact's visits that count, and what they make of the contact. */
import type { ClientSession } from 'mongoose';
import type { IntentScore } from '#contract/snapshot.ts';
import type { ContactDocument } from '../contacts/contact.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import type { SessionSummary } from '../sessions/summarise-shapes.ts';
import { dayMs, type SummarisedSession, type Timeline } from './build-timeline.ts';
import { scoreTrend } from './score-trend.ts';
import { writeInsight } from './write-insight.ts';

/** Older visits no longer move the score. */
const historyDays = 90;
const mostScores = 30;

interface Whose {
  readonly workspaceId: string;
  /** The contact, or a visitor who is not known. */
  readonly of: { readonly contactId: string } | { readonly contactId: null; readonly visitorId: string; readonly mode: 'anonymous' };
  /** Not this session. */
  readonly except: string;
}

/** Held visits are left out. */
export async function visitsThatCount(
  { workspaceId, of, except }: Whose,
  now: Date,
  transaction: ClientSession,
): Promise<SummarisedSession[]> {
  const startedAt = { $gte: new Date(now.getTime() - historyDays * dayMs) };
  const counts = { heldFor: null, evidence: { $ne: null } };
  const rows: SessionDocument[] = await Session.find({ workspaceId, ...of, startedAt, ...counts, _id: { $ne: except } })
    .session(transaction)
    .lean();
  return rows.flatMap((row) => (row.summary === null ? [] : [inTimeline(row, row.summary)]));
}

export function inTimeline(row: SessionDocument, summary: SessionSummary): SummarisedSession {
  const { _id: sessionId, startedAt, lastEventAt, endedAt } = row;
  return { sessionId, startedAt, lastEventAt, endedAt, summary };
}

/** The contact's row as these visits make it. */
export function contactFields(contact: ContactDocument, { timeline, score, now }: { timeline: Timeline; score: IntentScore; now: Date }) {
  // Not always the visit that was looked at: an earlier one may end while a later one goes on elsewhere.
  const lastVisit = timeline.sessions.at(-1) ?? null;
  const today = { at: now, value: score.value };
  return {
    intent: score,
    trend: scoreTrend(contact.scoreHistory, today),
    scoreHistory: withToday(contact.scoreHistory, today),
    insight: lastVisit === null ? null : writeInsight(timeline, lastVisit, score),
    sessions30d: timeline.sessions30d,
    lastSessionId: lastVisit?.sessionId ?? null,
  };
}

/** One score a day is kept: the last. */
function withToday(history: ContactDocument['scoreHistory'], today: { at: Date; value: number }): ContactDocument['scoreHistory'] {
  const day = today.at.toISOString().slice(0, 10);
  return [...history.filter(({ at }) => at.toISOString().slice(0, 10) !== day), today].slice(-mostScores);
}
