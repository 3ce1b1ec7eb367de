/**
 * What the snippet sends to `POST /v1/ingest?key=SITE_KEY`: one batch of events and recording chunks of one session.
 * Every moment is milliseconds since the epoch on the browser's clock; the server corrects skew by `sentAt`.
 */
import { z } from 'zod';

const moment = z.number().int().min(0).max(8_640_000_000_000_000);
const id = z.uuid();
const shortText = z.string().max(300);
const scrubbedUrl = z.string().max(2048);
const count = z.number().int().min(0).max(1_000_000);
const durationMs = z.number().int().min(0).max(86_400_000);
const clicks = z.partialRecord(z.enum(['cta', 'navigation', 'product', 'addToCart', 'other']), count);
const money = {
  /** Minor units (cents). */
  valueMinor: z.number().int().optional(),
  /** ISO 4217. */
  currency: z.string().length(3).optional(),
};
const product = {
  productId: shortText.optional(),
  productName: shortText.optional(),
  ...money,
};

/** Event type → the shape of its `props`. The catalogue of the product; a site's own events use `custom`. */
export const eventProps = {
  page_view: z.object({ title: shortText, referrer: scrubbedUrl.optional() }),
  engagement: z.object({
    /** Percent of the page seen, 0 to 100. */
    scrollDepth: z.number().min(0).max(100),
    activeMs: durationMs,
    clicks: clicks.optional(),
    rageClicks: z
      .array(z.object({ selector: shortText, count }))
      .max(20)
      .optional(),
    /** Section id → milliseconds visible. */
    sections: z.record(z.string().max(100), durationMs).optional(),
  }),
  product_view: z.object(product),
  variant_select: z.object(product),
  add_to_cart: z.object(product),
  add_to_wishlist: z.object(product),
  product_compare: z.object(product),
  upsell_click: z.object(product),
  begin_checkout: z.object(money),
  checkout_view: z.object({ step: shortText.optional(), ...money }),
  checkout_form_complete: z.object({ formId: shortText.optional() }),
  purchase: z.object({ orderId: shortText.optional(), ...money }),
  search_query: z.object({ query: z.string().max(100), results: count.optional() }),
  form_start: z.object({ formId: shortText }),
  form_abandon: z.object({ formId: shortText, lastField: shortText.optional(), durationMs: durationMs.optional() }),
  form_submit: z.object({
    formId: shortText,
    /** Field names and types, never a value. */
    fields: z
      .array(z.object({ name: shortText, type: z.string().max(40) }))
      .max(100)
      .optional(),
    durationMs: durationMs.optional(),
    lastField: shortText.optional(),
  }),
  /** The totals of the session so far, over its tabs; the newest counts. `errors` and `lastErrors` are those not told before. */
  session_end: z.object({
    pages: count,
    durationMs,
    activeMs: durationMs,
    /** Mean of the pages' greatest depth, percent. */
    meanScroll: z.number().min(0).max(100).optional(),
    clicks: clicks.optional(),
    forms: z.object({ started: count, completed: count, abandoned: count }).optional(),
    searches: count.optional(),
    errors: count.optional(),
    /** Messages of the page's own last errors, scrubbed. */
    lastErrors: z.array(shortText).max(3).optional(),
  }),
  trial_signup: z.object({ plan: shortText.optional() }),
  pricing_engage: z.object({
    /** Plan name → milliseconds its column was looked at. */
    plans: z.record(z.string().max(100), durationMs),
  }),
  demo_request: z.object({ formId: shortText.optional() }),
  cancel_intent: z.object({}),
  cancel_confirmed: z.object({}),
  cancel_saved: z.object({}),
  subscription_change: z.object({ from: shortText.optional(), to: shortText.optional() }),
  identify: z.object({}),
  custom: z.object({
    name: z.string().min(1).max(100),
    props: z.record(z.string().max(100), z.union([shortText, z.number(), z.boolean()])).optional(),
  }),
} as const;

export type EventType = keyof typeof eventProps;
export type EventProps = { [Type in EventType]: z.infer<(typeof eventProps)[Type]> };
export const eventTypes = Object.keys(eventProps).filter((key): key is EventType => key in eventProps);

/** Common to all events. `props` is checked against `eventProps[type]`, so that one bad event does not lose its batch. */
export const sentEvent = z.object({
  /** Made by the browser; with the session it is the key that makes a retry harmless. */
  eid: id,
  type: z.string().max(40),
  at: moment,
  /** The pageview this belongs to. */
  pageId: id,
  /** Scrubbed address of the page, without the `ll` token. */
  url: scrubbedUrl,
  props: z.record(z.string(), z.unknown()),
});
export type SentEvent = z.infer<typeof sentEvent>;

/** A piece of the masked rrweb stream of one tab. Numbered from 0 without gaps: `seq` makes a retry harmless. */
export const sentChunk = z.object({
  seq: z.number().int().min(0).max(1_000_000),
  /** rrweb events: `{ type, data, timestamp }`, already masked. */
  events: z
    .array(z.object({ type: z.number().int().min(0).max(6), timestamp: z.number(), data: z.unknown() }))
    .min(1)
    .max(5000),
});
export type SentChunk = z.infer<typeof sentChunk>;

/** First-party context, read once at the start of the session. */
export const sessionContext = z.object({
  referrerHost: shortText.optional(),
  utm: z.partialRecord(z.enum(['source', 'medium', 'campaign', 'term', 'content']), shortText).optional(),
  /** Which click ids were present (their names only): `gclid`, `fbclid`, … */
  clickIds: z.array(z.string().max(20)).max(20).optional(),
  screen: z.tuple([count, count]).optional(),
  viewport: z.tuple([count, count]).optional(),
  language: z.string().max(35).optional(),
  timeZone: z.string().max(64).optional(),
  siteType: z.enum(['ecom', 'saas', 'unknown']).optional(),
  /** Network Information API: `4g`, `3g`, … */
  connection: z.string().max(20).optional(),
  /** The browser says that a program drives it (WebDriver): then time alone is no evidence of a person. */
  automated: z.boolean().optional(),
});
export type SessionContext = z.infer<typeof sessionContext>;

/** How a visitor says who they are. At least one of the three is needed for a visitor that the server does not know yet. */
export const sentIdentity = z.object({
  /** The opaque token of a tracked link or merge-tag link (query parameter `ll`). */
  token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,64}$/)
    .optional(),
  /** From `leadlight.identify(idOrEmail, traits)`. */
  email: z.email().max(254).optional(),
  externalId: z.string().min(1).max(200).optional(),
  traits: z.record(z.string().max(100), z.union([shortText, z.number(), z.boolean()])).optional(),
});
export type SentIdentity = z.infer<typeof sentIdentity>;

/**
 * A stylesheet of the page, scrubbed, by the SHA-256 of its text. In a recording it stands as `_cssText: 'll-css:HASH'`. First its hash alone
 * is told; its text is sent when the answer wants it, once per site whoever visits.
 */
export const sentSheet = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), css: z.string().max(2_000_000).optional() });
export type SentSheet = z.infer<typeof sentSheet>;

/** Something in the snippet threw. Sampled, at most one a page; never text of the page. */
export const snippetFault = z.object({ where: z.string().max(100), message: z.string().max(300) });
export type SnippetFault = z.infer<typeof snippetFault>;

export const ingestEnvelope = z.object({
  v: z.literal(1),
  /** Visitor id: the `_ll_vid` cookie. */
  vid: id,
  /** Session id, made by the browser. */
  sid: id,
  /** Tab id: chunk numbers count within it. */
  tab: id,
  /** The browser's clock when the batch left. */
  sentAt: moment,
  /** What proves that a person is here, once there is proof: the mail-scanner gate. */
  evidence: z.enum(['pointer', 'scroll', 'key', 'touch', 'dwell']).optional(),
  identity: sentIdentity.optional(),
  context: sessionContext.optional(),
  events: z.array(z.unknown()).max(2000),
  chunks: z.array(sentChunk).max(50).optional(),
  sheets: z.array(sentSheet).max(200).optional(),
  faults: z.array(snippetFault).max(3).optional(),
  /** The visitor took the consent back: this is the last that is heard of this visitor id. */
  withdrawn: z.literal(true).optional(),
});
export type IngestEnvelope = z.infer<typeof ingestEnvelope>;

/**
 * The 202 answer. `known: false` means that the server keeps nothing of this visitor: the snippet stops, and erases what it stored.
 * Answered only after a majority-committed, journaled write.
 */
export const ingestAnswer = z.object({
  known: z.boolean(),
  /** Whether to record: the recorder is loaded only when true. */
  record: z.boolean(),
  accepted: count,
  /** Events set aside, with the reason. */
  refused: z.array(z.object({ eid: z.string().optional(), reason: z.string() })),
  /** Hashes of stylesheets whose text the server does not have yet. */
  wanted: z.array(z.string()).optional(),
});
export type IngestAnswer = z.infer<typeof ingestAnswer>;

/** `GET /v1/sites/SITE_KEY/config`: public, cached five minutes, the same for every visitor. */
export const siteConfig = z.object({
  modes: z.object({ knownContacts: z.boolean(), anonymousVisitors: z.boolean(), siteAnalytics: z.boolean() }),
  consent: z.enum(['never', 'european', 'always']),
  masking: z.object({ text: z.enum(['visible', 'masked']) }),
  /** Query keys the site allows in stored addresses, beside `utm_*`. */
  queryKeys: z.array(z.string().max(100)).max(100),
  /** Milliseconds of a visible page that count as evidence of a person where no program drives the browser; 0: only input counts. */
  dwellMs: durationMs,
});
export type SiteConfig = z.infer<typeof siteConfig>;
