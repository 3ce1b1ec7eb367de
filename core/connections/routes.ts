/** Integrations: connect, choose a channel, disconnect, and the sync log. */
import type Router from '@koa/router';
import { z } from 'zod';
import { chooseChannel, type Delivery as DeliveryView } from '#contract/api.ts';
import type { Channel } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { answerPage, readCursor } from '../http/page.ts';
import { parseJson } from '../http/parse.ts';
import type { Platform } from '../platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { missing, requireMember } from '../workspaces/require-member.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { Delivery, type DeliveryDocument } from './delivery-log.ts';
import { disconnect } from './disconnect.ts';
import { finishInstall, startInstall } from './install.ts';
import { presentIntegrations } from './present-integrations.ts';
import { useConnection } from './use-connection.ts';

const deliveriesPerPage = 50;
const newestFirst = z.tuple([z.coerce.date(), z.string()]);

export function addConnectionRoutes(router: Router, platform: Platform): void {
  router.get('/v1/integrations', async (ctx) => {
    const { workspaceId } = await requireMember(platform, ctx, 'connections.read');
    ctx.body = { items: await presentIntegrations(platform, workspaceId), next: null };
  });

  router.post('/v1/integrations/:provider/connect', async (ctx) => {
    const member = await requireMember(platform, ctx, 'connections.write');
    ctx.body = { consentUrl: await startInstall(platform, member, ctx.params.provider ?? '') };
  });

  router.get('/v1/integrations/:provider/callback', async (ctx) => {
    const provider = ctx.params.provider ?? '';
    const member = await requireMember(platform, ctx, 'connections.write');
    const outcome = await comeBack(platform, member, { provider, query: new URLSearchParams(ctx.querystring) });
    ctx.redirect(`${platform.config.publicUrl}/settings/integrations?${outcome.toString()}`);
  });

  router.get('/v1/connections/:id/channels', async (ctx) => {
    const member = await requireMember(platform, ctx, 'connections.read');
    ctx.body = { items: await channelsOf(platform, await findConnection(member, ctx.params.id)), next: null };
  });

  router.put('/v1/connections/:id/channel', async (ctx) => {
    const member = await requireMember(platform, ctx, 'connections.write');
    const { channelId } = await parseJson(ctx, chooseChannel);
    const connection = await findConnection(member, ctx.params.id);
    const channel = (await channelsOf(platform, connection)).find((candidate) => candidate.id === channelId);
    if (channel === undefined) throw missing('channel');
    await Connection.updateOne({ workspaceId: member.workspaceId, _id: connection._id }, { $set: { channel: { ...channel } } });
    ctx.status = 204;
  });

  router.delete('/v1/connections/:id', async (ctx) => {
    const member = await requireMember(platform, ctx, 'connections.write');
    await disconnect(platform, await findConnection(member, ctx.params.id));
    ctx.status = 204;
  });

  router.get('/v1/deliveries', async (ctx) => {
    const { workspaceId } = await requireMember(platform, ctx, 'connections.read');
    const cursor = readCursor(ctx, newestFirst);
    const after = cursor === null ? {} : { $or: [{ at: { $lt: cursor[0] } }, { at: cursor[0], _id: { $lt: cursor[1] } }] };
    const rows: DeliveryDocument[] = await Delivery.find({ workspaceId, ...after })
      .sort({ at: -1, _id: -1 })
      .limit(deliveriesPerPage + 1)
      .lean();
    ctx.body = answerPage(rows, deliveriesPerPage, { present: presentDelivery, cursor: (row) => [row.at, row._id] });
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

async function findConnection({ workspaceId }: MemberDocument, id: string | undefined): Promise<ConnectionDocument> {
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
