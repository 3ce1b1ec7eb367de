/** Integrations: connect, choose a channel, disconnect, and the sync log. */
import type Router from '@koa/router';
import { z } from 'zod';
import type { Channel } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import {
  channelList,
  chooseChannel,
  connectStart,
  type Delivery as DeliveryView,
  deliveryList,
  integrationList,
} from '#contract/integrations.ts';
import { paging } from '#contract/rest.ts';
import { answerPage, readCursor } from '../http/page.ts';
import type { Platform } from '../platform.ts';
import { type Api, openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { newestRuns, readRuns } from '../store/read-runs.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { missing } from '../workspaces/require-member.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { Delivery, type DeliveryDocument } from './delivery-log.ts';
import { disconnect } from './disconnect.ts';
import { finishInstall, startInstall } from './install.ts';
import { presentIntegrations } from './present-integrations.ts';
import { useConnection } from './use-connection.ts';

const newestFirst = z.tuple([z.coerce.date(), z.string()]);
const reads = { method: 'get', tag: 'integrations', needs: { scope: 'connections:read' }, body: nothing } as const;
const writes = { tag: 'integrations', needs: { scope: 'connections:write' }, query: noQuery, answer: nothing } as const;

export function addConnectionRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const list = { path: '/v1/integrations', name: 'listIntegrations', summary: 'List what may be connected, and what is' } as const;
  api.route({ ...reads, ...list, query: noQuery, answer: integrationList }, async ({ caller: { workspaceId } }) => ({
    items: [...(await presentIntegrations(platform, workspaceId))],
    next: null,
  }));
  addInstallRoutes(api, platform);
  addChannelRoutes(api, platform);

  const deliveries = { path: '/v1/deliveries', name: 'listDeliveries', summary: 'List what was sent: the sync log, newest first' } as const;
  const query = z.strictObject(paging);
  api.route({ ...reads, ...deliveries, query, answer: deliveryList }, async ({ ctx, caller: { workspaceId }, query: { limit } }) => {
    const cursor = readCursor(ctx, newestFirst);
    const rows = await readRuns(newestRuns('at', cursor, 'down'), limit + 1, (run, most) =>
      Delivery.find({ workspaceId, ...run })
        .sort({ at: -1, _id: -1 })
        .limit(most)
        .lean<DeliveryDocument[]>(),
    );
    return answerPage(rows, limit, { present: presentDelivery, cursor: (row) => [row.at, row._id] });
  });
}

/** A person agrees on the provider's page, in a browser: no key can. */
function addInstallRoutes(api: Api, platform: Platform): void {
  const byMember = { tag: 'browser', needs: { permission: 'connections.write' }, body: nothing } as const;
  const start = { method: 'post', path: '/v1/integrations/:provider/connect', name: 'startConnect', summary: 'Begin to connect' } as const;
  api.memberRoute({ ...byMember, ...start, query: noQuery, answer: connectStart }, async ({ caller, params }) => ({
    consentUrl: await startInstall(platform, caller, params.provider ?? ''),
  }));

  const back = {
    method: 'get',
    path: '/v1/integrations/:provider/callback',
    name: 'endConnect',
    summary: 'Come back from consent',
  } as const;
  const redirect = { status: 302, query: z.looseObject({}), answer: nothing, media: [] } as const;
  api.memberRoute({ ...byMember, ...back, ...redirect }, async ({ ctx, caller, params }) => {
    const provider = params.provider ?? '';
    const outcome = await comeBack(platform, caller, { provider, query: new URLSearchParams(ctx.querystring) });
    ctx.redirect(`${platform.config.publicUrl}/settings/integrations?${outcome.toString()}`);
    return undefined;
  });
}

function addChannelRoutes(api: Api, platform: Platform): void {
  const channels = { path: '/v1/connections/:id/channels', name: 'listChannels', summary: 'List channels for alerts' } as const;
  api.route({ ...reads, ...channels, query: noQuery, answer: channelList }, async ({ caller, params }) => ({
    items: [...(await channelsOf(platform, await findConnection(caller, params.id)))],
    next: null,
  }));

  const choose = { method: 'put', path: '/v1/connections/:id/channel', name: 'chooseChannel', summary: 'Choose where alerts go' } as const;
  api.route({ ...writes, ...choose, body: chooseChannel }, async ({ caller, params, body: { channelId } }) => {
    const connection = await findConnection(caller, params.id);
    const channel = (await channelsOf(platform, connection)).find((candidate) => candidate.id === channelId);
    if (channel === undefined) throw missing('channel');
    await Connection.updateOne({ workspaceId: caller.workspaceId, _id: connection._id }, { $set: { channel: { ...channel } } });
    return undefined;
  });

  const end = { method: 'delete', path: '/v1/connections/:id', name: 'disconnect', summary: 'Disconnect' } as const;
  api.route({ ...writes, ...end, body: nothing }, async ({ caller, params }) => {
    await disconnect(platform, await findConnection(caller, params.id));
    return undefined;
  });
}

interface Comeback {
  readonly provider: string;
  readonly query: URLSearchParams;
}

/** The person is in a browser here: whatever happens, they end on our page and read what it was. */
async function comeBack(platform: Platform, member: MemberDocument, { provider, query }: Comeback): Promise<URLSearchParams> {
  const refused = query.get('error');
  if (refused !== null) {
    const reason = refused === 'access_denied' ? 'You did not agree on the consent page.' : 'The provider refused the connection.';
    return new URLSearchParams({ failed: provider, reason });
  }
  try {
    await finishInstall(platform, member, { provider, state: query.get('state') ?? '', code: query.get('code') ?? '' });
    return new URLSearchParams({ connected: provider });
  } catch (error) {
    if (!(error instanceof Failure)) platform.log.error({ err: error, provider }, 'connecting failed unexpectedly');
    const reason = error instanceof Failure ? error.message : 'Something went wrong on our side. It has been logged; please try again.';
    return new URLSearchParams({ failed: provider, reason });
  }
}

async function findConnection({ workspaceId }: { readonly workspaceId: string }, id: string | undefined): Promise<ConnectionDocument> {
  const connection = await Connection.findOne({ workspaceId, _id: id ?? '', state: { $ne: 'disconnected' } }).lean();
  if (connection === null) throw missing('connection');
  return connection;
}

async function channelsOf(platform: Platform, { workspaceId, _id: connectionId }: ConnectionDocument): Promise<readonly Channel[]> {
  const channels = await useConnection(
    platform,
    { workspaceId, connectionId },
    async ({ connector, grant }) => connector.alerts?.channels(grant) ?? [],
  );
  return channels ?? [];
}

function presentDelivery({ _id: id, provider, at, text, outcome, reason, contactId }: DeliveryDocument): DeliveryView {
  return { id, provider, at: at.toISOString(), text, outcome, reason, contactId };
}
