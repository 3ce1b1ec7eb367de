/** A session's packed recording: where its blob is, and what is in it by time. Its `_id` is the session's. */
import { Schema } from 'mongoose';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface RecordingFrame {
  /** Position in `tabs`. */
  readonly tab: number;
  /** Bytes in the blob. */
  readonly offset: number;
  readonly length: number;
  /** Moments, in milliseconds since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** How many events at its beginning retell the page, and were not recorded there. */
  readonly lead: number;
  /** It begins with a page, recorded or retold. Without one it cannot be played: the page itself never arrived. */
  readonly page: boolean;
}

export interface RecordingTab {
  readonly tab: string;
  /** Numbers of the chunks that are in it, in order, and how many events each has. */
  readonly seqs: readonly number[];
  readonly counts: readonly number[];
  /** From, to: where the visitor did nothing. Moments. */
  readonly idle: readonly (readonly [from: number, to: number])[];
}

export interface RecordingDocument extends Owned {
  siteId: string;
  visitorId: string;
  blobKey: string;
  bytes: number;
  /** Version of the cleaning that its events went through. */
  cleaner: number;
  /** Null: packed without one. */
  dictionaryId: string | null;
  tabs: readonly RecordingTab[];
  frames: readonly RecordingFrame[];
  packedAt: Date;
}

const schema = new Schema<RecordingDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    visitorId: { type: String, required: true },
    blobKey: { type: String, required: true },
    bytes: { type: Number, required: true },
    cleaner: { type: Number, required: true },
    dictionaryId: { type: String, default: null },
    tabs: { type: Schema.Types.Mixed, required: true },
    frames: { type: Schema.Types.Mixed, required: true },
    packedAt: { type: Date, required: true },
  },
  ownedOptions('recordings'),
);
schema.index({ workspaceId: 1, siteId: 1, packedAt: -1 });

export const Recording = defineModel<RecordingDocument>('Recording', schema);

/** All blobs of a session begin so, whether a row points to them or not. */
export function blobsOf({ workspaceId, sessionId }: { readonly workspaceId: string; readonly sessionId: string }): string {
  return `${workspaceId}/recordings/${sessionId}/`;
}

/** Grows when the cleaning catches more than before: what was packed by an older one is cleaned again before anybody sees it. */
export const cleanerVersion = 1;
