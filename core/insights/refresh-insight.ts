/** Looks at a session again: its summary, then the contact's score, insight and signals; and asks for what follows from them. */
import type { ClientSession } from 'mongoose';
import type { Insight, IntentScore } from '#contract/snapshot.ts';
import { Alert, alertId } from '../connections/alert.ts';
import { Connection, type ConnectionDocument } from '../connections/connection.ts';
import { aboutRecord, deliverAlert, pushContact, pushSession } from '../connections/delivery-jobs.ts';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { Event } from '../sessions/event.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { refreshInsight } from '../sessions/session-jobs.ts';
import { summariseSession } from '../sessions/summarise-session.ts';
import type { SessionSummary } from '../sessions/summarise-shapes.ts';
import { buildTimeline, dayMs, type SummarisedSession, type Timeline, type TimelineSession } from './build-timeline.ts';
import { detectSignals } from './detect-signals.ts';
import { defaultWeights } from './intent-weights.ts';
import { scoreIntent } from './score-intent.ts';
import { scoreTrend } from './score-trend.ts';
import { writeInsight } from './write-insight.ts';

/** Older visits no longer move the score. */
const historyDays = 90;
const mostScores = 30;

export const refreshInsightHandler = handleJob(refreshInsight, async (platform, { workspaceId, payload: { sessionId } }) => {
  const session = await Session.findOne({ workspaceId, _id: sessionId }).lean();
  if (session === null) return;
  const summary = await summarise(session);
  await Session.updateOne({ workspaceId, _id: sessionId }, { $set: { summary } });
  // Held until a person is seen: a scanner that opens the link moves no score and alerts nobody.
  if (session.evidence === null) return;
  // Reads and writes are one transaction: of two visits of one contact that are looked at together, the later sees what the other wrote.
  await platform.store.inTransaction(async (transaction) => {
    const known = await readKnown(platform, { session, summary }, transaction);
    if (known !== null) await writeKnown(platform, known, transaction);
  });
});

async function summarise(session: SessionDocument): Promise<SessionSummary> {
  const { workspaceId, _id: sessionId } = session;
  return summariseSession(await Event.find({ workspaceId, sessionId }).sort({ at: 1 }).lean(), session);
}

interface Known {
  readonly contact: ContactDocument;
  readonly session: SessionDocument;
  readonly timeline: Timeline;
  readonly visit: TimelineSession;
  readonly score: IntentScore;
  readonly insight: Insight;
  readonly connections: readonly ConnectionDocument[];
}

async function readKnown(
  platform: Platform,
  { session, summary }: { session: SessionDocument; summary: SessionSummary },
  transaction: ClientSession,
): Promise<Known | null> {
  const { workspaceId, contactId } = session;
  const contact = await Contact.findOne({ workspaceId, _id: contactId }).session(transaction).lean();
  if (contact === null) return null;
  const now = platform.clock.now();
  const since = new Date(now.getTime() - historyDays * dayMs);
  const others = await Session.find({
    workspaceId,
    contactId,
    startedAt: { $gte: since },
    evidence: { $ne: null },
    _id: { $ne: session._id },
  })
    .session(transaction)
    .lean();
  const timeline = buildTimeline([...others.flatMap(summarised), inTimeline(session, summary)], now);
  const visit = timeline.sessions.find((each) => each.sessionId === session._id);
  if (visit === undefined) throw new Error('the timeline lost the session it was built for');
  const score = scoreIntent(timeline, defaultWeights, now);
  const connections = await Connection.find({ workspaceId, state: { $ne: 'disconnected' } })
    .session(transaction)
    .lean();
  return { contact, session, timeline, visit, score, insight: writeInsight(timeline, visit, score), connections };
}

function summarised(row: SessionDocument): SummarisedSession[] {
  return row.summary === null ? [] : [inTimeline(row, row.summary)];
}

function inTimeline(row: SessionDocument, summary: SessionSummary): SummarisedSession {
  const { _id: sessionId, startedAt, lastEventAt, endedAt } = row;
  return { sessionId, startedAt, lastEventAt, endedAt, summary };
}

/** The new state and all that follows from it: neither is ever there without the other. */
async function writeKnown(platform: Platform, known: Known, transaction: ClientSession): Promise<void> {
  const { contact, session, timeline, visit, score, insight } = known;
  const { workspaceId } = contact;
  // Not always this visit: an earlier one may end while a later one goes on elsewhere.
  const lastVisit = timeline.sessions.at(-1) ?? visit;
  const today = { at: platform.clock.now(), value: score.value };
  await Session.updateOne({ workspaceId, _id: session._id }, { $set: { insight } }, { session: transaction });
  await Contact.updateOne(
    { workspaceId, _id: contact._id },
    {
      $set: {
        intent: score,
        trend: scoreTrend(contact.scoreHistory, today),
        scoreHistory: withToday(contact.scoreHistory, today),
        insight: writeInsight(timeline, lastVisit, score),
        sessions30d: timeline.sessions30d,
        lastSessionId: lastVisit.sessionId,
      },
      $max: { lastSeenAt: session.lastSeenAt },
    },
    { session: transaction },
  );
  await askDeliveries(platform, known, transaction);
}

/** One score a day is kept: the last. */
function withToday(history: ContactDocument['scoreHistory'], today: { at: Date; value: number }): ContactDocument['scoreHistory'] {
  const day = today.at.toISOString().slice(0, 10);
  return [...history.filter(({ at }) => at.toISOString().slice(0, 10) !== day), today].slice(-mostScores);
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
  await Alert.updateOne(
    { workspaceId, _id: alertId(connectionId, session._id) },
    { $set: { signal: strongest.text }, $setOnInsert: { connectionId, sessionId: session._id, contactId: contact._id, channelId } },
    { upsert: true, session: transaction },
  );
  await enqueue(platform, deliverAlert, {
    ...aboutRecord(workspaceId, { connectionId, sessionId: session._id }, session._id),
    session: transaction,
  });
}

/** The score without this visit: what the contact was worth before. */
function previousScore({ timeline, visit }: Known): IntentScore | null {
  const before = timeline.sessions.filter((each) => each.sessionId !== visit.sessionId);
  if (before.length === 0) return null;
  return scoreIntent(buildTimeline(before, visit.startedAt), defaultWeights, visit.startedAt);
}
