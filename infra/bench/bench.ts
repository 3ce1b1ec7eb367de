import { z } from 'zod';
import type { BenchTools } from './bench-tools.ts';

/** One benchmark: a module in benches/ exports one such value. */
export interface Bench {
  /** As it is asked for on the command line: `mongo-write`. */
  readonly name: string;
  /** One sentence: what is measured, against what. */
  readonly describe: string;
  run(tools: BenchTools): Promise<BenchResult>;
}

export interface BenchResult {
  /** How often each subject was measured; the figures are medians. */
  readonly rounds: number;
  /** Every single measurement, in the order in which it was taken. */
  readonly raw: readonly Measurement[];
  /** What the medians say, put beside each other: differences and ratios by subject. */
  readonly compared?: readonly Compared[];
  readonly budget: readonly BudgetLine[];
  /** Versions of what was measured beside ours, with how it was built. */
  readonly versions?: Readonly<Record<string, string>>;
}

export interface Compared {
  readonly subject: string;
  readonly figures: Readonly<Record<string, number>>;
}

export interface Measurement {
  readonly subject: string;
  readonly round: number;
  /** Figures by name with their unit in it: `docsPerSecond`, `p99Ms`. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface BudgetLine {
  readonly line: string;
  readonly measured: number;
  readonly limit: number;
  readonly holds: boolean;
}

const benchShape = z.object({ name: z.string(), describe: z.string(), run: z.function() });

/** Whether a module exported a benchmark. */
export const bench = z.custom<Bench>((value) => benchShape.safeParse(value).success);

/** A line that holds when the figure is at least the limit. */
export function atLeast(line: string, measured: number, limit: number): BudgetLine {
  return { line, measured, limit, holds: measured >= limit };
}

/** A line that holds when the figure is at most the limit. */
export function atMost(line: string, measured: number, limit: number): BudgetLine {
  return { line, measured, limit, holds: measured <= limit };
}
