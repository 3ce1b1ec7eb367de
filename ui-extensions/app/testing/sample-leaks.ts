import type { z } from 'zod';
import type { fault, Leak } from '#contract/api.ts';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const rows: readonly (readonly [path: string, kind: Leak['kind'], where: Leak['where'], count: number])[] = [
  ['/account/orders/:id', 'email', 'recording', 212],
  ['/reset', 'token', 'address', 41],
  ['/contact-sales', 'phone', 'event', 7],
  ['/account/billing', 'card', 'recording', 3],
  ['/account/billing', 'iban', 'recording', 3],
  ['/checkout/a-rather-long-path-of-a-page/that-has/many-parts/and-still-goes-on', 'field', 'recording', 1],
];

/** What was found on a site whose account pages are not masked yet. */
export function sampleLeaks(): Leak[] {
  return rows.map(([path, kind, where, count], index) => ({
    id: `leak${index}`,
    path,
    kind,
    where,
    count,
    firstAt: ago(60 * 24 * (index + 2)),
    lastAt: ago(4 + index * index * 190),
  }));
}

export function sampleFaults(): z.infer<typeof fault>[] {
  return [
    {
      where: 'watch-forms',
      message: "TypeError: Cannot read properties of null (reading 'form')",
      browser: 'Safari 17',
      count: 4,
      lastAt: ago(95),
    },
    { where: 'recorder', message: 'QuotaExceededError', browser: 'Firefox 131', count: 1, lastAt: ago(60 * 50) },
  ];
}
