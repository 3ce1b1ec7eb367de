/** From our rows to what a vendor is given. */
import type { AlertSnapshot, ContactSnapshot, PageLine, SessionSnapshot } from '#contract/snapshot.ts';
import type { ContactDocument } from '../contacts/contact.ts';
import { contactName } from '../contacts/new-contact.ts';
import type { CoreConfig } from '../platform.ts';
import { isLive, type SessionDocument } from '../sessions/session.ts';
import type { AlertDocument } from './alert.ts';

const mostReasons = 8;
const mostPages = 20;

/** Permanent, needs a login: the moment is in seconds from the session's start. */
function replayUrl(config: CoreConfig, sessionId: string, offsetMs = 0): string {
  const seconds = Math.floor(offsetMs / 1000);
  return `${config.publicUrl}/r/${sessionId}${seconds > 0 ? `?t=${seconds}` : ''}`;
}

export function contactSnapshot(config: CoreConfig, contact: ContactDocument, recordId: string): ContactSnapshot {
  const { value, band, reasons } = contact.intent;
  return {
    contactId: contact._id,
    recordId,
    score: value,
    band,
    trend: contact.trend,
    reasons: reasons.slice(0, mostReasons).map(reasonLine).join('\n'),
    lastSeenAt: contact.lastSeenAt?.toISOString() ?? null,
    sessions30d: contact.sessions30d,
    insight: contact.insight?.summary ?? '',
    nextStep: contact.insight?.nextStep ?? '',
    replayUrl: contact.lastSessionId === null ? '' : replayUrl(config, contact.lastSessionId),
    linkToken: contact.linkToken,
  };
}

function reasonLine({ points, text }: { readonly points: number; readonly text: string }): string {
  return `${points > 0 ? '+' : ''}${points} ${text}`;
}

interface Entry {
  readonly session: SessionDocument;
  readonly contact: ContactDocument;
  readonly recordId: string;
  readonly entryId: string | null;
  readonly mayExist: boolean;
}

export function sessionSnapshot(config: CoreConfig, { session, contact, ...entry }: Entry): SessionSnapshot {
  return {
    ...entry,
    sessionId: session._id,
    startedAt: session.startedAt.toISOString(),
    endedAt: session.endedAt?.toISOString() ?? null,
    activeMs: session.summary?.activeMs ?? 0,
    pages: pageLines(session),
    score: contact.intent.value,
    band: contact.intent.band,
    intent: session.insight?.label ?? 'unclear',
    summary: session.insight?.summary ?? '',
    replayUrl: replayUrl(config, session._id),
  };
}

interface AlertParts {
  readonly alert: AlertDocument;
  readonly session: SessionDocument;
  readonly contact: ContactDocument;
  /** The CRM that the contact came from, by name. */
  readonly crmTitle: string | null;
  readonly now: Date;
}

export function alertSnapshot(config: CoreConfig, { alert, session, contact, crmTitle, now }: AlertParts): AlertSnapshot {
  const [record] = contact.crm;
  return {
    sessionId: session._id,
    contactName: contactName(contact),
    company: contact.company,
    email: contact.email ?? '',
    score: contact.intent.value,
    band: contact.intent.band,
    signal: alert.signal,
    reasons: contact.intent.reasons.slice(0, 3).map(reasonLine),
    pages: pageLines(session),
    live: isLive(session, now),
    startedAt: session.startedAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    insight: session.endedAt === null ? null : session.insight,
    replayUrl: replayUrl(config, session._id),
    contactUrl: `${config.publicUrl}/contacts/${contact._id}`,
    crm: record === undefined || crmTitle === null ? null : { title: crmTitle, url: record.url },
    claimedBy: alert.claimedBy,
    snoozedUntil: alert.snoozedUntil?.toISOString() ?? null,
    notUseful: alert.notUseful,
  };
}

function pageLines(session: SessionDocument): PageLine[] {
  const pages = session.summary?.pages ?? [];
  return pages.slice(-mostPages).map(({ title, path, activeMs }) => ({ title, path, activeMs }));
}
