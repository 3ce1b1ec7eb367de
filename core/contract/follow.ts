/**
 * `GET /recording/live` on the player's origin (`Authorization: Bearer` ticket): a recording while it is made, by server-sent events. All
 * there is comes first, then `caughtUp`, then each new piece.
 */
import * as z from 'zod';

/** Event name → its data. */
export const followNews = {
  /** One piece of one tab, in order: `seq` grows. */
  chunk: z.object({ tab: z.string(), seq: z.number().int(), events: z.array(z.unknown()) }),
  caughtUp: z.object({}),
  /** Pages and points of interest so far. `startedAt` is the first recorded event's moment, from which `offsetMs` counts. */
  moments: z.object({
    marks: z.array(z.object({ offsetMs: z.number(), type: z.string(), text: z.string() })),
    pages: z.array(z.object({ offsetMs: z.number(), title: z.string(), path: z.string() })),
  }),
  /** Whether the visitor is there. When not, the stream ends: what came is the whole recording. */
  presence: z.object({ live: z.boolean() }),
  /** A new ticket, for the next connection: the first one lives two minutes. */
  ticket: z.object({ token: z.string() }),
} as const;
export type FollowNewsName = keyof typeof followNews;
