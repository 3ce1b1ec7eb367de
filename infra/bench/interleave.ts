import type { Measurement } from './bench.ts';
import { median } from './median.ts';

/** What is compared: a name, and one measurement of it. */
export interface Subject {
  readonly subject: string;
  measure(): Promise<Measurement['figures']>;
}

/**
 * Measures all subjects in each round, one after the other, so that a slow minute of the machine falls on all of them. Every round
 * starts with another subject: none always runs on what its neighbour left behind.
 */
export async function interleave(rounds: number, subjects: readonly Subject[]): Promise<Measurement[]> {
  const raw: Measurement[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % Math.max(subjects.length, 1);
    for (const { subject, measure } of [...subjects.slice(first), ...subjects.slice(0, first)]) {
      raw.push({ subject, round, figures: await measure() });
    }
  }
  return raw;
}

/** The median of one figure of one subject over all rounds. */
export function medianOf(raw: readonly Measurement[], subject: string, figure: string): number {
  return median(raw.filter((one) => one.subject === subject).flatMap(({ figures }) => figures[figure] ?? []));
}
