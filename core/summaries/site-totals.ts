/** Totals of a site over some time, and how a session is added to them or taken out again. Pure. */
import type { SessionCount } from '../sessions/session-counts.ts';
import { pageviewsOf } from './count-of-session.ts';

export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

export interface PageTotals {
  readonly path: string;
  readonly views: number;
  /** Visits that began here. */
  readonly entries: number;
  readonly activeMs: number;
}

/** Lists of names hold as many as came first; everything after them stands under `other`. */
export interface SiteTotals {
  readonly sessions: number;
  readonly visitors: number;
  readonly pageviews: number;
  readonly activeMs: number;
  readonly bounces: number;
  readonly orders: number;
  /** Currency → minor units. */
  readonly revenue: readonly NamedCount[];
  readonly channels: readonly NamedCount[];
  readonly devices: readonly NamedCount[];
  readonly browsers: readonly NamedCount[];
  readonly countries: readonly NamedCount[];
  /** Event type → how many. */
  readonly events: readonly NamedCount[];
  /** The path of what has no room is empty. */
  readonly pages: readonly PageTotals[];
}

export const noTotals: SiteTotals = {
  sessions: 0,
  visitors: 0,
  pageviews: 0,
  activeMs: 0,
  bounces: 0,
  orders: 0,
  revenue: [],
  channels: [],
  devices: [],
  browsers: [],
  countries: [],
  events: [],
  pages: [],
};

const mostNames = 50;
const mostPaths = 300;
const other = 'other';

/** Adding a session and then taking it out leaves the totals as they were: rooms once taken stay taken. */
export function withSession(totals: SiteTotals, count: SessionCount, sign: 1 | -1): SiteTotals {
  const one = (list: readonly NamedCount[], name: string) => (name === '' ? list : addNamed(list, [{ name, count: sign }]));
  return {
    sessions: totals.sessions + sign,
    visitors: totals.visitors,
    pageviews: totals.pageviews + sign * pageviewsOf(count),
    activeMs: totals.activeMs + sign * count.activeMs,
    bounces: totals.bounces + (count.bounced ? sign : 0),
    orders: totals.orders + sign * count.orders.length,
    revenue: addNamed(totals.revenue, signed(count.revenue, sign)),
    channels: one(totals.channels, count.channel),
    devices: one(totals.devices, count.device),
    browsers: one(totals.browsers, count.browser),
    countries: one(totals.countries, count.country),
    events: addNamed(totals.events, signed(count.events, sign)),
    pages: addPages(totals.pages, pagesOf(count, sign), mostPaths),
  };
}

/** What several days come to. Visitors are added up: who comes on two days counts on both. */
export function sumTotals(parts: readonly SiteTotals[]): SiteTotals {
  return parts.reduce(plus, noTotals);
}

function plus(one: SiteTotals, two: SiteTotals): SiteTotals {
  return {
    sessions: one.sessions + two.sessions,
    visitors: one.visitors + two.visitors,
    pageviews: one.pageviews + two.pageviews,
    activeMs: one.activeMs + two.activeMs,
    bounces: one.bounces + two.bounces,
    orders: one.orders + two.orders,
    revenue: addNamed(one.revenue, two.revenue),
    channels: addNamed(one.channels, two.channels),
    devices: addNamed(one.devices, two.devices),
    browsers: addNamed(one.browsers, two.browsers),
    countries: addNamed(one.countries, two.countries),
    events: addNamed(one.events, two.events),
    pages: addPages(one.pages, two.pages, Number.POSITIVE_INFINITY),
  };
}

/** The largest first, without what is nothing; what has no room goes under `other`. */
export function shortened(totals: SiteTotals, paths: number): SiteTotals {
  const lists = { revenue: 1, channels: 1, devices: 1, browsers: 1, countries: 1, events: 1 } as const;
  const named = Object.keys(lists).filter((key): key is keyof typeof lists => key in lists);
  return {
    ...totals,
    ...Object.fromEntries(named.map((key) => [key, largest(totals[key])])),
    pages: largestPages(totals.pages, paths),
  };
}

function largest(list: readonly NamedCount[]): NamedCount[] {
  return list
    .filter(({ count }) => count !== 0)
    .toSorted(
      (one, two) => Number(one.name === other) - Number(two.name === other) || two.count - one.count || compare(one.name, two.name),
    );
}

function largestPages(pages: readonly PageTotals[], most: number): PageTotals[] {
  const sorted = pages
    .filter(({ path, views, entries }) => path !== '' && (views !== 0 || entries !== 0))
    .toSorted((one, two) => two.views - one.views || compare(one.path, two.path));
  const rest = [...sorted.slice(most), ...pages.filter(({ path }) => path === '')].map((page) => ({ ...page, path: '' }));
  return [...sorted.slice(0, most), ...addPages([], rest, 0)].filter(({ views, entries }) => views !== 0 || entries !== 0);
}

function compare(one: string, two: string): number {
  return one < two ? -1 : Number(one > two);
}

function signed(counts: Readonly<Record<string, number>>, sign: 1 | -1): NamedCount[] {
  return Object.entries(counts).map(([name, count]) => ({ name, count: sign * count }));
}

function addNamed(list: readonly NamedCount[], more: readonly NamedCount[]): NamedCount[] {
  const sums = new Map(list.map(({ name, count }) => [name, count]));
  for (const { name, count } of more) {
    const place = sums.has(name) || sums.size < mostNames ? name : other;
    sums.set(place, (sums.get(place) ?? 0) + count);
  }
  return [...sums].map(([name, count]) => ({ name, count }));
}

function pagesOf({ pages, entry }: SessionCount, sign: 1 | -1): PageTotals[] {
  const seen = pages.map(({ path, views, activeMs }) => ({ path, views: sign * views, entries: 0, activeMs: sign * activeMs }));
  return pages.length === 0 ? seen : [...seen, { path: entry, views: 0, entries: sign, activeMs: 0 }];
}

function addPages(list: readonly PageTotals[], more: readonly PageTotals[], most: number): PageTotals[] {
  const sums = new Map(list.map((page) => [page.path, page]));
  for (const { path, views, entries, activeMs } of more) {
    const place = sums.has(path) || sums.size < most ? path : '';
    const sum = sums.get(place) ?? { views: 0, entries: 0, activeMs: 0 };
    sums.set(place, { path: place, views: sum.views + views, entries: sum.entries + entries, activeMs: sum.activeMs + activeMs });
  }
  return [...sums.values()];
}
