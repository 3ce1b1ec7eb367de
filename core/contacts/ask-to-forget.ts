/** Asks for everything that was kept of a visitor to be erased, because it is one of the site's own people. */
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { Visitor, visitorIdOf } from './visitor.ts';
import { forgetVisitor } from './visitor-jobs.ts';

/** A batch that was being written at the same moment is found the second time. */
const againMs = 30_000;

export async function askToForget(platform: Platform, site: SiteDocument, vid: string): Promise<void> {
  const { workspaceId } = site;
  const visitorId = visitorIdOf(site, vid);
  const { anonymousVisitors, siteAnalytics } = site.config.modes;
  // Where only known contacts are kept, there is nothing of a browser that is not a visitor.
  const mayBeKept = anonymousVisitors || siteAnalytics || (await Visitor.exists({ workspaceId, _id: visitorId })) !== null;
  if (!mayBeKept) return;
  const payload = { visitorId, until: platform.clock.now() };
  await platform.store.inTransaction(async (session) => {
    await enqueue(platform, forgetVisitor, { workspaceId, key: visitorId, payload, session });
    await enqueue(platform, forgetVisitor, { workspaceId, key: `${visitorId}:again`, payload, delayMs: againMs, session });
  });
}
