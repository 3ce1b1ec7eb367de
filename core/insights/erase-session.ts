/** Erases a session with all that hangs on it. The row goes last, so that what is interrupted can be done again. */
import type { ClientSession } from 'mongoose';
import { Alert } from '../connections/alert.ts';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { ArrivalRow } from '../ingest/arrival.ts';
import { DeadLetter } from '../ingest/dead-letter.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { eraseRecording } from '../sessions/compact-recording.ts';
import { deleteSessionEvents } from '../sessions/event-bucket.ts';
import { compactRecording } from '../sessions/recording-jobs.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { askForMonths } from '../summaries/summary-jobs.ts';
import { writeCounts } from '../summaries/write-counts.ts';

export async function eraseSession(
  platform: Platform,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<void> {
  const ofSession = { workspaceId, sessionId };
  // What is not folded yet would bring it back.
  await ArrivalRow.deleteMany(ofSession);
  await Promise.all([deleteSessionEvents(ofSession), ...[DeadLetter, Alert].map((model) => deleteAll(model, ofSession))]);
  await eraseRecording(platform, ofSession);
  await TrackedLink.updateMany({ workspaceId, sessionIds: sessionId }, { $pull: { sessionIds: sessionId } });
  await platform.store.inTransaction((transaction) => eraseRow(platform, { workspaceId, sessionId }, transaction));
}

/** What it added to the site's days and to its contact goes in the same moment. */
async function eraseRow(
  platform: Platform,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
  session: ClientSession,
) {
  const row: SessionDocument | null = await Session.findOne({ workspaceId, _id: sessionId }).session(session).lean();
  if (row === null) return;
  // A packing that was under way may have written after `eraseRecording`: this one finds no session, and removes it.
  const payload = { sessionId };
  if (row.hasRecording) await enqueue(platform, compactRecording, { workspaceId, key: sessionId, payload, session });
  const { siteId } = row;
  const months = await writeCounts({ workspaceId, siteId }, { sessions: [row], going: true }, session);
  await askForMonths(platform, { workspaceId, siteId, months }, session);
  await Session.deleteOne({ workspaceId, _id: sessionId }, { session });
}

interface Deletable {
  deleteMany(filter: { workspaceId: string; sessionId: string }): PromiseLike<unknown>;
}

async function deleteAll(model: Deletable, filter: { workspaceId: string; sessionId: string }): Promise<void> {
  await model.deleteMany(filter);
}
