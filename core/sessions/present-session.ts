/** A session as lists, its page and live views show it. */
import type { SessionDetail, SessionRow } from '#contract/api.ts';
import { Contact } from '../contacts/contact.ts';
import { contactName } from '../contacts/new-contact.ts';
import type { Platform } from '../platform.ts';
import { Site, siteName } from '../workspaces/site.ts';
import { describeHeld } from './hold-session.ts';
import { isLive, type SessionDocument } from './session.ts';

/** Reads what is shown with them, once for all. */
export async function presentSessions(
  platform: Platform,
  workspaceId: string,
  sessions: readonly SessionDocument[],
): Promise<(session: SessionDocument) => SessionRow> {
  const [contacts, sites] = await Promise.all([
    Contact.find({ workspaceId, _id: { $in: sessions.flatMap(({ contactId }) => contactId ?? []) } }).lean(),
    Site.find({ workspaceId }).lean(),
  ]);
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
      ...(session.place !== undefined && { place: session.place }),
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

export function marksOf({ summary }: SessionDocument): SessionDetail['marks'] {
  return (summary?.marks ?? []).map(({ at, offsetMs, type, text }) => ({ at: at.toISOString(), offsetMs, type, text }));
}
