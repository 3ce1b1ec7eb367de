/** What a CRM or a chat is given: plain values, complete and ready to show, with nothing else of the workspace in them. */
import { z } from 'zod';

export const bands = ['low', 'medium', 'high'] as const;
export const band = z.enum(bands);
export type Band = z.infer<typeof band>;

export const intentLabels = ['evaluating', 'comparing', 'buying', 'supporting', 'researching', 'job-seeking', 'unclear'] as const;
export const intentLabel = z.enum(intentLabels);
export type IntentLabel = z.infer<typeof intentLabel>;

/** One contribution to the score. The points of all reasons add up exactly to the score. */
export const scoreReason = z.object({
  points: z.number().int(),
  /** A short sentence a rep understands: "Looked at pricing for 2 min". */
  text: z.string(),
  at: z.iso.datetime(),
  /** Where it can be watched: the session, and the offset into its replay. */
  sessionId: z.string().nullable(),
  offsetMs: z.number().int().nullable(),
});
export type ScoreReason = z.infer<typeof scoreReason>;

export const intentScore = z.object({ value: z.number().int().min(0).max(100), band, reasons: z.array(scoreReason) });
export type IntentScore = z.infer<typeof intentScore>;

export const insight = z.object({
  label: intentLabel,
  /** 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** At most 60 words. */
  summary: z.string(),
  nextStep: z.string(),
  /** Cited moments: offset into the replay of `sessionId`. */
  moments: z.array(z.object({ sessionId: z.string(), offsetMs: z.number().int(), text: z.string() })).max(5),
  madeBy: z.enum(['rules', 'model']),
});
export type Insight = z.infer<typeof insight>;

/** The newest state of one contact, for its CRM record. Sent coalesced: only the newest matters. */
export interface ContactSnapshot {
  readonly contactId: string;
  /** The vendor's id of the record. */
  readonly recordId: string;
  readonly score: number;
  readonly band: Band;
  readonly trend: 'rising' | 'steady' | 'falling';
  /** Short text, one reason a line, strongest first. */
  readonly reasons: string;
  readonly lastSeenAt: string | null;
  readonly sessions30d: number;
  readonly insight: string;
  readonly nextStep: string;
  /** Permanent address (needs a login): `CORE/r/SESSION?t=SECONDS`. Empty when there is none. */
  readonly replayUrl: string;
  readonly linkToken: string;
}

export interface PageLine {
  readonly title: string;
  /** Scrubbed path, for example `/pricing`. */
  readonly path: string;
  readonly activeMs: number;
}

/** One session, for a timeline entry. Created once when the session qualifies, edited at its end. */
export interface SessionSnapshot {
  readonly sessionId: string;
  readonly recordId: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly activeMs: number;
  readonly pages: readonly PageLine[];
  readonly score: number;
  readonly band: Band;
  readonly intent: IntentLabel;
  readonly summary: string;
  readonly replayUrl: string;
  /** The vendor's id of the entry made before, or null when none is known. */
  readonly entryId: string | null;
  /** An earlier try may have reached the vendor without our knowing: look for the entry before making one. */
  readonly mayExist: boolean;
}

/** One alert, for a chat channel. Posted once, then edited as the visit goes on. */
export interface AlertSnapshot {
  readonly sessionId: string;
  readonly contactName: string;
  readonly company: string;
  readonly email: string;
  readonly score: number;
  readonly band: Band;
  /** Why now: "returned", or what was done. */
  readonly signal: string;
  /** Top reasons, strongest first. */
  readonly reasons: readonly string[];
  readonly pages: readonly PageLine[];
  readonly live: boolean;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  /** Present once the session ended. */
  readonly insight: Insight | null;
  readonly replayUrl: string;
  readonly contactUrl: string;
  /** The CRM's record, when there is one. */
  readonly crm: { readonly title: string; readonly url: string } | null;
  readonly claimedBy: string | null;
  readonly snoozedUntil: string | null;
  readonly notUseful: boolean;
}
