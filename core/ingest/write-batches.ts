/** Writes a group of batches, and the jobs they cause, in one transaction. Writing the same batch again changes nothing. */
import type { ClientSession } from 'mongoose';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { enqueueOperation } from '../jobs/enqueue.ts';
import { Job } from '../jobs/job.ts';
import type { Platform } from '../platform.ts';
import { Event } from '../sessions/event.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { Session } from '../sessions/session.ts';
import { closeSession, leftGraceMs, refreshInsight, sessionIdleMs } from '../sessions/session-jobs.ts';
import { storeAway } from '../store/store-away.ts';
import { Site } from '../workspaces/site.ts';
import type { Batch } from './batch.ts';
import { DeadLetter, type DeadLetterDocument, deadLetterId } from './dead-letter.ts';
import { writeFaults } from './fault.ts';
import { writeLeaks } from './leak.ts';
import { openSession } from './open-session.ts';
import { writeSheets } from './stylesheet.ts';
import { writeVisitors } from './write-visitors.ts';

/** Events of one moment are looked at together. */
const refreshDelayMs = 150;

/** A batch that lost the race for its visitor is left out and says so. Throws `busy` while the database is away. */
export async function writeBatches(platform: Platform, batches: readonly Batch[]): Promise<void> {
  try {
    await platform.store.inTransaction(async (session) => {
      await writeVisitors(batches, session);
      const inTime = batches.filter((batch) => !batch.race.lost);
      if (inTime.length === 0) return;
      await writeClicks(inTime, session);
      await Session.bulkWrite(inTime.map(openSession), { session });
      await writeRecords(inTime, session);
      await writeJobs(platform, inTime, session);
    });
  } catch (error) {
    throw storeAway(error) ?? error;
  }
}

async function writeClicks(batches: readonly Batch[], session: ClientSession): Promise<void> {
  for (const { workspaceId, linkId, sessionId, receivedAt } of batches) {
    if (linkId === null) continue;
    const clicked = { $max: { lastClickedAt: receivedAt }, $addToSet: { sessionIds: sessionId } };
    await TrackedLink.updateOne({ workspaceId, _id: linkId }, clicked, { session });
  }
  const firstVisits = new Map(
    batches.filter(({ siteIsNew, contactId }) => siteIsNew && contactId !== null).map((batch) => [batch.siteId, batch]),
  );
  for (const { workspaceId, siteId, receivedAt } of firstVisits.values()) {
    await Site.updateOne({ workspaceId, _id: siteId, firstVisitAt: null }, { $set: { firstVisitAt: receivedAt } }, { session });
  }
}

async function writeRecords(batches: readonly Batch[], session: ClientSession): Promise<void> {
  const options = { session, ordered: false } as const;
  const events = batches.flatMap((batch) => batch.events);
  const chunks = batches.flatMap((batch) => batch.chunks);
  const stored = new Set<string>(
    await writeSheets(
      batches.flatMap((batch) => batch.sheets),
      session,
    ),
  );
  if (events.length > 0) note(stored, await Event.bulkWrite(events.map(insertOnce), options));
  if (chunks.length > 0) note(stored, await RecordingChunk.bulkWrite(chunks.map(insertOnce), options));
  const letters = batches.flatMap(deadLetters);
  if (letters.length > 0) await DeadLetter.bulkWrite(letters.map(insertOnce), options);
  await writeFindings(batches, stored, session);
}

/** What is counted, and so must not be counted again when a batch that was stored comes once more. */
async function writeFindings(batches: readonly Batch[], stored: ReadonlySet<string>, session: ClientSession): Promise<void> {
  await writeLeaks(batches, stored, session);
  await writeFaults(
    batches.filter(({ events, chunks }) => {
      const records = [...events, ...chunks];
      return records.length === 0 || records.some(({ _id }) => stored.has(_id));
    }),
    session,
  );
}

function note(stored: Set<string>, { upsertedIds }: { readonly upsertedIds: Readonly<Record<number, unknown>> }): void {
  for (const id of Object.values(upsertedIds)) stored.add(String(id));
}

function deadLetters({ workspaceId, siteId, sessionId, receivedAt, bad }: Batch): DeadLetterDocument[] {
  return bad.map(({ eid = null, reason }) => ({
    _id: deadLetterId([sessionId, eid ?? '', reason]),
    workspaceId,
    siteId,
    sessionId,
    eid,
    reason,
    receivedAt,
  }));
}

function insertOnce<Record extends { _id: string; workspaceId: string }>(record: Record) {
  const { _id, workspaceId, ...fields } = record;
  return { updateOne: { filter: { _id, workspaceId }, update: { $setOnInsert: fields }, upsert: true } };
}

async function writeJobs(platform: Platform, batches: readonly Batch[], session: ClientSession): Promise<void> {
  const operations = batches.flatMap((batch) => {
    const { workspaceId, sessionId: key } = batch;
    const payload = { sessionId: key };
    return [
      enqueueOperation(platform, refreshInsight, { workspaceId, key, payload, delayMs: refreshDelayMs }),
      enqueueOperation(platform, closeSession, { workspaceId, key, payload, delayMs: batch.left ? leftGraceMs : sessionIdleMs }),
    ];
  });
  await Job.bulkWrite(operations, { session });
}
