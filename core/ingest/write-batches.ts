/** Writes a group of batches, and the jobs they cause, in one transaction. Writing the same batch again changes nothing. */
import type { AnyBulkWriteOperation, ClientSession } from 'mongoose';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { Visitor } from '../contacts/visitor.ts';
import { enqueueOperation } from '../jobs/enqueue.ts';
import { Job } from '../jobs/job.ts';
import type { Platform } from '../platform.ts';
import { Event } from '../sessions/event.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { closeSession, leftGraceMs, refreshInsight, sessionIdleMs } from '../sessions/session-jobs.ts';
import { storeAway } from '../store/store-away.ts';
import { Site } from '../workspaces/site.ts';
import type { Batch } from './batch.ts';
import { DeadLetter, type DeadLetterDocument, deadLetterId } from './dead-letter.ts';

/** Events of one moment are looked at together. */
const refreshDelayMs = 150;

/** Throws `busy` while the database is away. */
export async function writeBatches(platform: Platform, batches: readonly Batch[]): Promise<void> {
  try {
    await platform.store.inTransaction(async (session) => {
      await writeVisitors(batches, session);
      await writeSessions(batches, session);
      await writeRecords(batches, session);
      await writeJobs(platform, batches, session);
    });
  } catch (error) {
    throw storeAway(error) ?? error;
  }
}

async function writeVisitors(batches: readonly Batch[], session: ClientSession): Promise<void> {
  const bound = batches.filter((batch) => batch.bind !== null);
  if (bound.length > 0) await bindVisitors(bound, session);
  for (const { workspaceId, linkId, sessionId, receivedAt } of batches) {
    if (linkId === null) continue;
    const clicked = { $set: { lastClickedAt: receivedAt }, $addToSet: { sessionIds: sessionId } };
    await TrackedLink.updateOne({ workspaceId, _id: linkId }, clicked, { session });
  }
}

async function bindVisitors(bound: readonly Batch[], session: ClientSession): Promise<void> {
  await Visitor.bulkWrite(
    bound.map(({ workspaceId, visitorId, siteId, vid, contactId, bind, receivedAt }) => ({
      updateOne: {
        filter: { workspaceId, _id: visitorId },
        update: { $set: { contactId, boundBy: bind ?? 'link', boundAt: receivedAt }, $setOnInsert: { siteId, vid } },
        upsert: true,
      },
    })),
    { session },
  );
  const firstVisits = new Map(bound.filter((batch) => batch.siteIsNew).map((batch) => [batch.siteId, batch]));
  for (const { workspaceId, siteId, receivedAt } of firstVisits.values()) {
    await Site.updateOne({ workspaceId, _id: siteId, firstVisitAt: null }, { $set: { firstVisitAt: receivedAt } }, { session });
  }
}

/** Every part of it gives the same result in any order: batches of several tabs, and retries, overtake each other. */
async function writeSessions(batches: readonly Batch[], session: ClientSession): Promise<void> {
  await Session.bulkWrite([...batches.map(openSession), ...batches.filter(hasContext).map(fillContext)], { session });
}

function openSession(batch: Batch): AnyBulkWriteOperation<SessionDocument> {
  const { workspaceId, siteId, visitorId, contactId } = batch;
  return {
    updateOne: {
      filter: { workspaceId, _id: batch.sessionId },
      update: {
        $setOnInsert: { siteId, visitorId, contactId, ...batch.session, summary: null, insight: null },
        $min: { startedAt: batch.span.first },
        $max: {
          lastEventAt: batch.span.last,
          lastSeenAt: batch.receivedAt,
          hasRecording: batch.chunks.length > 0,
          // Any word for it will do; nothing is less than any word.
          ...(batch.evidence === null ? {} : { evidence: batch.evidence }),
        },
        // A visitor who comes back within the session's time opens it again.
        $set: { endedAt: null },
      },
      upsert: true,
    },
  };
}

function hasContext({ session }: Batch): boolean {
  return Object.keys(session.context).length > 0;
}

/** The batch that tells where the visitor came from may not be the first to arrive. */
function fillContext({ workspaceId, sessionId, session: { context, channel } }: Batch): AnyBulkWriteOperation<SessionDocument> {
  return { updateOne: { filter: { workspaceId, _id: sessionId, context: {} }, update: { $set: { context, channel } } } };
}

async function writeRecords(batches: readonly Batch[], session: ClientSession): Promise<void> {
  const events = batches.flatMap((batch) => batch.events);
  const chunks = batches.flatMap((batch) => batch.chunks);
  if (events.length > 0) await Event.bulkWrite(events.map(insertOnce), { session, ordered: false });
  if (chunks.length > 0) await RecordingChunk.bulkWrite(chunks.map(insertOnce), { session, ordered: false });
  const letters = batches.flatMap(deadLetters);
  if (letters.length > 0) await DeadLetter.bulkWrite(letters.map(insertOnce), { session, ordered: false });
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
