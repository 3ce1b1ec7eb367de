/** Sessions of a contact and of everybody, one session, and the ticket to play its recording. */
import type Router from '@koa/router';
import { z } from 'zod';
import { replayTicket, sessionDetail, sessionList } from '#contract/api.ts';
import { between, paging } from '#contract/rest.ts';
import { findContact } from '../contacts/find-contact.ts';
import { answerPage, readCursor } from '../http/page.ts';
import type { Platform } from '../platform.ts';
import { type Api, openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { newestRuns, readRuns } from '../store/read-runs.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import { findSession } from './find-session.ts';
import { marksOf, presentSessions } from './present-session.ts';
import { issueTicket } from './replay-ticket.ts';
import { Session, type SessionDocument, sessionModes } from './session.ts';
import { listIndexOf, type WantedSessions, wantedSessions } from './wanted-sessions.ts';

const newestFirst = z.tuple([z.coerce.date(), z.string()]);
const reads = { method: 'get', tag: 'sessions', needs: { scope: 'sessions:read' }, body: nothing } as const;
const query = z.strictObject({
  ...paging,
  ...between,
  site: z.string().max(100).optional().describe('Id of a site'),
  contact: z.string().max(100).optional().describe('Id of a contact'),
  mode: z.enum(sessionModes, `Give one of ${sessionModes.join(', ')}`).optional(),
  minScore: z.coerce
    .number('Give a number from 0 to 100')
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe('Of contacts with at least this score'),
});

export function addSessionRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const ofContact = { path: '/v1/contacts/:id/sessions', name: 'listContactSessions', summary: "List a contact's sessions" } as const;
  const paged = z.strictObject(paging);
  api.route({ ...reads, ...ofContact, query: paged, answer: sessionList }, async ({ ctx, caller, params, query: { limit } }) => {
    const { workspaceId, _id: contactId } = await findContact(caller, params.id);
    return pageOfSessions(platform, { workspaceId, contactId }, { limit, cursor: readCursor(ctx, newestFirst) });
  });

  const list = { path: '/v1/sessions', name: 'listSessions', summary: 'List sessions, newest first' } as const;
  api.route({ ...reads, ...list, query, answer: sessionList }, async ({ ctx, caller: { workspaceId }, query: asked }) => {
    const wanted = await wantedSessions(workspaceId, asked);
    return pageOfSessions(platform, wanted, { limit: asked.limit, cursor: readCursor(ctx, newestFirst) });
  });

  const read = { path: '/v1/sessions/:id', name: 'readSession', summary: 'Read a session' } as const;
  api.route({ ...reads, ...read, query: noQuery, answer: sessionDetail }, async ({ caller, params }) => {
    const session = await findSession(caller, params.id);
    const present = await presentSessions(platform, session.workspaceId, [session]);
    return { ...present(session), insight: session.insight, marks: marksOf(session) };
  });
  addReplayRoute(api, platform);
}

function addReplayRoute(api: Api, platform: Platform): void {
  const replay = { path: '/v1/sessions/:id/replay', name: 'askForReplay', summary: 'Ask for the address of the player' } as const;
  const asked = { method: 'post', tag: 'browser', needs: { permission: 'replay.watch' }, query: noQuery, body: nothing } as const;
  api.memberRoute({ ...asked, ...replay, answer: replayTicket }, async ({ caller, params }) => {
    const session = await findSession(caller, params.id);
    const { playerUrl, expiresAt } = await issueTicket(platform, caller, session);
    await noteAccess(platform, caller, { action: 'replay.watched', subject: session._id });
    return { playerUrl, expiresAt: expiresAt.toISOString() };
  });
}

interface Page {
  readonly limit: number;
  readonly cursor: z.infer<typeof newestFirst> | null;
}

async function pageOfSessions(platform: Platform, wanted: WantedSessions, { limit, cursor }: Page) {
  const rows = await readRuns(newestRuns('startedAt', cursor), limit + 1, (run, most) => {
    const query = Session.find({ ...wanted, $and: [run] })
      // Of sessions that began at one moment, over several modes.
      .sort('_id' in run ? { _id: 1 } : { startedAt: -1, _id: 1 })
      .limit(most);
    if (wanted.mode !== undefined) query.hint(listIndexOf(wanted));
    return query.lean<SessionDocument[]>();
  });
  const present = await presentSessions(platform, wanted.workspaceId, rows);
  return answerPage(rows, limit, { present, cursor: (row) => [row.startedAt, row._id] });
}
