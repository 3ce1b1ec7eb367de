/** What in a visit is worth telling a rep. Pure. */
import type { IntentScore } from '#contract/snapshot.ts';
import type { Goal, GoalKind } from '#core/sessions/summarise-shapes.ts';
import { describeDuration, describeGap } from '#core/sessions/summarise-text.ts';
import { dayMs, type Timeline, type TimelineSession } from './build-timeline.ts';
import type { IntentWeights } from './intent-weights.ts';
import { matchesPath, pageName } from './name-page.ts';

export const signalKinds = ['demoRequested', 'checkoutAbandoned', 'formSubmitted', 'crossedIntoHigh', 'goalPage', 'returned'] as const;
export type SignalKind = (typeof signalKinds)[number];

export interface Signal {
  readonly kind: SignalKind;
  /** A sentence without its subject: "came back after 12 days". */
  readonly text: string;
  /** 1 to 100. */
  readonly strength: number;
}

export interface SignalInput {
  readonly timeline: Timeline;
  /** The visit to tell of: counts (a person, not a scanner), and is of a tracked contact. */
  readonly session: TimelineSession;
  readonly score: IntentScore;
  /** The score before this visit; null when there was none. */
  readonly previousScore: Pick<IntentScore, 'value' | 'band'> | null;
  /** Told before in this session: not told again. */
  readonly sentBefore: readonly SignalKind[];
  /** The workspace's own goal pages. */
  readonly goalPages?: IntentWeights['goalPages'];
}

/** Shorter, a goal page was only passed through. */
const dwelledMs = 10_000;

/** Strongest first, each kind at most once. Only `returned` is left where nothing else happened. */
export function detectSignals(input: SignalInput): Signal[] {
  return [demoRequested(input), checkoutAbandoned(input), formSubmitted(input), crossedIntoHigh(input), goalPage(input), returned(input)]
    .filter((signal) => signal !== null)
    .filter(({ kind }) => !input.sentBefore.includes(kind))
    .sort((one, other) => other.strength - one.strength);
}

function demoRequested({ session }: SignalInput): Signal | null {
  return goalOf(session, 'demoRequest') === undefined ? null : { kind: 'demoRequested', text: 'asked for a demo', strength: 100 };
}

/** Only once the visit ended: until then the checkout is going on. An order in a later visit settles it. */
function checkoutAbandoned({ timeline, session }: SignalInput): Signal | null {
  const checkout = goalOf(session, 'checkout');
  if (checkout === undefined || session.endedAt === null) return null;
  const bought = [session, ...timeline.sessions.filter(({ startedAt }) => startedAt > session.startedAt)].some(
    (each) => goalOf(each, 'purchase') !== undefined,
  );
  return bought ? null : { kind: 'checkoutAbandoned', text: 'left the checkout without ordering', strength: 90 };
}

function formSubmitted({ session }: SignalInput): Signal | null {
  const sent = goalOf(session, 'trialSignup') ?? goalOf(session, 'formSubmit');
  return sent === undefined
    ? null
    : { kind: 'formSubmitted', text: lowerFirst(sent.text), strength: sent.kind === 'trialSignup' ? 85 : 80 };
}

function crossedIntoHigh({ score, previousScore }: SignalInput): Signal | null {
  if (score.band !== 'high' || previousScore?.band === 'high') return null;
  return { kind: 'crossedIntoHigh', text: `crossed into high with a score of ${score.value}`, strength: 70 };
}

function goalPage(input: SignalInput): Signal | null {
  return ownGoalPage(input) ?? builtInGoal(input);
}

/** The weightiest of the workspace's own goal pages that was looked at long enough. */
function ownGoalPage({ session: { summary }, goalPages = [] }: SignalInput): Signal | null {
  for (const { path, dwellMs } of goalPages.toSorted((one, other) => other.weight - one.weight)) {
    const pages = summary.pages.filter((page) => matchesPath(path, page.path));
    const spentMs = pages.reduce((sum, page) => sum + page.activeMs, 0);
    const [first] = pages;
    if (first !== undefined && spentMs >= dwellMs) {
      return { kind: 'goalPage', text: `on ${pageName(first)} for ${describeDuration(spentMs)}`, strength: 65 };
    }
  }
  return null;
}

/** The strongest goal that has no signal of its own. */
function builtInGoal({ session }: SignalInput): Signal | null {
  for (const kind of ['purchase', 'cancelIntent', 'subscriptionChange', 'pricing', 'addToCart', 'formStart', 'compare'] as const) {
    const goal = goalOf(session, kind);
    if (goal === undefined) continue;
    if (kind !== 'pricing') return { kind: 'goalPage', text: lowerFirst(goal.text), strength: kind === 'purchase' ? 75 : 60 };
    if (goal.dwellMs >= dwelledMs) return { kind: 'goalPage', text: `on pricing for ${describeDuration(goal.dwellMs)}`, strength: 60 };
  }
  return null;
}

function returned({ timeline, session }: SignalInput): Signal {
  const before = timeline.sessions.findLast(
    ({ sessionId, startedAt }) => sessionId !== session.sessionId && startedAt <= session.startedAt,
  );
  if (before === undefined) return { kind: 'returned', text: 'visited the site for the first time', strength: 30 };
  const awayMs = session.startedAt.getTime() - before.lastEventAt.getTime();
  // The longer the silence, the more a return says.
  const strength = 20 + Math.round(Math.min(30, Math.max(0, awayMs / dayMs)));
  return { kind: 'returned', text: `came back after ${describeGap(awayMs)}`, strength };
}

function goalOf({ summary }: TimelineSession, kind: GoalKind): Goal | undefined {
  return summary.goals.find((goal) => goal.kind === kind);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
