/** What a site's recordings have in common, for packing them. A dictionary is never changed: what was packed with it could not be read. */

import { Schema } from 'mongoose';
import { Failure } from '#contract/failure.ts';
import { bytesOf } from '../store/bytes-of.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface RecordingDictionaryDocument extends Owned {
  siteId: string;
  /** 1, 2, 3, … of the site. The greatest is used for new recordings. */
  version: number;
  body: Buffer;
  createdAt: Date;
}

const schema = new Schema<RecordingDictionaryDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    version: { type: Number, required: true, immutable: true },
    body: { type: Buffer, required: true, immutable: true },
    createdAt: { type: Date, required: true },
  },
  ownedOptions('recordingDictionaries'),
);
schema.index({ workspaceId: 1, siteId: 1, version: -1 });

export const RecordingDictionary = defineModel<RecordingDictionaryDocument>('RecordingDictionary', schema);

export interface Dictionary {
  readonly id: string;
  readonly version: number;
  readonly body: Buffer;
  readonly createdAt: Date;
}

const maxKept = 200;
/** They never change. The oldest goes first. */
const kept = new Map<string, Dictionary>();

export async function newestDictionary({ workspaceId, siteId }: { workspaceId: string; siteId: string }): Promise<Dictionary | null> {
  const newest = await RecordingDictionary.findOne({ workspaceId, siteId }, { _id: 1 }).sort({ version: -1 }).lean();
  return newest === null ? null : findDictionary({ workspaceId, id: newest._id });
}

export async function findDictionary({ workspaceId, id }: { workspaceId: string; id: string }): Promise<Dictionary> {
  const known = kept.get(`${workspaceId} ${id}`);
  if (known !== undefined) return known;
  const row = await RecordingDictionary.findOne({ workspaceId, _id: id }).lean();
  if (row === null) throw new Failure('missing', 'This recording cannot be read any more.', { code: 'recording-dictionary-missing' });
  const found = { id, version: row.version, body: Buffer.from(bytesOf(row.body)), createdAt: row.createdAt };
  if (kept.size >= maxKept) for (const oldest of [...kept.keys()].slice(0, 1)) kept.delete(oldest);
  kept.set(`${workspaceId} ${id}`, found);
  return found;
}
