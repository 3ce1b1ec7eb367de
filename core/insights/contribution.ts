/** One contribution to the intent score, and the curves that size it. */
import { dayMs } from './build-timeline.ts';
import type { DwellWeight } from './intent-weights.ts';

export interface Contribution {
  /** Repeats within one category count less and less. */
  readonly category: string;
  /** Raw points, already faded by age. */
  readonly raw: number;
  /** A short sentence a rep understands. */
  readonly text: string;
  readonly at: Date;
  readonly sessionId: string | null;
  readonly offsetMs: number | null;
}

/** The share of a moment's points that is left: 1 now, ½ after a half-life. */
export function fading(at: Date, halfLifeDays: number, now: Date): number {
  return 2 ** (-Math.max(0, now.getTime() - at.getTime()) / (halfLifeDays * dayMs));
}

/** 0 at nothing, ½ at `half`, towards 1 with more. */
export function reached(amount: number, half: number): number {
  return 1 - 2 ** (-amount / half);
}

/** Raw points of `ms` of activity. */
export function dwelt(weight: DwellWeight, ms: number): number {
  return weight.open + weight.dwell * reached(ms, weight.halfMs);
}
