/** The intent score of a contact, 0 to 100, with the reasons that add up to it. Pure: same timeline, weights and moment, same score. */
import type { Band, IntentScore, ScoreReason } from '#contract/snapshot.ts';
import { compareText } from '#core/sessions/summarise-events.ts';
import { counted } from '#core/sessions/summarise-text.ts';
import type { Timeline } from './build-timeline.ts';
import type { Contribution } from './contribution.ts';
import type { IntentWeights } from './intent-weights.ts';
import { contributionsOf } from './score-contributions.ts';
import { sharePoints } from './share-points.ts';

/** A list a rep still reads; what is smaller is told together. */
const mostReasons = 12;

/** Reasons come strongest first, lowering ones last; their whole points add up exactly to the value. */
export function scoreIntent(timeline: Timeline, weights: IntentWeights, now: Date): IntentScore {
  const weighed = foldSmall(weighRepeats(contributionsOf(timeline, weights, now), weights.repeatFactor));
  const raw = total(weighed);
  const value = raw <= 0 ? 0 : Math.min(100, Math.round(100 * (1 - Math.exp(-raw / weights.scale))));
  const points = sharePoints(raw > 0 ? weighed.map((each) => each.raw) : balance(weighed, weights.scale), value);
  const reasons = weighed.map((contribution, place) => toReason(contribution, points[place] ?? 0)).filter((reason) => reason.points !== 0);
  return { value, band: bandOf(value, weights.thresholds), reasons: reasons.sort((one, other) => other.points - one.points) };
}

export function bandOf(value: number, thresholds: IntentWeights['thresholds']): Band {
  if (value >= thresholds.high) return 'high';
  return value >= thresholds.medium ? 'medium' : 'low';
}

/**
 * The strongest of a category counts in full, each further one by `repeatFactor` less, and all of them are one reason: that of the
 * strongest. Since all fade alike, their order never changes with time, and one more never makes the sum smaller. The result is in one
 * order, whatever the order of the input.
 */
function weighRepeats(contributions: readonly Contribution[], repeatFactor: number): Contribution[] {
  return [...Map.groupBy(contributions, ({ category }) => category).values()]
    .flatMap((ofCategory) => {
      const [strongest, ...others] = ofCategory.toSorted(strongerFirst);
      if (strongest === undefined) return [];
      const raw = others.reduce((sum, each, place) => sum + each.raw * repeatFactor ** (place + 1), strongest.raw);
      return [{ ...strongest, raw, text: `${strongest.text}${againText(strongest, others)}` }];
    })
    .sort(strongerFirst);
}

function againText({ sessionId }: Contribution, others: readonly Contribution[]): string {
  const visits = new Set(others.map((each) => each.sessionId).filter((each) => each !== sessionId)).size;
  if (visits > 0) return `, and more on ${counted(visits, 'other visit')}`;
  return others.length > 0 ? `, and ${others.length} more` : '';
}

function foldSmall(weighed: readonly Contribution[]): Contribution[] {
  if (weighed.length <= mostReasons) return [...weighed];
  const small = weighed.slice(mostReasons - 1);
  const latest = small.reduce((one, other) => (other.at > one.at ? other : one));
  return [...weighed.slice(0, mostReasons - 1), { ...latest, raw: total(small), text: 'Smaller things together' }];
}

function strongerFirst(one: Contribution, other: Contribution): number {
  return (
    Math.abs(other.raw) - Math.abs(one.raw) ||
    other.at.getTime() - one.at.getTime() ||
    compareText(
      `${one.category} ${one.sessionId} ${one.offsetMs} ${one.text}`,
      `${other.category} ${other.sessionId} ${other.offsetMs} ${other.text}`,
    )
  );
}

/** At the floor, what lowers the score can take away no more than there is: it is scaled to just that. */
function balance(weighed: readonly Contribution[], scale: number): number[] {
  const raised = total(weighed.filter(({ raw }) => raw > 0));
  const lowered = raised - total(weighed);
  return weighed.map(({ raw }) => (100 / scale) * (raw > 0 ? raw : lowered === 0 ? 0 : (raw * raised) / lowered));
}

function total(contributions: readonly Contribution[]): number {
  return contributions.reduce((sum, { raw }) => sum + raw, 0);
}

function toReason({ text, at, sessionId, offsetMs }: Contribution, points: number): ScoreReason {
  return { points, text, at: at.toISOString(), sessionId, offsetMs: offsetMs === null ? null : Math.round(offsetMs) };
}
