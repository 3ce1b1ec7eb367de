/** What a vendor holds from us: per connection and record the last state sent, and the id of the entry we made. */
import { createHash } from 'node:crypto';
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface SentRecordDocument extends Owned {
  /** `_id` is connection and record. */
  connectionId: string;
  /** Of the state last sent; null when none arrived yet. */
  hash: string | null;
  /** The vendor's id of the timeline entry. */
  entryId: string | null;
  /** The entry was sent in its final form. */
  final: boolean;
  /** First try: from here on the vendor may have it even if we do not know. */
  triedAt: Date | null;
}

const schema = new Schema<SentRecordDocument>(
  {
    ...ownedFields,
    connectionId: { type: String, required: true },
    hash: { type: String, default: null },
    entryId: { type: String, default: null },
    final: { type: Boolean, default: false },
    triedAt: { type: Date, default: null },
  },
  ownedOptions('sentRecords'),
);
schema.index({ workspaceId: 1, connectionId: 1 });

export const SentRecord = defineModel<SentRecordDocument>('SentRecord', schema);

export function sentRecordId(connectionId: string, record: string): string {
  return `${connectionId}:${record}`;
}

export function hashOf(state: unknown): string {
  return createHash('sha256').update(JSON.stringify(state)).digest('base64url');
}
