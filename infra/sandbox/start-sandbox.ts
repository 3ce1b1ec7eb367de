import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import Router from '@koa/router';
import Koa from 'koa';
import { controlRoutes } from './control/control-routes.ts';
import { guard } from './http/guard.ts';
import { serveHubSpot } from './hubspot/call-hubspot.ts';
import { hubspotRoutes } from './hubspot/hubspot-routes.ts';
import { serveHubSpotTokens } from './hubspot/token-routes.ts';
import { serveUnknownPaths } from './hubspot/unknown-path.ts';
import type { SandboxOptions } from './options.ts';
import { assetRoutes } from './pages/asset-routes.ts';
import { consentRoutes } from './pages/consent-routes.ts';
import { pageRoutes } from './pages/page-routes.ts';
import { slackPageRoutes } from './pages/slack-routes.ts';
import type { Sandbox } from './sandbox.ts';
import { fillState } from './seed/fill-state.ts';
import { serveSlackAccess } from './slack/access.ts';
import { serveSlack } from './slack/call-slack.ts';
import { slackMethods } from './slack/slack-methods.ts';
import { openState } from './state/open-state.ts';

export interface RunningSandbox {
  /** `http://localhost:PORT`, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a HubSpot account and a Slack workspace on this machine: what our connectors use of both, on one origin. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const state = openState(options.dataFile, fillState);
  let url = '';
  const sandbox: Sandbox = {
    options,
    state,
    now: options.now ?? (() => new Date()),
    url: () => url,
    log: options.log ?? (() => undefined),
  };
  const server = createServer(createApp(sandbox).callback());
  server.listen(options.port, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  url = `http://localhost:${portOf(server)}`;
  return {
    url,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      state.close();
    },
  };
}

function createApp(sandbox: Sandbox): Koa {
  const app = new Koa();
  app.on('error', (error: Error) => sandbox.log(`sandbox: ${error.stack ?? error.message}`));
  app.use(guard(sandbox));
  const api = new Router();
  serveHubSpotTokens(api, sandbox);
  serveHubSpot(api, sandbox, hubspotRoutes);
  serveSlackAccess(api, sandbox);
  serveSlack(api, sandbox, slackMethods);
  serveUnknownPaths(api, sandbox);
  for (const router of [
    api,
    consentRoutes(sandbox),
    pageRoutes(sandbox),
    slackPageRoutes(sandbox),
    controlRoutes(sandbox),
    assetRoutes(),
  ]) {
    app.use(router.routes());
  }
  return app;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sandbox does not listen on a port');
  return address.port;
}
