/** Whether a contact's intent rises or falls, compared with three days before. */
import type { ContactSnapshot } from '#contract/snapshot.ts';
import { dayMs } from './build-timeline.ts';

export interface ScoreAt {
  readonly value: number;
  readonly at: Date;
}

/** Long enough for fading to show (a score of 80 falls by 10 in it), short enough that last week's visit is not "rising". */
const compareDays = 3;
const steadyPoints = 5;

/** `history`: earlier scores in any order. A contact nobody knew three days before counts as 0 then. */
export function scoreTrend(history: readonly ScoreAt[], current: ScoreAt): ContactSnapshot['trend'] {
  const then = current.at.getTime() - compareDays * dayMs;
  const before = history
    .filter(({ at }) => at.getTime() <= then)
    .reduce<ScoreAt | null>((newest, each) => (newest === null || each.at > newest.at ? each : newest), null);
  const change = current.value - (before?.value ?? 0);
  if (Math.abs(change) < steadyPoints) return 'steady';
  return change > 0 ? 'rising' : 'falling';
}
