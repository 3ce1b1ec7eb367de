/** What happened in one or more visits, as phrases in the order it happened: the material of the summary and the cited moments. */
import type { PageKind } from '#core/sessions/summarise-page-kind.ts';
import type { GoalKind, PageSummary } from '#core/sessions/summarise-shapes.ts';
import { counted, describeDuration } from '#core/sessions/summarise-text.ts';
import type { TimelineSession } from './build-timeline.ts';
import { pageName } from './name-page.ts';

export interface Happening {
  readonly sessionId: string;
  readonly at: Date;
  readonly offsetMs: number;
  /** A phrase without its subject, in lower case: "asked for a demo". */
  readonly phrase: string;
  /** Higher is more worth telling; below `worthTelling`, only when there is nothing else. */
  readonly weight: number;
  /** The goal it is, when it is one. */
  readonly goal: GoalKind | null;
}

/** Below it: the home page, legal pages, glances. */
const worthTelling = 10;

/** What is worth telling of a visit, in the order it happened. */
export function tellHappenings(session: TimelineSession): Happening[] {
  const { sessionId, summary } = session;
  const goals = summary.goals.map(({ kind, at, offsetMs, text }): Happening => {
    const phrase = `${lowerFirst(text)}${kind === 'checkout' && leftCheckout(session) ? ' without ordering' : ''}`;
    return { sessionId, at, offsetMs, phrase, weight: goalWeight[kind], goal: kind };
  });
  const marks = summary.marks
    .filter(({ type }) => type === 'search' || type === 'rageClick')
    .map(({ at, offsetMs, text, type }): Happening => {
      return { sessionId, at, offsetMs, phrase: lowerFirst(text), weight: type === 'search' ? 18 : 12, goal: null };
    });
  const done = new Set(summary.goals.map(({ kind }) => kind));
  const pages = [...Map.groupBy(summary.pages, ({ kind }) => kind)]
    .filter(([kind]) => !isTold(kind, done))
    .flatMap(([kind, ofKind]) => tellPages(kind, ofKind, sessionId));
  const all = [...goals, ...marks, ...pages].sort((one, other) => one.at.getTime() - other.at.getTime() || other.weight - one.weight);
  const worthy = all.filter(({ weight }) => weight >= worthTelling);
  return worthy.length === 0 ? all : worthy;
}

function leftCheckout({ endedAt, summary }: TimelineSession): boolean {
  return endedAt !== null && summary.goals.every(({ kind }) => kind !== 'purchase');
}

const goalWeight: Readonly<Record<GoalKind, number>> = {
  purchase: 100,
  demoRequest: 95,
  trialSignup: 90,
  cancelIntent: 85,
  checkout: 80,
  formSubmit: 78,
  jobApplication: 76,
  supportRequest: 74,
  pricing: 70,
  subscriptionChange: 60,
  addToCart: 50,
  formStart: 48,
  compare: 45,
  wishlist: 20,
  newsletter: 16,
};

/** The verb and the weight of looking at pages of a kind; `plural`: what several of them are called. */
const looking: Readonly<Record<PageKind, { verb: string; plural: string; weight: number }>> = {
  pricing: { verb: 'looked at', plural: 'pricing pages', weight: 70 },
  compare: { verb: 'read', plural: 'comparisons', weight: 42 },
  demo: { verb: 'looked at', plural: 'demo pages', weight: 40 },
  trial: { verb: 'looked at', plural: 'sign-up pages', weight: 40 },
  contact: { verb: 'looked at', plural: 'contact pages', weight: 34 },
  checkout: { verb: 'looked at', plural: 'checkout pages', weight: 34 },
  product: { verb: 'looked at', plural: 'product pages', weight: 32 },
  customers: { verb: 'read', plural: 'customer stories', weight: 30 },
  shop: { verb: 'looked at', plural: 'shop pages', weight: 28 },
  careers: { verb: 'looked at', plural: 'pages about jobs', weight: 26 },
  support: { verb: 'looked for help on', plural: 'support pages', weight: 26 },
  docs: { verb: 'read', plural: 'pages of documentation', weight: 24 },
  blog: { verb: 'read', plural: 'articles', weight: 20 },
  account: { verb: 'was in', plural: 'pages of their account', weight: 15 },
  other: { verb: 'looked at', plural: 'other pages', weight: 8 },
  home: { verb: 'looked at', plural: 'times the home page', weight: 5 },
  legal: { verb: 'read', plural: 'legal pages', weight: 4 },
};

function tellPages(kind: PageKind, pages: readonly PageSummary[], sessionId: string): Happening[] {
  const [longest] = pages.toSorted((one, other) => other.activeMs - one.activeMs || one.offsetMs - other.offsetMs);
  if (longest === undefined) return [];
  const { verb, plural, weight } = looking[kind];
  const paths = new Set(pages.map(({ path }) => path)).size;
  const activeMs = pages.reduce((sum, page) => sum + page.activeMs, 0);
  const what = kind === 'home' ? 'the home page' : paths === 1 ? pageName(longest) : `${paths} ${plural}`;
  const spent = activeMs < 5000 ? '' : ` for ${describeDuration(activeMs)}`;
  // What was only glanced at is worth less than what was read.
  const worth = activeMs < 5000 ? weight / 2 : weight;
  return [{ sessionId, at: longest.at, offsetMs: longest.offsetMs, phrase: `${verb} ${what}${spent}`, weight: worth, goal: null }];
}

/** A page whose purpose was fulfilled is told by that. */
function isTold(kind: PageKind, done: ReadonlySet<GoalKind>): boolean {
  if (kind === 'pricing') return done.has('pricing');
  if (kind === 'checkout') return done.has('checkout') || done.has('purchase');
  if (kind === 'trial') return done.has('trialSignup') || done.has('formStart');
  if (kind === 'contact') return done.has('formSubmit') || done.has('formStart');
  return kind === 'demo' && (done.has('demoRequest') || done.has('formStart'));
}

/** `3 visits on 2 days`. */
export function tellVisits(sessions: number, days: number): string {
  return days === sessions || sessions === 1 ? counted(sessions, 'visit') : `${counted(sessions, 'visit')} on ${counted(days, 'day')}`;
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
