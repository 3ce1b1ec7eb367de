/**
 * Makes a group of batches durable: one row of the log for each. Where a batch changes its visitor, or brings recordings or stylesheets,
 * these are written in one transaction with the row. Writing the same batch again changes nothing.
 */
import { type ClientSession, mongo } from 'mongoose';
import type { Platform } from '../platform.ts';
import { RecordingChunk, type RecordingChunkDocument } from '../sessions/recording-chunk.ts';
import { native } from '../store/native.ts';
import { type Arrival, type ArrivalDocument, ArrivalRow, packArrival } from './arrival.ts';
import type { Batch } from './batch.ts';
import type { BadEvent } from './read-events.ts';
import { writeSheets } from './stylesheet.ts';
import { writeVisitors } from './write-visitors.ts';

const alreadyThere = 11000;

/** Of batches that change nothing but the log. @returns what was written. */
export async function writePlain(batches: readonly Batch[]): Promise<Arrival[]> {
  const arrivals = batches.map(({ arrival }) => arrival);
  await insertOnce(arrivals.map(packArrival));
  return arrivals;
}

/** A row that is there is one of ours: an earlier try got through, but its answer did not. */
async function insertOnce(rows: ArrivalDocument[]): Promise<void> {
  try {
    await native<ArrivalDocument>(ArrivalRow).insertMany(rows, { ordered: false });
  } catch (error) {
    if (!isRepeat(error, rows.length)) throw error;
  }
}

/** A line that broke gives an error of the same class: only what names every row as written, now or before, is a repeat. */
function isRepeat(error: unknown, rows: number): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const { writeErrors, insertedCount, result } = error;
  const repeated = [writeErrors].flat();
  // The others may have been written, but not durably: then the driver says so too.
  const isUnsure = result.getWriteConcernError() !== undefined;
  return !isUnsure && insertedCount + repeated.length === rows && repeated.every(({ code }) => code === alreadyThere);
}

/** A batch that lost the race for its visitor is left out and says so. @returns what was written. */
export async function writeChanging(platform: Platform, batches: readonly Batch[]): Promise<Arrival[]> {
  return platform.store.inTransaction(async (session) => {
    await writeVisitors(batches, session);
    const inTime = batches.filter(({ outcome }) => !outcome.raceLost);
    if (inTime.length === 0) return [];
    const records = await writeRecords(inTime, session);
    const arrivals = inTime.map((batch) => completed(batch, records));
    await native<ArrivalDocument>(ArrivalRow).bulkWrite(
      arrivals.map(packArrival).map(({ _id, workspaceId, ...fields }) => ({
        // An earlier try may have got through unheard.
        updateOne: { filter: { workspaceId, _id }, update: { $setOnInsert: fields }, upsert: true },
      })),
      { session, ordered: false },
    );
    return arrivals;
  });
}

interface Records {
  /** Those that were not there before. */
  readonly stored: ReadonlySet<string>;
  /** Chunks whose number stands for another content, by id. */
  readonly clashing: ReadonlySet<string>;
}

async function writeRecords(batches: readonly Batch[], session: ClientSession): Promise<Records> {
  const sheets = batches.flatMap((batch) => batch.sheets);
  const stored = new Set(sheets.length === 0 ? [] : await writeSheets(sheets, session));
  const chunks = batches.flatMap((batch) => batch.chunks);
  if (chunks.length === 0) return { stored, clashing: new Set() };
  const { upsertedIds } = await RecordingChunk.bulkWrite(
    chunks.map(({ _id, workspaceId, ...fields }) => ({
      updateOne: { filter: { workspaceId, _id }, update: { $setOnInsert: fields }, upsert: true },
    })),
    { session, ordered: true },
  );
  for (const id of Object.values(upsertedIds)) stored.add(String(id));
  return { stored, clashing: await findClashes(chunks, { written: Object.keys(upsertedIds).length, session }) };
}

/** The same number again is a retry, as long as it says the same. */
async function findClashes(
  chunks: readonly RecordingChunkDocument[],
  { written, session }: { readonly written: number; readonly session: ClientSession },
): Promise<Set<string>> {
  const clashing = new Set<string>();
  if (written === chunks.length) return clashing;
  for (const [workspaceId, ofWorkspace] of Map.groupBy(chunks, (chunk) => chunk.workspaceId)) {
    const ids = ofWorkspace.map(({ _id }) => _id);
    const rows = await RecordingChunk.find({ workspaceId, _id: { $in: ids } }, { sentHash: 1 })
      .session(session)
      .lean();
    const hashes = new Map(rows.map(({ _id, sentHash }) => [_id, sentHash]));
    for (const { _id, sentHash } of ofWorkspace) if ((hashes.get(_id) ?? sentHash) !== sentHash) clashing.add(`${_id}:${sentHash}`);
  }
  return clashing;
}

/** The batch's row, now that it is known what was new. */
function completed({ arrival, chunks, sheets, recordLeaks, outcome }: Batch, { stored, clashing }: Records): Arrival {
  const clashes = chunks.filter(({ _id, sentHash }) => clashing.has(`${_id}:${sentHash}`));
  outcome.clashes = clashes.map(clashOf);
  const kept = chunks.filter((chunk) => !clashes.includes(chunk));
  const newRecordIds = [...kept, ...sheets].map(({ _id }) => _id).filter((id) => stored.has(id));
  const isNew = new Set(newRecordIds);
  const leaks = [...arrival.body.leaks, ...recordLeaks.filter(({ recordId }) => isNew.has(recordId))];
  const bad = [...arrival.body.bad, ...outcome.clashes];
  return { ...arrival, body: { ...arrival.body, chunkIds: kept.map(({ _id }) => _id), newRecordIds, leaks, bad } };
}

function clashOf({ tab, seq, sentHash }: RecordingChunkDocument): BadEvent {
  return { reason: `chunks: number ${seq} of tab ${tab} was sent before with another content (this one: ${sentHash})` };
}
