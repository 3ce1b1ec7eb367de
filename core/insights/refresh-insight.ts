/** Looks at a session again: its summary, then the contact's score, insight and signals; and asks for what follows from them. */
import type { ClientSession } from 'mongoose';
import type { Insight, IntentScore } from '#contract/snapshot.ts';
import { Alert, alertId, editableInMs } from '../connections/alert.ts';
import { Connection, type ConnectionDocument } from '../connections/connection.ts';
import { aboutRecord, deliverAlert, pushContact, pushSession } from '../connections/delivery-jobs.ts';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { Visitor } from '../contacts/visitor.ts';
import { handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { refreshInsight } from '../sessions/session-jobs.ts';
import type { SessionSummary } from '../sessions/summarise-shapes.ts';
import { askForCount } from '../summaries/summary-jobs.ts';
import { buildTimeline, type Timeline, type TimelineSession } from './build-timeline.ts';
import { contactFields, inTimeline, visitsThatCount } from './contact-state.ts';
import { detectSignals } from './detect-signals.ts';
import { defaultWeights } from './intent-weights.ts';
import { refreshUnknown } from './refresh-unknown.ts';
import { renewSummary } from './renew-summary.ts';
import { scoreIntent } from './score-intent.ts';
import { needsSettling, settleSessions } from './settle-visitor.ts';
import { writeInsight } from './write-insight.ts';

export const refreshInsightHandler = handleJob(refreshInsight, async (platform, { workspaceId, payload: { sessionId } }) => {
  const session = await settled(platform, { workspaceId, sessionId });
  if (session === null) return;
  const summary = await renewSummary(session, platform.clock.now());
  // Held until a person is seen: a scanner that opens the link moves no score and alerts nobody.
  const isHeld = session.heldFor !== null || session.evidence === null;
  const isTold =
    !isHeld && session.contactId !== null && (await refreshKnown(platform, { session, contactId: session.contactId, summary }));
  if (!isTold) await Session.updateOne({ workspaceId, _id: sessionId }, { $set: { summary, owed: true } });
  if (!isHeld && session.contactId === null) await refreshUnknown(platform, session, summary);
  // Last: nobody waits for it.
  await askForCount(platform, session);
});

/**
 * Reads and writes are one transaction: of two visits of one contact that are looked at together, the later sees what the other wrote.
 * False when the session is not theirs any more: then nothing was written.
 */
function refreshKnown(platform: Platform, looking: Looking): Promise<boolean> {
  return platform.store.inTransaction(async (transaction) => {
    const known = await readKnown(platform, looking, transaction);
    if (known !== null) await writeKnown(platform, known, transaction);
    return known !== null;
  });
}

/** The session, once it is sure whose it is; null when it is gone. */
async function settled(platform: Platform, { workspaceId, sessionId }: { workspaceId: string; sessionId: string }) {
  const find = (): Promise<SessionDocument | null> => Session.findOne({ workspaceId, _id: sessionId }).lean();
  const session = await find();
  if (session === null) return null;
  const visitor = await Visitor.findOne({ workspaceId, _id: session.visitorId }, { unsettled: 1, version: 1 }).lean();
  if (!needsSettling(visitor, session)) return session;
  await settleSessions(platform, { workspaceId, visitorId: session.visitorId, beside: sessionId });
  return find();
}

interface Known {
  readonly contact: ContactDocument;
  readonly session: SessionDocument;
  readonly summary: SessionSummary;
  readonly timeline: Timeline;
  readonly visit: TimelineSession;
  readonly score: IntentScore;
  readonly insight: Insight;
  readonly connections: readonly ConnectionDocument[];
}

interface Looking {
  readonly session: SessionDocument;
  readonly contactId: string;
  readonly summary: SessionSummary;
}

async function readKnown(platform: Platform, looking: Looking, transaction: ClientSession): Promise<Known | null> {
  const { session, contactId, summary } = looking;
  const { workspaceId } = session;
  const contact = await Contact.findOne({ workspaceId, _id: contactId }).session(transaction).lean();
  const isTheirs = await Session.exists({ workspaceId, _id: session._id, contactId, heldFor: null }).session(transaction);
  // It left the contact meanwhile: who took it away asked for both to be looked at.
  if (contact === null || isTheirs === null) return null;
  const now = platform.clock.now();
  const others = await visitsThatCount({ workspaceId, of: { contactId }, except: session._id }, now, transaction);
  const timeline = buildTimeline([...others, inTimeline(session, summary)], now);
  const visit = timeline.sessions.find((each) => each.sessionId === session._id);
  if (visit === undefined) throw new Error('the timeline lost the session it was built for');
  const score = scoreIntent(timeline, defaultWeights, now);
  const connections = await Connection.find({ workspaceId, state: { $ne: 'disconnected' } })
    .session(transaction)
    .lean();
  return { contact, session, summary, timeline, visit, score, insight: writeInsight(timeline, visit, score), connections };
}

/** The new state and all that follows from it: neither is ever there without the other. */
async function writeKnown(platform: Platform, known: Known, transaction: ClientSession): Promise<void> {
  const { contact, session, summary, timeline, score, insight } = known;
  const { workspaceId } = contact;
  await Contact.updateOne(
    { workspaceId, _id: contact._id },
    {
      $set: contactFields(contact, { timeline, score, now: platform.clock.now() }),
      $max: { lastSeenAt: session.lastSeenAt },
    },
    { session: transaction },
  );
  await askDeliveries(platform, known, transaction);
  // Last: a fold that wants the same row meanwhile would have to begin anew, with all its sessions.
  await Session.updateOne({ workspaceId, _id: session._id }, { $set: { summary, owed: true, insight } }, { session: transaction });
}

async function askDeliveries(platform: Platform, known: Known, transaction: ClientSession): Promise<void> {
  const { contact, session, connections } = known;
  const { workspaceId } = contact;
  for (const { _id: connectionId, channel } of connections) {
    if (contact.crm.some((record) => record.connectionId === connectionId)) {
      await enqueue(platform, pushContact, {
        ...aboutRecord(workspaceId, { connectionId, contactId: contact._id }, contact._id),
        session: transaction,
      });
      await enqueue(platform, pushSession, {
        ...aboutRecord(workspaceId, { connectionId, sessionId: session._id }, session._id),
        session: transaction,
      });
    }
    if (channel !== null) await askAlert(platform, known, { connectionId, channelId: channel.id, transaction });
  }
}

interface AlertPlace {
  readonly connectionId: string;
  readonly channelId: string;
  readonly transaction: ClientSession;
}

async function askAlert(platform: Platform, known: Known, { connectionId, channelId, transaction }: AlertPlace): Promise<void> {
  const { contact, session } = known;
  const { workspaceId } = contact;
  const [strongest] = detectSignals({
    timeline: known.timeline,
    session: known.visit,
    score: known.score,
    previousScore: previousScore(known),
    sentBefore: [],
  });
  if (strongest === undefined) return;
  // What joined the contact after it was over is no news.
  const isNews = session.joinedAt === null || session.endedAt === null;
  const alert = await Alert.findOneAndUpdate(
    { workspaceId, _id: alertId(connectionId, session._id) },
    { $set: { signal: strongest.text }, $setOnInsert: { connectionId, sessionId: session._id, contactId: contact._id, channelId } },
    { upsert: isNews, returnDocument: 'after', projection: { sentAt: 1 }, session: transaction },
  ).lean();
  if (alert === null) return;
  await enqueue(platform, deliverAlert, {
    ...aboutRecord(workspaceId, { connectionId, sessionId: session._id }, session._id),
    delayMs: editableInMs(alert, platform.clock.now()),
    session: transaction,
  });
}

/** The score without this visit: what the contact was worth before. */
function previousScore({ timeline, visit }: Known): IntentScore | null {
  const before = timeline.sessions.filter((each) => each.sessionId !== visit.sessionId);
  if (before.length === 0) return null;
  return scoreIntent(buildTimeline(before, visit.startedAt), defaultWeights, visit.startedAt);
}
