/** A piece of a session's masked recording, as it came. Its `_id` is session, tab and number, so that a retry never counts twice. */
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface RecordingChunkDocument extends Owned {
  sessionId: string;
  tab: string;
  seq: number;
  firstAt: Date;
  lastAt: Date;
  /** JSON array of rrweb events, zstd. */
  body: Buffer;
  receivedAt: Date;
  /** Digest of what the browser sent: another content under the same number is refused. Missing on rows of before. */
  sentHash?: string;
}

const schema = new Schema<RecordingChunkDocument>(
  {
    ...ownedFields,
    sessionId: { type: String, required: true },
    tab: { type: String, required: true },
    seq: { type: Number, required: true },
    firstAt: { type: Date, required: true },
    lastAt: { type: Date, required: true },
    body: { type: Buffer, required: true },
    receivedAt: { type: Date, required: true },
    sentHash: { type: String },
  },
  ownedOptions('recordingChunks'),
);
schema.index({ workspaceId: 1, sessionId: 1, tab: 1, seq: 1 });

export const RecordingChunk = defineModel<RecordingChunkDocument>('RecordingChunk', schema);
