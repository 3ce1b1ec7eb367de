/** Erases a session with all that hangs on it. The row goes last, so that what is interrupted can be done again. */
import { Alert } from '../connections/alert.ts';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { DeadLetter } from '../ingest/dead-letter.ts';
import { Event } from '../sessions/event.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { Session } from '../sessions/session.ts';

export async function eraseSession({ workspaceId, sessionId }: { workspaceId: string; sessionId: string }): Promise<void> {
  const ofSession = { workspaceId, sessionId };
  await Promise.all([Event, RecordingChunk, DeadLetter, Alert].map((model) => deleteAll(model, ofSession)));
  await TrackedLink.updateMany({ workspaceId, sessionIds: sessionId }, { $pull: { sessionIds: sessionId } });
  await Session.deleteOne({ workspaceId, _id: sessionId });
}

interface Deletable {
  deleteMany(filter: { workspaceId: string; sessionId: string }): PromiseLike<unknown>;
}

async function deleteAll(model: Deletable, filter: { workspaceId: string; sessionId: string }): Promise<void> {
  await model.deleteMany(filter);
}
