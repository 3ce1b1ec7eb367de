/** The core as a value: its two web applications, its job handlers, and how to stop. */

import type { RequestListener } from 'node:http';
import Router from '@koa/router';
import { deliverAlertHandler } from './connections/deliver-alert.ts';
import { pushContactsHandler } from './connections/push-contacts.ts';
import { pushSessionHandler } from './connections/push-sessions.ts';
import { addInboxRoutes } from './connections/receive-webhook.ts';
import { addConnectionRoutes } from './connections/routes.ts';
import { syncCrmHandler } from './connections/sync-crm.ts';
import { addContactRoutes } from './contacts/routes.ts';
import { addVisitorRoutes } from './contacts/visitor-routes.ts';
import { answerMissing } from './http/answer-failures.ts';
import { createApp } from './http/create-app.ts';
import { addHealthRoutes, createReadiness, type Readiness } from './http/readiness.ts';
import { addBrowserRoutes } from './http/serve-browser-code.ts';
import type { Batch } from './ingest/batch.ts';
import { addDeadLetterRoutes } from './ingest/dead-letter-routes.ts';
import type { GroupCommit } from './ingest/group-commit.ts';
import { createIngest } from './ingest/ingest.ts';
import { addIngestRoutes } from './ingest/routes.ts';
import { forgetVisitorHandler } from './insights/forget-visitor.ts';
import { refreshContactHandler } from './insights/refresh-contact.ts';
import { refreshInsightHandler } from './insights/refresh-insight.ts';
import { settleVisitorHandler } from './insights/settle-visitor.ts';
import type { JobHandler } from './jobs/define-job.ts';
import { addFollowRoute } from './live/follow-route.ts';
import { openLiveHub } from './live/live-hub.ts';
import { addLiveRoutes, type Live } from './live/live-routes.ts';
import { openSeats } from './live/live-seats.ts';
import type { Platform } from './platform.ts';
import { keepRawEventsHandler } from './privacy/keep-raw-events.ts';
import { addRetentionRoutes } from './privacy/retention-routes.ts';
import { nameRequest } from './rest/request-id.ts';
import { addRestRoutes } from './rest/routes.ts';
import { closeSessionHandler } from './sessions/close-session.ts';
import { compactRecordingHandler } from './sessions/compact-recording.ts';
import { addPlayerRoutes } from './sessions/player-routes.ts';
import { addSessionRoutes } from './sessions/routes.ts';
import { trainDictionaryHandler } from './sessions/train-site.ts';
import { countSiteHandler } from './summaries/count-site.ts';
import { addReportRoutes } from './summaries/report-routes.ts';
import { rollMonthHandler } from './summaries/roll-month.ts';
import { addWorkspaceRoutes } from './workspaces/routes.ts';

export interface Core {
  /** The API, the snippet and the web app. */
  readonly web: RequestListener;
  /** The replay player's own origin. */
  readonly player: RequestListener;
  readonly handlers: readonly JobHandler[];
  /** From now on `/readyz` says no; everything is still answered. */
  refuseTraffic(): void;
  /** Resolves when every batch that was taken is written, and folded into its session. */
  drain(): Promise<void>;
  /** Resolves when what was taken until now is folded: for tests, which look at once. */
  folded(): Promise<void>;
  /** Takes over what other replicas, or this one before it ended, left to be folded. @returns what ends it. */
  sweep(): () => Promise<void>;
}

const jobHandlers: readonly JobHandler[] = [
  refreshInsightHandler,
  closeSessionHandler,
  compactRecordingHandler,
  trainDictionaryHandler,
  settleVisitorHandler,
  refreshContactHandler,
  forgetVisitorHandler,
  countSiteHandler,
  rollMonthHandler,
  keepRawEventsHandler,
  syncCrmHandler,
  pushContactsHandler,
  pushSessionHandler,
  deliverAlertHandler,
];

export function createCore(platform: Platform): Core {
  const ingest = createIngest(platform);
  const readiness = createReadiness();
  const live: Live = { hub: openLiveHub(platform), seats: openSeats() };
  return {
    web: createWeb(platform, { commits: ingest, readiness, live }),
    player: createPlayer(platform, { live }),
    handlers: jobHandlers,
    folded: () => ingest.drain(),
    sweep: () => ingest.fold.start(),
    refuseTraffic: () => {
      readiness.drain();
      // Who looks on goes on looking with another replica.
      void live.hub.close();
    },
    drain: async () => {
      await live.hub.close();
      await ingest.drain();
    },
  };
}

interface Shared {
  readonly commits: GroupCommit<Batch>;
  readonly readiness: Readiness;
  readonly live: Live;
}

function createWeb(platform: Platform, { commits, readiness, live }: Shared): RequestListener {
  const router = new Router();
  addHealthRoutes(router, platform, readiness);
  addIngestRoutes(router, platform, commits);
  addDeadLetterRoutes(router, platform, commits);
  addInboxRoutes(router, platform);
  addWorkspaceRoutes(router, platform);
  addContactRoutes(router, platform);
  addVisitorRoutes(router, platform);
  addSessionRoutes(router, platform);
  addLiveRoutes(router, platform, live);
  addReportRoutes(router, platform);
  addRetentionRoutes(router, platform);
  addConnectionRoutes(router, platform);
  addRestRoutes(router, platform);
  router.all('/v1/{*path}', answerMissing);
  addBrowserRoutes(router, platform);
  return createApp(platform).use(nameRequest).use(router.routes()).callback();
}

function createPlayer(platform: Platform, { live }: Pick<Shared, 'live'>): RequestListener {
  const router = new Router();
  addPlayerRoutes(router, platform);
  addFollowRoute(router, platform, live);
  return createApp(platform).use(router.routes()).use(answerMissing).callback();
}
