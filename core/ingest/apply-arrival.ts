/**
 * What a batch tells of its session. Every part of it gives the same result in any order: batches of several tabs, and retries, overtake
 * each other. Pure.
 */
import { heldForOf } from '../sessions/hold-session.ts';
import type { SessionDocument } from '../sessions/session.ts';
import type { Arrival } from './arrival.ts';
import { channelOfLink } from './enrich.ts';

/** When the visitor took the consent back, and from which version on; nothing of it: never. */
export interface Withdrawn {
  readonly withdrawnVersion: number;
  readonly withdrawnAt: Date | null;
}

/** @param before null when the session is new. */
export function applyArrival(before: SessionDocument | null, arrival: Arrival, withdrawn: Withdrawn): SessionDocument {
  const { context: _context, channel: _channel, ...facts } = arrival.body.session;
  const after = {
    ...(before === null ? { ...facts, ...newborn(arrival) } : { ...facts, ...before }),
    ...times(before, arrival, withdrawn),
    ...evidence(before, arrival),
    ...pickWhose(whose(before, arrival)),
    ...origin(before, arrival),
  };
  return { ...after, heldFor: heldForOf(after) };
}

function newborn({ workspaceId, sessionId, siteId, visitorId }: Arrival) {
  return { _id: sessionId, workspaceId, siteId, visitorId, joinedAt: null, summary: null, insight: null };
}

/** A visitor who comes back within the session's time opens it again; one who took the consent back does not. */
function times(before: SessionDocument | null, { receivedAt, body }: Arrival, { withdrawnVersion, withdrawnAt }: Withdrawn) {
  const [first, last] = [new Date(body.firstMs), new Date(body.lastMs)];
  const lastEventAt = later(before?.lastEventAt, last);
  // On its way when the consent was taken back: it was given by consent, and opens nothing again.
  const isLate = body.visitorVersion < withdrawnVersion;
  const overAt = before?.withdrawnAt ?? (isLate ? (withdrawnAt ?? receivedAt) : null);
  return {
    startedAt: before === null || first < before.startedAt ? first : before.startedAt,
    lastEventAt,
    lastSeenAt: later(before?.lastSeenAt, receivedAt),
    withdrawnAt: overAt,
    endedAt: overAt === null ? null : (before?.endedAt ?? lastEventAt),
    hasRecording: before?.hasRecording === true || body.chunkIds.length > 0,
  };
}

function later(before: Date | undefined, now: Date): Date {
  return before !== undefined && before > now ? before : now;
}

/** Any word for it will do; the greatest stays, and `dwell`, which says least, is the least of the words. */
function evidence(before: SessionDocument | null, { body }: Arrival) {
  return { evidence: greater(before?.evidence ?? null, body.evidence), automated: before?.automated === true || body.automated };
}

function greater<Word extends string>(one: Word | null, other: Word | null): Word | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

type Whose = Pick<SessionDocument, 'contactId' | 'standing' | 'mode' | 'visitorVersion'>;

function pickWhose({ contactId, standing, mode, visitorVersion }: Whose): Whose {
  return { contactId, standing, mode, visitorVersion };
}

/** The newest state of the visitor counts; of one state, who knows the contact. */
function whose(before: SessionDocument | null, { contactId, mode, body: { visitorVersion, standing } }: Arrival): Whose {
  if (before === null) return { contactId, standing, mode: modeOf(contactId, mode), visitorVersion };
  if (visitorVersion < before.visitorVersion) return before;
  const known = visitorVersion > before.visitorVersion ? contactId : (contactId ?? before.contactId);
  return { contactId: known, standing, mode: modeOf(known, mode), visitorVersion };
}

function modeOf(contactId: string | null, mode: SessionDocument['mode']): SessionDocument['mode'] {
  return contactId === null ? mode : 'contact';
}

/** The batch that tells where the visitor came from may not be the first to arrive. */
function origin(before: SessionDocument | null, { body }: Arrival) {
  const isTold = before !== null && Object.keys(before.context).length > 0;
  const { context, channel } = isTold ? before : body.session;
  const cameBy = greater(before?.cameBy ?? null, body.cameBy);
  return { context, cameBy, channel: channel === 'direct' && cameBy !== null ? channelOfLink[cameBy] : channel };
}
