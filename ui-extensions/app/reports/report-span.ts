/** The times a report can be asked for, up to today (UTC, as the server counts). */
export const spans = { '7': '7 days', '30': '30 days', '90': '90 days', months: '12 months' } as const;
export type Span = keyof typeof spans;
export const spanNames = Object.keys(spans).filter((name): name is Span => name in spans);

export interface ReportWish {
  readonly from: string;
  readonly to: string;
  readonly by: 'day' | 'month';
}

const dayMs = 86_400_000;

export function wishOf(span: Span, now: Date): ReportWish {
  const day = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  const to = day(now.getTime());
  if (span !== 'months') return { from: day(now.getTime() - (Number(span) - 1) * dayMs), to, by: 'day' };
  return { from: day(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 11, 1)), to, by: 'month' };
}
