/**
 * What counts for how much in the intent score. Plain values, so that a workspace may edit or fit its own.
 *
 * Points here are raw. They are added up, with every repeat of the same kind counting less, halved for every half-life that passed,
 * and bent into 0-100 by `100 · (1 - e^(-raw / scale))`: the more there is, the less each further point adds.
 */

import type { PageKind } from '#core/sessions/summarise-page-kind.ts';
import type { GoalKind } from '#core/sessions/summarise-shapes.ts';

/** `open` for being there at all, then up to `dwell` more; half of that after `halfMs` of activity. */
export interface DwellWeight {
  readonly open: number;
  readonly dwell: number;
  readonly halfMs: number;
}

export interface IntentWeights {
  /** Raw points of a goal; negative for what says "no buyer". */
  readonly goals: Readonly<Record<Exclude<GoalKind, 'pricing'>, number>>;
  readonly pricing: DwellWeight;
  /** Pages about the offer: product, comparison, customers, shop. Once a session, for all of them together. */
  readonly interest: DwellWeight;
  /** A site's own goal pages. `path`: exact, or a prefix that ends with `*`. `weight`: 1 to 100, given once `dwellMs` was spent there. */
  readonly goalPages: readonly { readonly path: string; readonly weight: number; readonly dwellMs: number }[];
  /** Most points one session may earn by active time, pages and scroll; half of each after `halfMs`, `halfPages` beyond the first. */
  readonly depth: {
    readonly active: number;
    readonly halfMs: number;
    readonly pages: number;
    readonly halfPages: number;
    readonly scroll: number;
  };
  /** How much time on a page of a kind counts as depth, 0 to 1. */
  readonly relevance: Readonly<Record<PageKind, number>>;
  /** Most points for days with a visit within `windowDays`, half of them after `halfDays`; a day of bounces or of reading counts in part. */
  readonly returning: {
    readonly most: number;
    readonly halfDays: number;
    readonly windowDays: number;
    readonly bounceDay: number;
    readonly genericDay: number;
  };
  /** Negative: a visit that only looked for a job, or for help. */
  readonly careersOnly: number;
  readonly supportOnly: number;
  /** The second best of a kind counts this much of its points, the third this much of that, … */
  readonly repeatFactor: number;
  readonly halfLifeDays: number;
  /** Raw points that make a score of 63 (1 - 1/e). */
  readonly scale: number;
  /** From these values on, the band is medium, high. */
  readonly thresholds: { readonly medium: number; readonly high: number };
}

/**
 * Where the numbers come from:
 * - Spec (product decisions): half-life 7 days, window 30 days, bands at 40 and 70, which signals rank above which.
 * - Published point tables for B2B lead scoring agree on the order and rough ratio demo request > trial > pricing page ≫ blog
 *   (typically 30 : 25 : 20 : 2). They are practice, not research: taken for the order only.
 * - Dwell halves at 10 s: people decide within 10 s whether a page is for them, and most leave within 20 s
 *   (https://www.nngroup.com/articles/how-long-do-users-stay-on-web-pages/).
 * - All other magnitudes are ours, chosen so that the walks in `score-intent.test.ts` land where a rep would put them, under two rules:
 *   one visit that only looks never gets beyond medium (35 + 12 + 10 + 5 + 3 + 4 = 69 raw, a score of 58), and a demo request alone
 *   is high for two days.
 * They are a starting point until a workspace fits its own on its outcomes.
 */
export const defaultWeights: IntentWeights = {
  goals: {
    purchase: 110,
    demoRequest: 110,
    trialSignup: 95,
    checkout: 70,
    formSubmit: 65,
    subscriptionChange: 35,
    addToCart: 25,
    formStart: 14,
    compare: 12,
    wishlist: 8,
    newsletter: 5,
    supportRequest: -10,
    cancelIntent: -10,
    jobApplication: -25,
  },
  // Looking at pricing is the strongest thing done without asking for anything.
  pricing: { open: 10, dwell: 25, halfMs: 10_000 },
  interest: { open: 4, dwell: 8, halfMs: 10_000 },
  goalPages: [],
  // Half of the points for a minute of activity: the average page visit is a little less than a minute (same source as dwell).
  depth: { active: 10, halfMs: 60_000, pages: 5, halfPages: 2, scroll: 3 },
  relevance: {
    pricing: 1,
    demo: 1,
    trial: 1,
    contact: 1,
    checkout: 1,
    product: 1,
    compare: 1,
    customers: 1,
    shop: 0.8,
    home: 0.6,
    docs: 0.6,
    other: 0.5,
    blog: 0.25,
    account: 0.2,
    support: 0,
    legal: 0.1,
    careers: 0,
  },
  // Four days reach half, so that five short days beat any single visit that only looks around.
  returning: { most: 25, halfDays: 4, windowDays: 30, bounceDay: 0.25, genericDay: 0.5 },
  careersOnly: -15,
  supportOnly: -8,
  repeatFactor: 0.5,
  halfLifeDays: 7,
  scale: 80,
  thresholds: { medium: 40, high: 70 },
};
