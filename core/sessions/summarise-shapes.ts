/** What a session's raw events are, and what is left of them: plain values, safe to store beside the session. */
import type { EventType } from '#contract/events.ts';
import type { PageKind } from './summarise-page-kind.ts';

/** One event as ingest stored it. `props` was validated on the way in; it is read leniently all the same. */
export interface StoredEvent {
  /** Made by the browser: the same event may arrive twice, with the same `eid`. */
  readonly eid: string;
  readonly type: EventType;
  /** Skew-corrected. */
  readonly at: Date;
  readonly pageId: string;
  /** Scrubbed address of the page. */
  readonly url: string;
  readonly props: Readonly<Record<string, unknown>>;
}

export interface SessionTimes {
  readonly startedAt: Date;
  readonly lastEventAt: Date;
  /** Null while the visit goes on. */
  readonly endedAt: Date | null;
}

export interface PageSummary {
  readonly pageId: string;
  /** Plain text of at most 80 characters; the path when the page had no title. */
  readonly title: string;
  /** Scrubbed path, with the hash when it is a route: `/app#/pricing`. */
  readonly path: string;
  readonly kind: PageKind;
  readonly at: Date;
  /** Milliseconds since the session's start. */
  readonly offsetMs: number;
  readonly activeMs: number;
  /** Percent seen, 0 to 100; null while nothing is known. */
  readonly scrollDepth: number | null;
}

export const goalKinds = [
  'purchase',
  'demoRequest',
  'trialSignup',
  'checkout',
  'formSubmit',
  'pricing',
  'compare',
  'addToCart',
  'wishlist',
  'subscriptionChange',
  'formStart',
  'newsletter',
  'supportRequest',
  'jobApplication',
  'cancelIntent',
] as const;
export type GoalKind = (typeof goalKinds)[number];

/** Something done that says what the visitor wants. */
export interface Goal {
  readonly kind: GoalKind;
  readonly at: Date;
  readonly offsetMs: number;
  /** A short sentence without its subject: "Spent 2 min on pricing". */
  readonly text: string;
  /** Milliseconds of activity on the page (pricing: on all pricing pages of the session). */
  readonly dwellMs: number;
}

export type MarkType = 'goal' | 'form' | 'search' | 'product' | 'cart' | 'rageClick' | 'error' | 'custom';

/** A point of interest on the replay's timeline. */
export interface Mark {
  readonly at: Date;
  readonly offsetMs: number;
  readonly type: MarkType;
  readonly text: string;
}

export interface SessionSummary {
  /** In the order they were opened; at most 500. */
  readonly pages: readonly PageSummary[];
  readonly activeMs: number;
  /** One page, under 10 s of activity, and nothing done. */
  readonly bounced: boolean;
  /** In the order they happened. */
  readonly goals: readonly Goal[];
  /** In the order they happened; at most 200. */
  readonly marks: readonly Mark[];
  /** What was searched for on the site, each once; at most 20. */
  readonly searches: readonly string[];
  /** Each kind once, in the order they were first seen. */
  readonly pageKinds: readonly PageKind[];
}
