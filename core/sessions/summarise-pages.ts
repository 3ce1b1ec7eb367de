/** The pages of a session, from its events in order. */
import { eventProps } from '#contract/events.ts';
import { compareText, readProps } from './summarise-events.ts';
import { type PageKind, pageKind } from './summarise-page-kind.ts';
import type { PageSummary, SessionTimes, StoredEvent } from './summarise-shapes.ts';
import { cleanText } from './summarise-text.ts';

/** A page left open without a word from it is credited with no more than this. */
const longestGapMs = 60_000;
/** Sessions end at 60 minutes: whatever claims more is not true. */
const longestActiveMs = 3_600_000;
const mostPages = 500;

/** `events`: each once, in order. */
export function summarisePages(events: readonly StoredEvent[], session: SessionTimes): PageSummary[] {
  const opened = [...Map.groupBy(events, (event) => event.pageId).values()]
    .map((ofPage) => openedPage(ofPage, session.startedAt))
    .filter((page) => page !== null)
    .sort((one, other) => one.at.getTime() - other.at.getTime() || compareText(one.pageId, other.pageId))
    .slice(0, mostPages);
  const lastMoment = Math.max(session.lastEventAt.getTime() || 0, ...events.slice(-1).map((event) => event.at.getTime()));
  return opened.map(({ measuredMs, ...page }, place) => {
    const until = opened[place + 1]?.at.getTime() ?? lastMoment;
    const gapMs = Math.min(longestGapMs, Math.max(0, until - page.at.getTime()));
    return { ...page, activeMs: Math.min(longestActiveMs, Math.round(measuredMs ?? gapMs)) };
  });
}

type OpenedPage = Omit<PageSummary, 'activeMs'> & { readonly measuredMs: number | null };

function openedPage(ofPage: readonly StoredEvent[], startedAt: Date): OpenedPage | null {
  // A batch with the page view itself may still be on its way: any event of the page shows that it was open.
  const first = ofPage.find((event) => event.type === 'page_view') ?? ofPage[0];
  if (first === undefined) return null;
  const title = titleOf(ofPage);
  const path = shownPath(first.url);
  const engagement = ofPage.flatMap((event) => readProps(event, 'engagement', eventProps.engagement) ?? []);
  return {
    pageId: first.pageId,
    title: title === '' ? path : title,
    path,
    kind: kindOf(ofPage, first.url, title),
    at: first.at,
    offsetMs: offsetOf(first.at, startedAt),
    // Each engagement event tells the totals of its page so far: the largest is the newest.
    measuredMs: engagement.length === 0 ? null : Math.max(...engagement.map(({ activeMs }) => activeMs)),
    scrollDepth: engagement.length === 0 ? null : Math.round(Math.max(...engagement.map(({ scrollDepth }) => scrollDepth))),
  };
}

function titleOf(ofPage: readonly StoredEvent[]): string {
  const titles = ofPage.map((event) => readProps(event, 'page_view', eventProps.page_view)?.title ?? '');
  return cleanText(titles.findLast((title) => title.trim() !== '') ?? '');
}

/** What happened on a page may say more than its address. */
function kindOf(ofPage: readonly StoredEvent[], url: string, title: string): PageKind {
  const types = new Set(ofPage.map((event) => event.type));
  if (types.has('pricing_engage')) return 'pricing';
  const kind = pageKind(url, title);
  if (kind !== 'other') return kind;
  if (types.has('checkout_view') || types.has('begin_checkout')) return 'checkout';
  if (types.has('product_view') || types.has('add_to_cart') || types.has('variant_select')) return 'shop';
  return types.has('demo_request') ? 'demo' : 'other';
}

/** The path for people: no query, a hash only when it is a route. */
function shownPath(url: string): string {
  const parsed = URL.parse(url.slice(0, 2048), 'https://site.invalid/');
  if (parsed === null) return '/';
  const route = /^#!?\//u.test(parsed.hash) ? (parsed.hash.split('?')[0] ?? '') : '';
  return oneLine(`${parsed.pathname}${route}`);
}

function oneLine(path: string): string {
  try {
    return decodeURI(path)
      .replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cn}]+/gu, ' ')
      .trim()
      .slice(0, 200);
  } catch {
    return path.slice(0, 200);
  }
}

export function offsetOf(at: Date, startedAt: Date): number {
  return Math.max(0, Math.round(at.getTime() - startedAt.getTime())) || 0;
}
