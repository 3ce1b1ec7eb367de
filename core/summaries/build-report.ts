/** A site's report from its days or months. Pure. */
import type { Report, ReportFigures } from '#contract/report.ts';
import { noTotals, type SiteTotals, shortened, sumTotals } from './site-totals.ts';

/** How many pages a report names. */
const mostPaths = 100;
const dayMs = 86_400_000;

export interface ReportWish {
  readonly from: string;
  readonly to: string;
  readonly by: 'day' | 'month';
}

/** @param found day or month → its totals */
export function buildReport({ from, to, by }: ReportWish, found: ReadonlyMap<string, SiteTotals>): Report {
  const places = placesOf({ from, to, by });
  const parts = places.map((at) => ({ at, totals: found.get(at) ?? noTotals }));
  const sum = shortened(sumTotals(parts.map(({ totals }) => totals)), mostPaths);
  const eventCount = (type: string) => sum.events.find(({ name }) => name === type)?.count ?? 0;
  return {
    from,
    to,
    by,
    totals: figuresOf(sum),
    series: parts.map(({ at, totals }) => ({ at, ...figuresOf(totals) })),
    pages: [...sum.pages],
    channels: [...sum.channels],
    devices: [...sum.devices],
    browsers: [...sum.browsers],
    countries: [...sum.countries],
    events: [...sum.events],
    forms: { started: eventCount('form_start'), submitted: eventCount('form_submit'), abandoned: eventCount('form_abandon') },
  };
}

function figuresOf({ sessions, visitors, pageviews, activeMs, bounces, orders, revenue }: SiteTotals): ReportFigures {
  return { sessions, visitors, pageviews, activeMs, bounces, orders, revenue: revenue.filter(({ count }) => count !== 0) };
}

function placesOf({ from, to, by }: ReportWish): string[] {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  const all = Array.from({ length: days }, (_, place) => new Date(Date.parse(from) + place * dayMs).toISOString().slice(0, 10));
  return by === 'day' ? all : [...new Set(all.map((day) => day.slice(0, 7)))];
}
