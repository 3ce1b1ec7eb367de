/** What the server had to take out of what a site's pages sent: by page, kind and place. A browser that behaves takes it out itself. */
import { createHash } from 'node:crypto';
import { type ClientSession, Schema } from 'mongoose';
import type { Leak as LeakView } from '#contract/api.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface LeakDocument extends Owned {
  siteId: string;
  /** Scrubbed path of the page; `*` stands for all the others where a site leaks on more pages than are told apart. */
  path: string;
  kind: LeakView['kind'];
  where: LeakView['where'];
  count: number;
  firstAt: Date;
  lastAt: Date;
}

const schema = new Schema<LeakDocument>(
  {
    ...ownedFields,
    siteId: { type: String, required: true },
    path: { type: String, required: true },
    kind: { type: String, required: true },
    where: { type: String, required: true },
    count: { type: Number, required: true },
    firstAt: { type: Date, required: true },
    lastAt: { type: Date, required: true },
  },
  ownedOptions('leaks'),
);
schema.index({ workspaceId: 1, siteId: 1, lastAt: -1, _id: 1 });
schema.index({ lastAt: 1 }, { expireAfterSeconds: 90 * 24 * 3600 });

export const Leak = defineModel<LeakDocument>('Leak', schema);

/** Found in one record (an event, a chunk, a stylesheet), and counted when that record is stored: a batch that comes twice counts once. */
export interface FoundLeak {
  readonly recordId: string;
  readonly path: string;
  readonly kind: LeakView['kind'];
  readonly where: LeakView['where'];
  readonly count: number;
}

export interface LeakSource {
  readonly workspaceId: string;
  readonly siteId: string;
  readonly receivedAt: Date;
  readonly leaks: readonly FoundLeak[];
}

/** A site key is public: a stranger may make up pages, and gets no more rows than this. */
const maxRows = 1000;

/** Each source's leaks are of records that came for the first time. */
export async function writeLeaks(sources: readonly LeakSource[], session: ClientSession): Promise<void> {
  const rows = await withinLimit(sumUp(sources), session);
  if (rows.length > 0) await Leak.bulkWrite(rows.map(countUp), { session });
}

function sumUp(sources: readonly LeakSource[]): LeakDocument[] {
  const rows = new Map<string, LeakDocument>();
  for (const source of sources) for (const leak of source.leaks) addTo(rows, rowOf(source, leak));
  return [...rows.values()];
}

function rowOf({ workspaceId, siteId, receivedAt }: LeakSource, { path, kind, where, count }: FoundLeak): LeakDocument {
  return {
    _id: leakId([siteId, path, kind, where]),
    workspaceId,
    siteId,
    path,
    kind,
    where,
    count,
    firstAt: receivedAt,
    lastAt: receivedAt,
  };
}

function addTo(rows: Map<string, LeakDocument>, row: LeakDocument): void {
  const sum = rows.get(row._id);
  if (sum === undefined) rows.set(row._id, { ...row });
  else sum.count += row.count;
}

/** The pages that are known already keep their rows; new ones get one while there is room. */
async function withinLimit(found: readonly LeakDocument[], session: ClientSession): Promise<LeakDocument[]> {
  const kept = new Map<string, LeakDocument>();
  for (const [siteId, rows] of Map.groupBy(found, (row) => row.siteId)) {
    const workspaceId = rows[0]?.workspaceId ?? '';
    const known = await Leak.find({ workspaceId, _id: { $in: rows.map((row) => row._id) } }, { _id: 1 }, { session }).lean();
    const ids = new Set(known.map(({ _id }) => _id));
    let room = ids.size === rows.length ? 0 : maxRows - (await Leak.countDocuments({ workspaceId, siteId }, { session }));
    for (const row of rows) {
      const fits = ids.has(row._id) || room > 0;
      if (!ids.has(row._id)) room -= 1;
      addTo(kept, fits ? row : { ...row, path: '*', _id: leakId([siteId, '*', row.kind, row.where]) });
    }
  }
  return [...kept.values()];
}

function countUp({ _id, workspaceId, count, firstAt, lastAt, ...fields }: LeakDocument) {
  const update = { $inc: { count }, $min: { firstAt }, $max: { lastAt }, $setOnInsert: fields };
  return { updateOne: { filter: { workspaceId, _id }, update, upsert: true } };
}

function leakId(parts: readonly string[]): string {
  return `leak_${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}`;
}

export function presentLeak({ _id, path, kind, where, count, firstAt, lastAt }: LeakDocument): LeakView {
  return { id: _id, path, kind, where, count, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() };
}
