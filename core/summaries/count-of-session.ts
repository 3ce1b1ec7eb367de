/** What a session adds to its site's day and to its contact. Pure. */
import type { SessionDocument } from '../sessions/session.ts';
import type { CountedPage, SessionCount } from '../sessions/session-counts.ts';
import type { PageSummary } from '../sessions/summarise-shapes.ts';

/** Of one visit; what is beyond is counted without its path. */
const mostPaths = 50;

export type CountableSession = Pick<
  SessionDocument,
  | '_id'
  | 'workspaceId'
  | 'siteId'
  | 'visitorId'
  | 'contactId'
  | 'startedAt'
  | 'evidence'
  | 'heldFor'
  | 'device'
  | 'browser'
  | 'channel'
  | 'summary'
  | 'told'
  | 'counted'
  | 'place'
>;

/**
 * Null when it does not count: held, without a sign of a person, or not looked at yet. A visit whose consent was taken back stays counted:
 * it was collected with consent, and the counts say nothing about a person.
 * @param won the orders that no other session told before
 */
export function countOfSession(session: CountableSession, won: readonly string[]): SessionCount | null {
  const { summary, heldFor, evidence, startedAt, contactId, channel, device, browser } = session;
  if (summary === null || heldFor !== null || evidence === null) return null;
  return {
    day: startedAt.toISOString().slice(0, 10),
    contactId,
    activeMs: summary.activeMs,
    bounced: summary.bounced,
    channel,
    device,
    browser,
    country: session.place?.country ?? '',
    entry: summary.pages[0]?.path ?? '',
    pages: countPages(summary.pages),
    events: session.told?.events ?? {},
    orders: won,
    revenue: revenueOf(session, won),
  };
}

export function pageviewsOf({ pages }: Pick<SessionCount, 'pages'>): number {
  return pages.reduce((sum, { views }) => sum + views, 0);
}

function countPages(pages: readonly PageSummary[]): CountedPage[] {
  const byPath = [...Map.groupBy(pages, ({ path }) => path)].map(([path, ofPath]) => sumUp(path, ofPath));
  const rest = byPath.slice(mostPaths);
  const views = rest.reduce((sum, page) => sum + page.views, 0);
  return [...byPath.slice(0, mostPaths), ...(views === 0 ? [] : [{ path: '', views, activeMs: activeOf(rest) }])];
}

function sumUp(path: string, pages: readonly PageSummary[]): CountedPage {
  return { path, views: pages.length, activeMs: activeOf(pages) };
}

function activeOf(pages: readonly { readonly activeMs: number }[]): number {
  return pages.reduce((sum, { activeMs }) => sum + activeMs, 0);
}

function revenueOf({ told }: CountableSession, won: readonly string[]): Record<string, number> {
  const revenue: Record<string, number> = {};
  for (const order of won.flatMap((digest) => told?.orders?.[digest] ?? [])) {
    if (order.currency !== null) revenue[order.currency] = (revenue[order.currency] ?? 0) + order.minor;
  }
  return revenue;
}
