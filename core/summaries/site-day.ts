/** What happened on a site on one day (UTC), and in one month: all that reports read. Neither names a person. Kept with the workspace. */
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import type { SiteTotals } from './site-totals.ts';

export interface SiteDayDocument extends Owned {
  siteId: string;
  /** `2026-11-22` */
  day: string;
  totals: SiteTotals;
  /** Added up over the days of a month: its visitors, each once. One day's figure says nothing and may be negative. */
  monthVisitors: number;
}

const daySchema = new Schema<SiteDayDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    day: { type: String, required: true },
    totals: { type: Schema.Types.Mixed, required: true },
    monthVisitors: { type: Number, required: true },
  },
  ownedOptions('siteDays'),
);
daySchema.index({ workspaceId: 1, siteId: 1, day: 1 }, { unique: true });

export const SiteDay = defineModel<SiteDayDocument>('SiteDay', daySchema);

export interface SiteMonthDocument extends Owned {
  siteId: string;
  /** `2026-11` */
  month: string;
  /** Made from the days: its lists are shorter, its visitors counted once in the month. */
  totals: SiteTotals;
}

const monthSchema = new Schema<SiteMonthDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    month: { type: String, required: true },
    totals: { type: Schema.Types.Mixed, required: true },
  },
  ownedOptions('siteMonths'),
);
monthSchema.index({ workspaceId: 1, siteId: 1, month: 1 }, { unique: true });

export const SiteMonth = defineModel<SiteMonthDocument>('SiteMonth', monthSchema);

export function monthOf(day: string): string {
  return day.slice(0, 7);
}
