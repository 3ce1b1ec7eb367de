/** How much a recording may hold before it is refused: what lies beyond blocks the browser for seconds, or kills the tab. */
import { Failure } from '#contract/failure.ts';

export const budgetLimits = {
  events: 400_000,
  nodes: 250_000,
  attributes: 3_000_000,
  changes: 600_000,
  positions: 400_000,
  characters: 24_000_000,
} as const;

export type BudgetItem = keyof typeof budgetLimits;

/** Nesting of the page. Browsers stop parsing at 512. */
export const maxDepth = 512;

export interface Budget {
  /** Throws a `Failure` of kind `tooLarge` once there is more than the limit. */
  spend(item: BudgetItem, amount: number): void;
  /** Counts a stylesheet that was left out because it is beyond its own limits. */
  leaveOut(): void;
  leftOut(): number;
}

export function startBudget(): Budget {
  const spent = new Map<BudgetItem, number>();
  let leftOut = 0;
  return {
    spend(item, amount) {
      const total = (spent.get(item) ?? 0) + amount;
      if (total > budgetLimits[item]) throw tooLarge(`recording-too-many-${item}`);
      spent.set(item, total);
    },
    leaveOut() {
      leftOut += 1;
    },
    leftOut: () => leftOut,
  };
}

export function tooLarge(code: string): Failure {
  return new Failure('tooLarge', 'This recording is too large to play safely', { code });
}
