/**
 * Whole points for each share, adding up exactly to `value`: the largest-remainder method
 * (https://en.wikipedia.org/wiki/Quota_method). Shares that add up to something are first scaled to `value`; shares may be negative.
 */
export function sharePoints(shares: readonly number[], value: number): number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  const exact = value === 0 ? [...shares] : shares.map((share) => (share / sum) * value);
  const points = exact.map(Math.floor);
  const missing = value - points.reduce((total, each) => total + each, 0);
  const byRemainder = exact
    .map((share, place) => ({ place, rest: share - Math.floor(share) }))
    .sort((one, other) => other.rest - one.rest || one.place - other.place);
  for (const { place } of byRemainder.slice(0, missing)) points[place] = (points[place] ?? 0) + 1;
  return points;
}
