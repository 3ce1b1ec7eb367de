/** Errors of the snippet itself, counted per site: what threw, where, and in which browser. */
import { createHash } from 'node:crypto';
import { type ClientSession, Schema } from 'mongoose';
import type { z } from 'zod';
import type { fault } from '#contract/api.ts';
import type { SnippetFault } from '#contract/events.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import { scrubText } from './scrub-text.ts';

export interface FaultDocument extends Owned {
  siteId: string;
  where: string;
  message: string;
  /** Family of browsers, as in a session. */
  browser: string;
  count: number;
  lastAt: Date;
}

const schema = new Schema<FaultDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    where: { type: String, required: true },
    message: { type: String, required: true },
    browser: { type: String, required: true },
    count: { type: Number, required: true },
    lastAt: { type: Date, required: true },
  },
  ownedOptions('faults'),
);
schema.index({ workspaceId: 1, siteId: 1, lastAt: -1 });
schema.index({ lastAt: 1 }, { expireAfterSeconds: 30 * 24 * 3600 });

export const Fault = defineModel<FaultDocument>('Fault', schema);

/** Kinds that are told apart for one site; what is new beyond them is not kept. */
const maxKinds = 200;

export interface FaultSource {
  readonly workspaceId: string;
  readonly siteId: string;
  readonly receivedAt: Date;
  readonly faults: readonly FaultDocument[];
}

/** The faults of one envelope as rows, scrubbed: a message may repeat what it choked on. */
export function readFaults(
  sent: readonly SnippetFault[],
  { siteId, browser }: Pick<FaultDocument, 'siteId' | 'browser'>,
): Pick<FaultDocument, '_id' | 'where' | 'message' | 'browser'>[] {
  return sent.map((told) => {
    const [where, message] = [scrubText(told.where).text.slice(0, 100), scrubText(told.message).text.slice(0, 300)];
    const parts = JSON.stringify([siteId, where, message, browser]);
    const _id = `fault_${createHash('sha256').update(parts).digest('base64url').slice(0, 22)}`;
    return { _id, where, message, browser };
  });
}

export async function writeFaults(sources: readonly FaultSource[], session: ClientSession): Promise<void> {
  const faults = sources.flatMap((source) => source.faults);
  for (const [siteId, ofSite] of Map.groupBy(faults, (told) => told.siteId)) {
    const kept = await withinLimit(siteId, ofSite, session);
    if (kept.length > 0) await Fault.bulkWrite(kept.map(countUp), { session });
  }
}

async function withinLimit(siteId: string, faults: readonly FaultDocument[], session: ClientSession): Promise<FaultDocument[]> {
  const workspaceId = faults[0]?.workspaceId ?? '';
  const ids = new Set((await Fault.find({ workspaceId, siteId }, { _id: 1 }, { session }).lean()).map(({ _id }) => _id));
  return faults.filter(({ _id }) => {
    if (!ids.has(_id) && ids.size >= maxKinds) return false;
    ids.add(_id);
    return true;
  });
}

function countUp({ _id, workspaceId, count, lastAt, ...fields }: FaultDocument) {
  const update = { $inc: { count }, $max: { lastAt }, $setOnInsert: fields };
  return { updateOne: { filter: { workspaceId, _id }, update, upsert: true } };
}

export function presentFault({ where, message, browser, count, lastAt }: FaultDocument): z.infer<typeof fault> {
  return { where, message, browser, count, lastAt: lastAt.toISOString() };
}
