/** Sessions of a contact, one session, and the ticket to play its recording. */
import type Router from '@koa/router';
import { z } from 'zod';
import type { SessionDetail, SessionRow } from '#contract/api.ts';
import { Contact } from '../contacts/contact.ts';
import { contactName } from '../contacts/new-contact.ts';
import { findContact } from '../contacts/routes.ts';
import { answerPage, readCursor } from '../http/page.ts';
import type { Platform } from '../platform.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { missing, requireMember } from '../workspaces/require-member.ts';
import { siteName } from '../workspaces/routes.ts';
import { Site } from '../workspaces/site.ts';
import { issueTicket } from './replay-ticket.ts';
import { isLive, Session, type SessionDocument } from './session.ts';

const perPage = 50;
const newestFirst = z.tuple([z.coerce.date(), z.string()]);

export function addSessionRoutes(router: Router, platform: Platform): void {
  router.get('/v1/contacts/:id/sessions', async (ctx) => {
    const { workspaceId, _id: contactId } = await findContact(await requireMember(platform, ctx, 'contacts.read'), ctx.params.id);
    const cursor = readCursor(ctx, newestFirst);
    const after = cursor === null ? {} : { $or: [{ startedAt: { $lt: cursor[0] } }, { startedAt: cursor[0], _id: { $gt: cursor[1] } }] };
    const rows: SessionDocument[] = await Session.find({ workspaceId, contactId, ...after })
      .sort({ startedAt: -1, _id: 1 })
      .limit(perPage + 1)
      .lean();
    const present = await presenter(platform, workspaceId, rows);
    ctx.body = answerPage(rows, perPage, { present, cursor: (row) => [row.startedAt, row._id] });
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
  const contacts = await Contact.find({ workspaceId, _id: { $in: sessions.map((session) => session.contactId) } }).lean();
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
      heldBecause: session.evidence === null ? 'No sign of a person yet: it may be a mail scanner opening the link.' : null,
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
