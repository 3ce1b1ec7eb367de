/** Sessions of a contact and of everybody, one session, and the ticket to play its recording. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { SessionDetail, SessionRow } from '#contract/api.ts';
import { Failure } from '#contract/failure.ts';
import { Contact } from '../contacts/contact.ts';
import { contactName } from '../contacts/new-contact.ts';
import { findContact } from '../contacts/routes.ts';
import { answerPage, readCursor } from '../http/page.ts';
import type { Platform } from '../platform.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { missing, requireMember } from '../workspaces/require-member.ts';
import { Site, siteName } from '../workspaces/site.ts';
import { describeHeld } from './hold-session.ts';
import { issueTicket } from './replay-ticket.ts';
import { isLive, Session, type SessionDocument, type SessionMode, sessionListIndex, sessionModes } from './session.ts';

const perPage = 50;
const newestFirst = z.tuple([z.coerce.date(), z.string()]);

export function addSessionRoutes(router: Router, platform: Platform): void {
  router.get('/v1/contacts/:id/sessions', async (ctx) => {
    const { workspaceId, _id: contactId } = await findContact(await requireMember(platform, ctx, 'contacts.read'), ctx.params.id);
    await answerSessions(platform, ctx, { workspaceId, contactId });
  });

  router.get('/v1/sessions', async (ctx) => {
    const { workspaceId } = await requireMember(platform, ctx, 'contacts.read');
    const modes = modesIn(ctx);
    const asked = String(ctx.query.site ?? '');
    const sites = await Site.find({ workspaceId, ...(asked !== '' && { _id: asked }) }, { _id: 1 }).lean();
    // Every part of the index is named, so that a page is read in its order.
    await answerSessions(platform, ctx, { workspaceId, siteId: { $in: sites.map(({ _id }) => _id) }, mode: { $in: modes } });
  });

  router.get('/v1/sessions/:id', async (ctx) => {
    const session = await findSession(await requireMember(platform, ctx, 'contacts.read'), ctx.params.id);
    const present = await presenter(platform, session.workspaceId, [session]);
    const detail: SessionDetail = { ...present(session), insight: session.insight, marks: marksOf(session) };
    ctx.body = detail;
  });

  router.post('/v1/sessions/:id/replay', async (ctx) => {
    const member = await requireMember(platform, ctx, 'replay.watch');
    const session = await findSession(member, ctx.params.id);
    const { playerUrl, expiresAt } = await issueTicket(platform, member, session);
    await noteAccess(platform, member, { action: 'replay.watched', subject: session._id });
    ctx.body = { playerUrl, expiresAt: expiresAt.toISOString() };
  });
}

interface Wanted {
  readonly workspaceId: string;
  readonly contactId?: string;
  readonly siteId?: { readonly $in: string[] };
  readonly mode?: { readonly $in: SessionMode[] };
}

async function answerSessions(platform: Platform, ctx: Context, wanted: Wanted): Promise<void> {
  const cursor = readCursor(ctx, newestFirst);
  const query = Session.find({ ...wanted, ...(cursor !== null && after(cursor)) })
    .sort({ startedAt: -1, _id: 1 })
    .limit(perPage + 1);
  // The planner does not see by itself that many short runs of one index need no sorting.
  if (wanted.siteId !== undefined) query.hint(sessionListIndex);
  const rows: SessionDocument[] = await query.lean();
  const present = await presenter(platform, wanted.workspaceId, rows);
  ctx.body = answerPage(rows, perPage, { present, cursor: (row) => [row.startedAt, row._id] });
}

/** The first part is for the index, which does not see it in the second. */
function after([startedAt, id]: z.infer<typeof newestFirst>): object {
  return { startedAt: { $lte: startedAt }, $or: [{ startedAt: { $lt: startedAt } }, { startedAt, _id: { $gt: id } }] };
}

function modesIn(ctx: Context): SessionMode[] {
  const asked = String(ctx.query.mode ?? '');
  if (asked === '') return [...sessionModes];
  const mode = sessionModes.find((candidate) => candidate === asked);
  if (mode !== undefined) return [mode];
  throw new Failure('invalid', `Give one of ${sessionModes.join(', ')} as mode.`, { code: 'invalid-input' });
}

async function findSession({ workspaceId }: MemberDocument, id: string | undefined): Promise<SessionDocument> {
  const session = await Session.findOne({ workspaceId, _id: id ?? '' }).lean();
  if (session === null) throw missing('session');
  return session;
}

async function presenter(
  platform: Platform,
  workspaceId: string,
  sessions: readonly SessionDocument[],
): Promise<(session: SessionDocument) => SessionRow> {
  const contacts = await Contact.find({ workspaceId, _id: { $in: sessions.flatMap(({ contactId }) => contactId ?? []) } }).lean();
  const sites = await Site.find({ workspaceId }).lean();
  const now = platform.clock.now();
  return (session) => {
    const contact = contacts.find((candidate) => candidate._id === session.contactId);
    const site = sites.find((candidate) => candidate._id === session.siteId);
    return {
      id: session._id,
      contactId: session.contactId,
      contactName: contact === undefined ? '' : contactName(contact),
      siteName: site === undefined ? '' : siteName(site),
      startedAt: session.startedAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      endedAt: session.endedAt?.toISOString() ?? null,
      live: isLive(session, now),
      activeMs: session.summary?.activeMs ?? 0,
      pages: pagesOf(session),
      device: session.device,
      browser: session.browser,
      os: session.os,
      channel: session.channel,
      mode: session.mode,
      heldBecause: describeHeld(session.heldFor),
      held: session.heldFor,
      visitorId: session.visitorId,
      hasRecording: session.hasRecording,
      intent: session.insight?.label ?? null,
    };
  };
}

function pagesOf({ summary }: SessionDocument): SessionRow['pages'] {
  return (summary?.pages ?? []).map(({ pageId, title, path, at, offsetMs, activeMs, scrollDepth }) => ({
    pageId,
    title,
    path,
    at: at.toISOString(),
    offsetMs,
    activeMs,
    scrollDepth,
  }));
}

function marksOf({ summary }: SessionDocument): SessionDetail['marks'] {
  return (summary?.marks ?? []).map(({ at, offsetMs, type, text }) => ({ at: at.toISOString(), offsetMs, type, text }));
}
