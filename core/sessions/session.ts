/** One visit, as one row: what lists and the contact's page read. */
import { Schema } from 'mongoose';
import type { SessionContext } from '#contract/events.ts';
import type { Insight } from '#contract/snapshot.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import type { SessionSummary } from './summarise-shapes.ts';

export interface SessionDocument extends Owned {
  siteId: string;
  visitorId: string;
  contactId: string;
  startedAt: Date;
  /** Last event of the visitor, on the corrected clock. */
  lastEventAt: Date;
  /** Last time we heard from the browser. */
  lastSeenAt: Date;
  endedAt: Date | null;
  /** What proved that a person is there; null while the session is held. */
  evidence: string | null;
  context: SessionContext;
  device: string;
  browser: string;
  os: string;
  channel: string;
  /** Made again from the events while they come; final when the session ends. */
  summary: SessionSummary | null;
  insight: Insight | null;
  hasRecording: boolean;
}

const schema = new Schema<SessionDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    visitorId: { type: String, required: true },
    contactId: { type: String, required: true },
    startedAt: { type: Date, required: true },
    lastEventAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    evidence: { type: String, default: null },
    context: { type: Schema.Types.Mixed, required: true },
    device: { type: String, required: true },
    browser: { type: String, required: true },
    os: { type: String, required: true },
    channel: { type: String, required: true },
    summary: { type: Schema.Types.Mixed, default: null },
    insight: { type: Schema.Types.Mixed, default: null },
    hasRecording: { type: Boolean, required: true },
  },
  ownedOptions('sessions'),
);
schema.index({ workspaceId: 1, contactId: 1, startedAt: -1 });
schema.index({ workspaceId: 1, endedAt: 1, lastSeenAt: -1 });

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
