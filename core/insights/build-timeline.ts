/** A contact's sessions put in order, with what the score, the signals and the insight all need to know of them. */
import { compareText } from '#core/sessions/summarise-events.ts';
import type { PageKind } from '#core/sessions/summarise-page-kind.ts';
import type { GoalKind, SessionSummary } from '#core/sessions/summarise-shapes.ts';

export interface SummarisedSession {
  readonly sessionId: string;
  readonly startedAt: Date;
  readonly lastEventAt: Date;
  /** Null while the visit goes on. */
  readonly endedAt: Date | null;
  readonly summary: SessionSummary;
}

/** `interest`: may become business. `generic`: only read the blog or legal pages. */
export type SessionNature = 'interest' | 'generic' | 'bounce' | 'careers' | 'support';

export interface TimelineSession extends SummarisedSession {
  readonly nature: SessionNature;
}

export interface Timeline {
  /** Oldest first, each once. */
  readonly sessions: readonly TimelineSession[];
  readonly firstSeenAt: Date | null;
  readonly lastSeenAt: Date | null;
  /** Within the 30 days before `now`. */
  readonly sessions30d: number;
  /** Different days (UTC) with a session within the 30 days before `now`. */
  readonly activeDays30d: number;
}

export const dayMs = 86_400_000;

/** Sessions may come in any order, and twice: the newer state of a session wins. Sessions without a valid time are left out. */
export function buildTimeline(sessions: readonly SummarisedSession[], now: Date): Timeline {
  const newest = new Map<string, SummarisedSession>();
  for (const session of sessions) {
    const known = newest.get(session.sessionId);
    if (known === undefined || known.lastEventAt < session.lastEventAt) newest.set(session.sessionId, session);
  }
  const ordered = [...newest.values()]
    .filter(({ startedAt, lastEventAt }) => !Number.isNaN(startedAt.getTime() + lastEventAt.getTime()))
    .sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime() || compareText(one.sessionId, other.sessionId))
    .map((session): TimelineSession => ({ ...session, nature: natureOf(session.summary) }));
  const recent = ordered.filter(({ startedAt }) => startedAt.getTime() > now.getTime() - 30 * dayMs);
  return {
    sessions: ordered,
    firstSeenAt: ordered[0]?.startedAt ?? null,
    lastSeenAt: ordered.length === 0 ? null : new Date(Math.max(...ordered.map(({ lastEventAt }) => lastEventAt.getTime()))),
    sessions30d: recent.length,
    activeDays30d: new Set(recent.map(({ startedAt }) => dayOf(startedAt))).size,
  };
}

/** `2026-11-22` (UTC). */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Goals that do not make a buyer. */
const otherGoals: ReadonlySet<GoalKind> = new Set(['supportRequest', 'jobApplication', 'cancelIntent', 'newsletter']);

export function natureOf(summary: SessionSummary): SessionNature {
  const goals = new Set(summary.goals.map(({ kind }) => kind));
  if (summary.goals.some(({ kind }) => kind !== 'pricing' && !otherGoals.has(kind))) return 'interest';
  // A job seeker also reads "about us"; somebody with a problem also signs in.
  if (goals.has('jobApplication') || isMainly(summary, 'careers', ['home', 'other', 'legal'])) return 'careers';
  if (goals.has('supportRequest') || goals.has('cancelIntent') || isMainly(summary, 'support', ['home', 'account', 'legal']))
    return 'support';
  if (summary.bounced) return 'bounce';
  return isMainly(summary, 'blog', ['legal']) || isMainly(summary, 'legal', []) ? 'generic' : 'interest';
}

/** Nothing but these kinds was seen, and at least half of the time went to the first. */
function isMainly({ pages, activeMs }: SessionSummary, kind: PageKind, beside: readonly PageKind[]): boolean {
  const ofKind = pages.filter((page) => page.kind === kind);
  const spentMs = ofKind.reduce((sum, page) => sum + page.activeMs, 0);
  return ofKind.length > 0 && spentMs * 2 >= activeMs && pages.every((page) => page.kind === kind || beside.includes(page.kind));
}
