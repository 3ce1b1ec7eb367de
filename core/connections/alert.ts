/** One alert about one session at one connection: where its message is, and what people did with it. */
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface AlertDocument extends Owned {
  /** `_id` is connection and session. */
  connectionId: string;
  sessionId: string;
  contactId: string;
  channelId: string;
  /** Why it was sent. */
  signal: string;
  /** Where the message is; null until the vendor has it. */
  ref: string | null;
  triedAt: Date | null;
  sentAt: Date | null;
  hash: string | null;
  claimedBy: string | null;
  snoozedUntil: Date | null;
  notUseful: boolean;
}

const schema = new Schema<AlertDocument>(
  {
    ...ownedFields,
    connectionId: { type: String, required: true },
    sessionId: { type: String, required: true },
    contactId: { type: String, required: true },
    channelId: { type: String, required: true },
    signal: { type: String, required: true },
    ref: { type: String, default: null },
    triedAt: { type: Date, default: null },
    sentAt: { type: Date, default: null },
    hash: { type: String, default: null },
    claimedBy: { type: String, default: null },
    snoozedUntil: { type: Date, default: null },
    notUseful: { type: Boolean, default: false },
  },
  ownedOptions('alerts'),
);
schema.index({ workspaceId: 1, connectionId: 1, contactId: 1, snoozedUntil: -1 });

export const Alert = defineModel<AlertDocument>('Alert', schema);

export function alertId(connectionId: string, sessionId: string): string {
  return `${connectionId}:${sessionId}`;
}

/** Chats take about one message a second and channel; edits of one message come no faster than this. */
const editEveryMs = 1500;

/** How long an alert's message must be left as it is. */
export function editableInMs({ sentAt }: Pick<AlertDocument, 'sentAt'>, now: Date): number {
  return sentAt === null ? 0 : Math.max(0, sentAt.getTime() + editEveryMs - now.getTime());
}
