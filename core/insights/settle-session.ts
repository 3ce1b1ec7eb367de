/** What a visitor's binding means for one of its sessions. Pure: the same however often it is asked, and in whatever order things came. */
import type { SiteConfig } from '#contract/events.ts';
import type { VisitorDocument } from '../contacts/visitor.ts';
import { heldForOf } from '../sessions/hold-session.ts';
import type { SessionDocument } from '../sessions/session.ts';

export type SettledFields = Pick<
  SessionDocument,
  'contactId' | 'mode' | 'standing' | 'heldFor' | 'joinedAt' | 'withdrawnAt' | 'endedAt' | 'visitorVersion'
>;

/** What a session is read with. */
export type SettlingSession = SettledFields &
  Pick<SessionDocument, '_id' | 'workspaceId' | 'evidence' | 'automated' | 'lastEventAt' | 'lastSeenAt'>;

export function settleSession(session: SettlingSession, visitor: VisitorDocument, now: Date): SettledFields {
  // A batch that was on its way when the consent was taken back.
  if (session.visitorVersion < visitor.withdrawnVersion) {
    return { ...fieldsOf(session), withdrawnAt: visitor.withdrawnAt ?? now, endedAt: session.endedAt ?? session.lastEventAt };
  }
  const whose = { ...whoseIs(session, visitor), visitorVersion: visitor.version };
  const heldFor = heldForOf({ ...session, ...whose });
  const isNew = whose.contactId !== null && heldFor === null && (session.heldFor !== null || session.contactId !== whose.contactId);
  const joinedAt = isNew && session.endedAt !== null ? now : session.joinedAt;
  return { ...fieldsOf(session), ...whose, heldFor, joinedAt };
}

function fieldsOf({ contactId, mode, standing, heldFor, joinedAt, withdrawnAt, endedAt, visitorVersion }: SettlingSession): SettledFields {
  return { contactId, mode, standing, heldFor, joinedAt, withdrawnAt, endedAt, visitorVersion };
}

type Whose = Pick<SessionDocument, 'contactId' | 'mode' | 'standing'>;

function whoseIs(session: SettlingSession, visitor: VisitorDocument): Whose {
  const { contactId, mode, standing } = session;
  const theirs: Whose = { contactId: visitor.contactId, mode: 'contact', standing: visitor.standing };
  const isLeft = contactId !== null && contactId !== visitor.contactId && visitor.unboundFrom.includes(contactId);
  if (visitor.contactId === null) return isLeft ? { contactId: null, mode: 'anonymous', standing } : { contactId, mode, standing };
  if (contactId === visitor.contactId) return theirs;
  // Only who is known for sure takes what the browser did before.
  const isFree = isLeft || (contactId === null ? mode === 'anonymous' : standing !== 'bound');
  if (visitor.standing === 'bound' && isFree) return theirs;
  return isLeft ? { contactId: null, mode: 'anonymous', standing } : { contactId, mode, standing };
}

/** Nothing may be kept of a visitor who is not known, in a site that records known contacts only. */
export function mustGo(session: Pick<SettledFields, 'contactId' | 'mode'>, visitor: VisitorDocument, { modes }: SiteConfig): boolean {
  return visitor.unboundFrom.length > 0 && session.contactId === null && session.mode === 'anonymous' && !modes.anonymousVisitors;
}
