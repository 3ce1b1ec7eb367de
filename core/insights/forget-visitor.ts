/** Erases what was kept of a visitor who turned out to be one of the site's own people. Visits of a contact that is sure stay theirs. */
import { Visitor } from '../contacts/visitor.ts';
import { forgetVisitor } from '../contacts/visitor-jobs.ts';
import { handleJob } from '../jobs/define-job.ts';
import { Session } from '../sessions/session.ts';
import { eraseSession } from './erase-session.ts';

export const forgetVisitorHandler = handleJob(forgetVisitor, async (platform, { workspaceId, payload: { visitorId, until } }) => {
  const unsure = { $or: [{ contactId: null }, { standing: { $in: ['open' as const, 'forwarded' as const] } }] };
  const kept = await Session.find({ workspaceId, visitorId, startedAt: { $lte: until }, ...unsure }, { _id: 1 }).lean();
  for (const { _id: sessionId } of kept) await eraseSession(platform, { workspaceId, sessionId });
  await Visitor.deleteOne({ workspaceId, _id: visitorId, withdrawnAt: null, ...unsure });
});
