/**
 * What a viewer of the live view is told, by server-sent events. `GET /v1/live` tells of a workspace, `GET /v1/sessions/:id/live` of one
 * session; asked without `Accept: text/event-stream`, both answer their state once, as JSON.
 */
import { z } from 'zod';
import { sessionRow } from './api.ts';

/** Something the visitor did, as it came in. */
export const liveEvent = z.object({
  /** The browser's `eid`: what comes twice has one. */
  id: z.string(),
  sessionId: z.string(),
  contactId: z.string().nullable(),
  type: z.string(),
  at: z.iso.datetime(),
  pageId: z.string(),
  /** Path and title of the page. The title is told with `page_view` alone. */
  path: z.string(),
  title: z.string(),
  /** In words; empty where the type says it all. */
  text: z.string(),
});
export type LiveEvent = z.infer<typeof liveEvent>;

/** Where things stand. `now` is the server's clock. */
export const liveState = z.object({ now: z.iso.datetime(), sessions: z.array(sessionRow) });
export type LiveState = z.infer<typeof liveState>;

/** Event name → its data. */
export const liveNews = {
  /** First, and after each `reset`: the sessions that are live now, the newest first; of a session's stream, that session. */
  state: liveState,
  /** A session began, went on, ended, or is judged anew. */
  session: sessionRow,
  /** In the order in which they came in. */
  events: z.array(liveEvent),
  /** New pieces of the recording are there. */
  recording: z.object({ sessionId: z.string(), chunks: z.number().int() }),
  /** The session was erased. */
  gone: z.object({ id: z.string() }),
  /** News was lost on the way: what is shown must be read again. `state` follows. */
  reset: z.object({}),
} as const;
export type LiveNewsName = keyof typeof liveNews;
