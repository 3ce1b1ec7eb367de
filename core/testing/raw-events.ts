/** The raw events of a workspace, for tests: of all its sessions, in the order of their moments. */

import type { EventDocument } from '../sessions/event.ts';
import { EventBucket, readSessionEvents } from '../sessions/event-bucket.ts';

export async function rawEvents(workspaceId: string): Promise<EventDocument[]> {
  const sessions = await EventBucket.distinct('sessionId', { workspaceId });
  const events = await Promise.all(sessions.map((sessionId) => readSessionEvents({ workspaceId, sessionId })));
  return events.flat().sort((one, other) => one.at.getTime() - other.at.getTime());
}

export async function countEvents(workspaceId: string): Promise<number> {
  return (await rawEvents(workspaceId)).length;
}
