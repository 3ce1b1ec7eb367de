/** Brings a visitor's sessions in line with its binding: who they are of, whether they count, and which of them may not be kept. */
import type { ClientSession } from 'mongoose';
import { Alert } from '../connections/alert.ts';
import { Visitor, type VisitorDocument } from '../contacts/visitor.ts';
import { refreshContact, settleVisitor } from '../contacts/visitor-jobs.ts';
import { handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { Session } from '../sessions/session.ts';
import { refreshInsight } from '../sessions/session-jobs.ts';
import { Site } from '../workspaces/site.ts';
import { claimLinks } from './claim-links.ts';
import { eraseSession } from './erase-session.ts';
import { mustGo, type SettledFields, type SettlingSession, settleSession } from './settle-session.ts';

export const settleVisitorHandler = handleJob(settleVisitor, (platform, { workspaceId, payload: { visitorId } }) =>
  settleSessions(platform, { workspaceId, visitorId }),
);

interface Wish {
  readonly workspaceId: string;
  readonly visitorId: string;
  /** The session that is being looked at already: it is not asked for once more. */
  readonly beside?: string;
}

/** Safe to repeat. */
export async function settleSessions(platform: Platform, wish: Wish): Promise<void> {
  const { workspaceId } = wish;
  const going = await platform.store.inTransaction((transaction) => settleAll(platform, wish, transaction));
  for (const sessionId of going) await eraseSession(platform, { workspaceId, sessionId });
}

const fields = {
  contactId: 1,
  mode: 1,
  standing: 1,
  heldFor: 1,
  joinedAt: 1,
  withdrawnAt: 1,
  endedAt: 1,
  visitorVersion: 1,
  workspaceId: 1,
  evidence: 1,
  automated: 1,
  lastEventAt: 1,
  lastSeenAt: 1,
} as const;

/** @returns the sessions of which nothing may be kept. */
async function settleAll(platform: Platform, { workspaceId, visitorId, beside }: Wish, transaction: ClientSession): Promise<string[]> {
  const visitor = await Visitor.findOne({ workspaceId, _id: visitorId }).session(transaction).lean();
  const site = visitor && (await Site.findOne({ workspaceId, _id: visitor.siteId }, { config: 1 }).session(transaction).lean());
  if (visitor === null || site === null) return [];
  const sessions: SettlingSession[] = await Session.find({ workspaceId, visitorId, withdrawnAt: null }, fields).session(transaction).lean();
  const settled = await claimLinks(visitor, sessions, transaction);
  const now = platform.clock.now();
  const going: string[] = [];
  for (const before of sessions) {
    const after = settleSession(before, settled, now);
    await writeSettled(platform, { before, after, beside }, transaction);
    if (mustGo(after, settled, site.config)) going.push(before._id);
  }
  return going;
}

interface Settled {
  readonly before: SettlingSession;
  readonly after: SettledFields;
  readonly beside: string | undefined;
}

async function writeSettled(platform: Platform, { before, after, beside }: Settled, session: ClientSession): Promise<void> {
  const { workspaceId, _id: key } = before;
  if (after.visitorVersion !== before.visitorVersion || hasChanged(before, after)) {
    await Session.updateOne({ workspaceId, _id: key }, { $set: after }, { session });
  }
  if (!hasChanged(before, after)) return;
  if (key !== beside) await enqueue(platform, refreshInsight, { workspaceId, key, payload: { sessionId: key }, session });
  const contactId = before.contactId;
  if (contactId === null || contactId === after.contactId) return;
  // Nothing more is told about this contact by what was announced as their visit.
  await Alert.deleteMany({ workspaceId, sessionId: key }, { session });
  await enqueue(platform, refreshContact, { workspaceId, key: contactId, payload: { contactId }, session });
}

function hasChanged(before: SettlingSession, after: SettledFields): boolean {
  return before.contactId !== after.contactId || before.heldFor !== after.heldFor || before.withdrawnAt !== after.withdrawnAt;
}

/** Whether something is left to settle before the session can be looked at. */
export function needsSettling(
  visitor: Pick<VisitorDocument, 'unsettled' | 'version'> | null,
  session: Pick<SettledFields, 'visitorVersion' | 'withdrawnAt'>,
): boolean {
  if (visitor === null || session.withdrawnAt !== null) return false;
  return visitor.unsettled || visitor.version !== session.visitorVersion;
}
