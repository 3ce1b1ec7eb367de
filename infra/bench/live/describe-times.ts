import type { Measurement } from '../bench.ts';

/** Of times in milliseconds. What never came counts as the longest: where it is among them, a percentile is infinite. */
export function describeTimes(times: readonly number[]): Measurement['figures'] {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => {
    const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
    return Math.round(value * 10) / 10;
  };
  return {
    n: times.length,
    missing: times.filter((time) => !Number.isFinite(time)).length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  };
}
