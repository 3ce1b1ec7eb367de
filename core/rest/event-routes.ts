/** Raw events, while they live: of one session, and of a workspace by time, session by session. */
import type Router from '@koa/router';
import { z } from 'zod';
import { between, eventList, paging } from '#contract/rest.ts';
import { answerPage, readCursor } from '../http/page.ts';
import type { Platform } from '../platform.ts';
import type { EventDocument } from '../sessions/event.ts';
import { readSessionEvents } from '../sessions/event-bucket.ts';
import { findSession } from '../sessions/find-session.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { listIndexOf, type WantedSessions, wantedSessions } from '../sessions/wanted-sessions.ts';
import { eachRow } from '../store/each-row.ts';
import { openApi } from './api.ts';
import { nothing } from './declaration.ts';

/** How far into a session's events, of which no more come before those that were read. */
const place = z.tuple([z.coerce.date(), z.string(), z.number().int().min(0)]);
type Place = z.infer<typeof place>;
const asked = { method: 'get', tag: 'sessions', needs: { scope: 'events:read' }, body: nothing, answer: eventList } as const;
const filters = { site: z.string().max(100).optional().describe('Id of a site'), contact: z.string().max(100).optional() };

export function addEventRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const of = { path: '/v1/sessions/:id/events', name: 'listSessionEvents', summary: "List a session's raw events, oldest first" } as const;
  api.route({ ...asked, ...of, query: z.strictObject(paging) }, async ({ ctx, caller, params, query: { limit } }) => {
    const session = await findSession(caller, params.id);
    const from = readCursor(ctx, place)?.[2] ?? 0;
    const events = await readSessionEvents({ workspaceId: session.workspaceId, sessionId: session._id, now: platform.clock.now() });
    return pageOf(placed(session, events).slice(from, from + limit + 1), limit);
  });

  const all = { path: '/v1/events', name: 'listEvents', summary: 'List raw events by time' } as const;
  const about = 'Of the sessions that began between `from` and `to`: session by session, the oldest first, each in order of time.';
  const query = z.strictObject({ ...paging, ...between, ...filters });
  api.route({ ...asked, ...all, about, query }, async ({ ctx, caller: { workspaceId }, query: { limit, ...wanted } }) => {
    const sessions = await wantedSessions(workspaceId, wanted);
    return pageOf(await readFrom({ sessions, from: readCursor(ctx, place), now: platform.clock.now() }, limit + 1), limit);
  });
}

interface PlacedEvent {
  readonly event: EventDocument;
  /** Where to go on after it. */
  readonly next: Place;
}

function placed({ startedAt, _id }: SessionDocument, events: readonly EventDocument[]): PlacedEvent[] {
  return events.map((event, index) => ({ event, next: [startedAt, _id, index + 1] }));
}

interface Reading {
  readonly sessions: WantedSessions;
  readonly from: Place | null;
  readonly now: Date;
}

/** Sessions whose events have expired are passed over; the index is read in its order. */
async function readFrom({ sessions, from, now }: Reading, wanted: number): Promise<PlacedEvent[]> {
  const cursor = Session.find({ ...sessions, $and: [from === null ? {} : notBefore(from)] })
    .sort({ startedAt: 1, _id: -1 })
    .hint(listIndexOf(sessions))
    .lean()
    .cursor({ batchSize: 20 });
  const found: PlacedEvent[] = [];
  for await (const session of eachRow<SessionDocument>(cursor)) {
    const events = await readSessionEvents({ workspaceId: session.workspaceId, sessionId: session._id, now });
    found.push(...placed(session, events).slice(from?.[1] === session._id ? from[2] : 0));
    if (found.length >= wanted) break;
  }
  return found.slice(0, wanted);
}

function notBefore([startedAt, id]: Place): object {
  return { startedAt: { $gte: startedAt }, $or: [{ startedAt: { $gt: startedAt } }, { startedAt, _id: { $lte: id } }] };
}

function pageOf(rows: readonly PlacedEvent[], limit: number) {
  return answerPage(rows, limit, { present: ({ event }) => presentEvent(event), cursor: ({ next }) => next });
}

function presentEvent({ eid: id, sessionId, type, at, receivedAt, pageId, url, props }: EventDocument) {
  return { id, sessionId, type, at: at.toISOString(), receivedAt: receivedAt.toISOString(), pageId, url, props };
}
