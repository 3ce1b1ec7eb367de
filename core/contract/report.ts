/** What a site's report says. Moments are days of UTC; money is in minor units. */
import { z } from 'zod';

const day = z.iso.date();
const count = z.number().int();
const named = z.array(z.object({ name: z.string(), count }));

/** GET /sites/:id/report?from&to&by → report. `from` and `to` are days, both included; by month, whole months of these days are told. */
export const reportQuery = z
  .strictObject({ from: day, to: day, by: z.enum(['day', 'month']).default('day') })
  .refine(({ from, to }) => from <= to, { message: 'Give a day that is not before “from”', path: ['to'] })
  .refine(({ from, to, by }) => daysBetween(from, to) <= longest[by], {
    message: 'Ask for at most 92 days by day, and for at most 5 years by month',
    path: ['from'],
  });

const longest = { day: 92, month: 5 * 366 } as const;

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

const figures = z.object({
  sessions: count,
  /** Different browsers: each counts once a day, or once a month in a report by month. */
  visitors: count,
  pageviews: count,
  activeMs: count,
  /** Visits of one page, shorter than 10 s, in which nothing was done. */
  bounces: count,
  orders: count,
  /** `name`: ISO 4217; `count`: minor units. */
  revenue: named,
});

export const report = z.object({
  from: day,
  to: day,
  by: z.enum(['day', 'month']),
  /** Added up over `series`. */
  totals: figures,
  /** Every day (`2026-11-22`) or month (`2026-11`) of the time asked for, oldest first. */
  series: z.array(figures.extend({ at: z.string() })),
  /** Most viewed first. The path of what is too rare to be told apart is empty. */
  pages: z.array(z.object({ path: z.string(), views: count, entries: count, activeMs: count })),
  /** Visits by where they came from, by device, by browser, by country; most first. */
  channels: named,
  devices: named,
  browsers: named,
  countries: named,
  /** Events of the visits by type. */
  events: named,
  forms: z.object({ started: count, submitted: count, abandoned: count }),
});
export type Report = z.infer<typeof report>;
export type ReportFigures = z.infer<typeof figures>;
