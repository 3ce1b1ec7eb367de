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
import { addBrowserRoutes } from './http/serve-browser-code.ts';
import type { Batch } from './ingest/batch.ts';
import { createGroupCommit, type GroupCommit } from './ingest/group-commit.ts';
import { addIngestRoutes } from './ingest/routes.ts';
import { writeBatches } from './ingest/write-batches.ts';
import { forgetVisitorHandler } from './insights/forget-visitor.ts';
import { refreshContactHandler } from './insights/refresh-contact.ts';
import { refreshInsightHandler } from './insights/refresh-insight.ts';
import { settleVisitorHandler } from './insights/settle-visitor.ts';
import type { JobHandler } from './jobs/define-job.ts';
import type { Platform } from './platform.ts';
import { closeSessionHandler } from './sessions/close-session.ts';
import { addPlayerRoutes } from './sessions/player-routes.ts';
import { addSessionRoutes } from './sessions/routes.ts';
import { addWorkspaceRoutes } from './workspaces/routes.ts';

export interface Core {
  /** The API, the snippet and the web app. */
  readonly web: RequestListener;
  /** The replay player's own origin. */
  readonly player: RequestListener;
  readonly handlers: readonly JobHandler[];
  /** Resolves when every batch that was taken is written. */
  drain(): Promise<void>;
}

const jobHandlers: readonly JobHandler[] = [
  refreshInsightHandler,
  closeSessionHandler,
  settleVisitorHandler,
  refreshContactHandler,
  forgetVisitorHandler,
  syncCrmHandler,
  pushContactsHandler,
  pushSessionHandler,
  deliverAlertHandler,
];

export function createCore(platform: Platform): Core {
  const commits = createGroupCommit<Batch>((batches) => writeBatches(platform, batches));
  return { web: createWeb(platform, commits), player: createPlayer(platform), handlers: jobHandlers, drain: () => commits.drain() };
}

function createWeb(platform: Platform, commits: GroupCommit<Batch>): RequestListener {
  const router = new Router();
  router.get('/healthz', (ctx) => {
    ctx.body = { ok: true };
  });
  router.get('/readyz', async (ctx) => {
    await platform.store.connection.db?.admin().ping();
    ctx.body = { ok: true };
  });
  addIngestRoutes(router, platform, commits);
  addInboxRoutes(router, platform);
  addWorkspaceRoutes(router, platform);
  addContactRoutes(router, platform);
  addVisitorRoutes(router, platform);
  addSessionRoutes(router, platform);
  addConnectionRoutes(router, platform);
  router.all('/v1/{*path}', answerMissing);
  addBrowserRoutes(router, platform);
  return createApp(platform).use(router.routes()).callback();
}

function createPlayer(platform: Platform): RequestListener {
  const router = new Router();
  addPlayerRoutes(router, platform);
  return createApp(platform).use(router.routes()).use(answerMissing).callback();
}
