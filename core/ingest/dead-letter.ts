/**
 * An event that could not be read: what was wrong with it, and what is needed to try again. Its content was never masked as an event of the
 * catalogue is, so it is kept scrubbed, small, and not for long.
 */
import { createHash } from 'node:crypto';
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface DeadLetterDocument extends Owned {
  siteId: string;
  sessionId: string;
  eid: string | null;
  reason: string;
  /** Scrubbed JSON; null when it was too large, or came with too many others. */
  content: string | null;
  receivedAt: Date;
  replayedAt: Date | null;
}

const schema = new Schema<DeadLetterDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    sessionId: { type: String, required: true },
    eid: { type: String, default: null },
    reason: { type: String, required: true },
    content: { type: String, default: null },
    receivedAt: { type: Date, required: true },
    replayedAt: { type: Date, default: null },
  },
  ownedOptions('deadLetters'),
);
schema.index({ workspaceId: 1, receivedAt: -1, _id: 1 });
schema.index({ workspaceId: 1, sessionId: 1 });
schema.index({ receivedAt: 1 }, { expireAfterSeconds: 30 * 24 * 3600 });

export const DeadLetter = defineModel<DeadLetterDocument>('DeadLetter', schema);

/** The same for the same event and reason, so that a batch which is sent again is not set aside twice. */
export function deadLetterId(parts: readonly string[]): string {
  return `dead_${createHash('sha256').update(parts.join('|')).digest('base64url').slice(0, 22)}`;
}
