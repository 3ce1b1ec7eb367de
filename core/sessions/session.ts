/** One visit, as one row: what lists and the contact's page read. */
import { Schema } from 'mongoose';
import type { Place } from '#contract/connector.ts';
import type { SessionContext } from '#contract/events.ts';
import type { Insight } from '#contract/snapshot.ts';
import type { Standing } from '../contacts/visitor.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import type { HeldReason } from './hold-session.ts';
import type { SessionCount, ToldEvents } from './session-counts.ts';
import type { SessionSummary } from './summarise-shapes.ts';

/** Whose visit it is: a contact's; a visitor's who is not known; or one of which only events are kept. */
export const sessionModes = ['contact', 'anonymous', 'analytics'] as const;
export type SessionMode = (typeof sessionModes)[number];

export interface SessionDocument extends Owned {
  siteId: string;
  visitorId: string;
  /** Null while nobody knows who it is. */
  contactId: string | null;
  mode: SessionMode;
  /** The newest version of the visitor that wrote here: an older one changes neither contact, mode nor standing. */
  visitorVersion: number;
  /** How sure it is that the visitor is the contact. */
  standing: Standing;
  startedAt: Date;
  /** Last event of the visitor, on the corrected clock. */
  lastEventAt: Date;
  /** Last time we heard from the browser. */
  lastSeenAt: Date;
  endedAt: Date | null;
  /** When the visitor took the consent back. */
  withdrawnAt: Date | null;
  /** When it joined the contact, or began to count, after it was over: then it alerts nobody. */
  joinedAt: Date | null;
  /** What proved that a person is there. */
  evidence: string | null;
  /** A program drives the browser. */
  automated: boolean;
  /** Why it does not count (yet): made from the fields above, see `heldForOf`. */
  heldFor: HeldReason | null;
  context: SessionContext;
  device: string;
  browser: string;
  os: string;
  channel: string;
  /** Where the visitor was at first, as far as the site keeps it. Missing: not kept, or not known. */
  place?: Place;
  /** The link that brought the visitor: its kind is the channel where nothing else tells one. */
  cameBy: 'mergeTag' | 'tracked' | null;
  /** Made again from the events while they come; final when the session ends. */
  summary: SessionSummary | null;
  insight: Insight | null;
  hasRecording: boolean;
  /** Where its next raw events go: see `event-bucket.ts`. Missing: nowhere yet. */
  stored?: StoredEvents;
  /** What the fold counted of its events. */
  told?: ToldEvents;
  /** What the site's days hold of it. */
  counted?: SessionCount | null;
  /** The site's days do not hold what it is by now. */
  owed?: boolean;
}

export interface StoredEvents {
  /** How many buckets it has. */
  readonly buckets: number;
  /** Events in the last of them. */
  readonly inLast: number;
}

/** The list of everybody's sessions is read in this order, for some sites and any modes. */
export const sessionListIndex = { workspaceId: 1, siteId: 1, mode: 1, startedAt: -1, _id: 1 } as const;
/** The same for all sites: of many sites the runs would be too many to be merged. */
export const allSessionsIndex = { workspaceId: 1, mode: 1, startedAt: -1, _id: 1 } as const;
/** Who is live, of some contacts: the open sessions alone are in it. */
export const openSessionsIndex = { workspaceId: 1, contactId: 1, lastSeenAt: -1 } as const;

const schema = new Schema<SessionDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    visitorId: { type: String, required: true },
    contactId: { type: String, default: null },
    mode: { type: String, enum: sessionModes, required: true },
    visitorVersion: { type: Number, required: true },
    standing: { type: String, required: true },
    startedAt: { type: Date, required: true },
    lastEventAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    withdrawnAt: { type: Date, default: null },
    joinedAt: { type: Date, default: null },
    evidence: { type: String, default: null },
    automated: { type: Boolean, required: true },
    heldFor: { type: String, default: null },
    context: { type: Schema.Types.Mixed, required: true },
    device: { type: String, required: true },
    browser: { type: String, required: true },
    os: { type: String, required: true },
    channel: { type: String, required: true },
    place: { type: Schema.Types.Mixed },
    cameBy: { type: String, default: null },
    summary: { type: Schema.Types.Mixed, default: null },
    insight: { type: Schema.Types.Mixed, default: null },
    hasRecording: { type: Boolean, required: true },
    stored: { type: new Schema({ buckets: Number, inLast: Number }, { _id: false }) },
    told: { type: Schema.Types.Mixed },
    counted: { type: Schema.Types.Mixed },
    owed: { type: Boolean },
  },
  ownedOptions('sessions'),
);
schema.index({ workspaceId: 1, contactId: 1, startedAt: -1, _id: 1 });
schema.index(openSessionsIndex, { partialFilterExpression: { endedAt: null } });
schema.index({ workspaceId: 1, endedAt: 1, lastSeenAt: -1 });
schema.index({ workspaceId: 1, visitorId: 1, startedAt: -1 });
schema.index(sessionListIndex);
schema.index(allSessionsIndex);
schema.index({ workspaceId: 1, siteId: 1, owed: 1 }, { partialFilterExpression: { owed: true } });

export const Session = defineModel<SessionDocument>('Session', schema);

/** A session is live while its browser was heard of this recently. */
const liveMs = 90_000;

export function isLive(session: Pick<SessionDocument, 'endedAt' | 'lastSeenAt'>, now: Date): boolean {
  return session.endedAt === null && now < liveUntil(session);
}

/** When it is live no longer if nothing more is heard. */
export function liveUntil(session: Pick<SessionDocument, 'lastSeenAt'>): Date {
  return new Date(session.lastSeenAt.getTime() + liveMs);
}

/** Of a session that is live, we heard after this. */
export function liveFrom(now: Date): Date {
  return new Date(now.getTime() - liveMs);
}
