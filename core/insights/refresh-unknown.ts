/** The insight of a visit of which nobody knows whose it is: from this browser's visits alone. No contact changes and nobody is told. */
import type { Platform } from '../platform.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import type { SessionSummary } from '../sessions/summarise-shapes.ts';
import { buildTimeline } from './build-timeline.ts';
import { inTimeline, visitsThatCount } from './contact-state.ts';
import { defaultWeights } from './intent-weights.ts';
import { scoreIntent } from './score-intent.ts';
import { writeInsight } from './write-insight.ts';

export async function refreshUnknown(platform: Platform, session: SessionDocument, summary: SessionSummary): Promise<void> {
  const { workspaceId, _id, visitorId, mode } = session;
  // Of these only events are kept.
  if (mode !== 'anonymous') return;
  const now = platform.clock.now();
  await platform.store.inTransaction(async (transaction) => {
    const of = { contactId: null, visitorId, mode } as const;
    const others = await visitsThatCount({ workspaceId, of, except: _id }, now, transaction);
    const timeline = buildTimeline([...others, inTimeline(session, summary)], now);
    const visit = timeline.sessions.find(({ sessionId }) => sessionId === _id) ?? null;
    const insight = writeInsight(timeline, visit, scoreIntent(timeline, defaultWeights, now));
    await Session.updateOne({ workspaceId, _id, contactId: null }, { $set: { insight } }, { session: transaction });
  });
}
