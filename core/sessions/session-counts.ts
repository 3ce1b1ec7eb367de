/** What of a session stays countable without its raw events: written by the fold, and what the site's days hold of it. */

export interface ToldOrder {
  /** Minor units. */
  readonly minor: number;
  /** ISO 4217; null where the page named none. */
  readonly currency: string | null;
}

/** Counted while events are folded, so each event once. */
export interface ToldEvents {
  /** Event type → how many. */
  readonly events?: Readonly<Record<string, number>>;
  /** Digest of the order's number → the order. */
  readonly orders?: Readonly<Record<string, ToldOrder>>;
}

export interface CountedPage {
  readonly path: string;
  readonly views: number;
  readonly activeMs: number;
}

/** What one session adds to its site's day and to its contact: kept beside the session, so that exactly this can be taken back. */
export interface SessionCount {
  /** UTC, of the session's start: `2026-11-22`. */
  readonly day: string;
  readonly contactId: string | null;
  readonly activeMs: number;
  readonly bounced: boolean;
  readonly channel: string;
  readonly device: string;
  readonly browser: string;
  readonly country: string;
  /** Path where it began; empty when no page is known. */
  readonly entry: string;
  readonly pages: readonly CountedPage[];
  readonly events: Readonly<Record<string, number>>;
  /** Digests of the orders that this session was the first to tell. */
  readonly orders: readonly string[];
  /** Currency → minor units, of these orders. */
  readonly revenue: Readonly<Record<string, number>>;
}
