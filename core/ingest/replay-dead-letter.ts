/** Reads an event that was set aside once more, and lets it join its session the way every event does. */
import { Failure } from '#contract/failure.ts';
import { Visitor } from '../contacts/visitor.ts';
import type { Platform } from '../platform.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { Site } from '../workspaces/site.ts';
import { type ArrivalBody, newArrivalId } from './arrival.ts';
import type { Batch } from './batch.ts';
import { correctMoment } from './correct-clock.ts';
import { DeadLetter, type DeadLetterDocument } from './dead-letter.ts';
import type { GroupCommit } from './group-commit.ts';
import { type GoodEvent, readEvents } from './read-events.ts';

export interface Replayed {
  readonly accepted: boolean;
  /** Why it cannot be read still. */
  readonly reason: string | null;
}

/** Safe to do twice: its session has an event of this id once. Throws `conflict` when it cannot be tried. */
export async function replayDeadLetter(platform: Platform, commits: GroupCommit<Batch>, letter: DeadLetterDocument): Promise<Replayed> {
  const { workspaceId, _id } = letter;
  if (!letter.content) {
    throw new Failure('conflict', 'Too little of this event was kept to try again.', { code: 'content-gone' });
  }
  const site = await Site.findOne({ workspaceId, _id: letter.siteId }, { config: 1 }).lean();
  const { good, bad } = readEvents([JSON.parse(letter.content)], site?.config.queryKeys ?? []);
  const [event] = good;
  if (event === undefined) {
    const reason = bad[0]?.reason ?? letter.reason;
    await DeadLetter.updateOne({ workspaceId, _id }, { $set: { reason } });
    return { accepted: false, reason };
  }
  await commits.add(await batchOf(platform, letter, event));
  await DeadLetter.updateOne({ workspaceId, _id }, { $set: { replayedAt: platform.clock.now() } });
  return { accepted: true, reason: null };
}

/** Received when its letter was, so that the session is no livelier by it and the event lives no longer than its neighbours. */
async function batchOf(platform: Platform, letter: DeadLetterDocument, event: GoodEvent): Promise<Batch> {
  const { workspaceId, siteId, sessionId, receivedAt } = letter;
  const session = await Session.findOne({ workspaceId, _id: sessionId }).lean();
  const visitor = session === null ? null : await Visitor.findOne({ workspaceId, _id: session.visitorId }).lean();
  if (session === null || visitor === null) {
    throw new Failure('conflict', 'The session of this event was erased, so there is nothing it could join.', { code: 'session-gone' });
  }
  const { visitorId, contactId, mode } = session;
  const row = { workspaceId, siteId, sessionId, visitorId, contactId, mode, receivedAt };
  return {
    arrival: { _id: newArrivalId(platform.clock.now()), ...row, body: bodyOf(session, event, receivedAt) },
    visitor,
    versionRead: visitor.version,
    chunks: [],
    sheets: [],
    recordLeaks: [],
    outcome: { raceLost: false, clashes: [] },
  };
}

/** How far the browser's clock was off is not known any more; an event is never later than it came. */
function bodyOf(session: SessionDocument, event: GoodEvent, receivedAt: Date): ArrivalBody {
  const at = correctMoment(event.at, 0, receivedAt).getTime();
  const { visitorVersion, standing, cameBy, automated, context, device, browser, os, channel } = session;
  return {
    visitorVersion,
    standing,
    cameBy,
    linkId: null,
    siteIsNew: false,
    firstMs: at,
    lastMs: at,
    evidence: null,
    automated,
    session: { context, device, browser, os, channel },
    events: [[event.eid, event.type, at, event.pageId, event.url, event.props, receivedAt.getTime()]],
    chunkIds: [],
    newRecordIds: [],
    leaks: [],
    faults: [],
    bad: [],
    // A visit that was over is over again soon.
    left: session.endedAt !== null,
  };
}
