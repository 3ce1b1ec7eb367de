/** How long a workspace keeps what it collects. */
import type Router from '@koa/router';
import { retention } from '#contract/retention.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import { Workspace } from '../workspaces/workspace.ts';
import { keepDelayMs, keepRawEvents } from './retention-jobs.ts';

const longestDays = 30;

export function addRetentionRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const own = { path: '/v1/workspace/retention', tag: 'workspace', query: noQuery, answer: retention } as const;

  const read = { method: 'get', name: 'readRetention', summary: 'Read how long raw events are kept' } as const;
  api.route({ ...own, ...read, needs: { scope: 'workspace:read' }, body: nothing }, async ({ caller: { workspaceId } }) => {
    const workspace = await Workspace.findOne({ workspaceId }).lean();
    return { rawEventDays: workspace?.rawEventDays ?? longestDays };
  });

  const change = { method: 'put', name: 'changeRetention', summary: 'Say how long raw events are kept' } as const;
  const about = 'What is stored already follows within minutes. Sessions, replays, scores and reports do not need raw events.';
  api.route({ ...own, ...change, about, needs: { scope: 'workspace:write' }, body: retention }, async ({ caller, body }) => {
    await changeRetention(platform, caller.workspaceId, body.rawEventDays);
    await noteAccess(platform, caller, { action: `retention.changed: raw events ${body.rawEventDays} days`, subject: caller.workspaceId });
    return body;
  });
}

async function changeRetention(platform: Platform, workspaceId: string, rawEventDays: number): Promise<void> {
  await platform.store.inTransaction(async (session) => {
    await Workspace.updateOne({ workspaceId, _id: workspaceId }, { $set: { rawEventDays } }, { session });
    const wish = { workspaceId, key: workspaceId, payload: { after: null }, delayMs: keepDelayMs };
    await enqueue(platform, keepRawEvents, { ...wish, session });
  });
}
