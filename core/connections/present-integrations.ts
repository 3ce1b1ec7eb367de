/** What the settings page shows of each integration. */

import type { Connector } from '#contract/connector.ts';
import type { Integration } from '#contract/integrations.ts';
import { Job } from '../jobs/job.ts';
import type { Platform } from '../platform.ts';
import { Site } from '../workspaces/site.ts';
import { Connection, type ConnectionDocument } from './connection.ts';

export async function presentIntegrations(platform: Platform, workspaceId: string): Promise<Integration[]> {
  const connections = await Connection.find({ workspaceId, state: { $ne: 'disconnected' } })
    .sort({ connectedAt: -1 })
    .lean();
  const site = await Site.findOne({ workspaceId }).sort({ createdAt: 1 }).lean();
  const origin = site?.origins[0] ?? '';
  const now = platform.clock.now();
  const integrations: Integration[] = [];
  for (const connector of platform.connectors.values()) {
    if (connector.crm === undefined && connector.alerts === undefined) continue;
    const connection = connections.find((candidate) => candidate.provider === connector.id);
    const kind = connector.crm === undefined ? 'alerts' : 'crm';
    integrations.push({
      provider: connector.id,
      title: connector.title,
      kind,
      connection: connection === undefined ? null : await presentConnection(connector, connection, { origin, now }),
    });
  }
  return integrations;
}

async function presentConnection(
  connector: Connector,
  connection: ConnectionDocument,
  { origin, now }: { readonly origin: string; readonly now: Date },
): Promise<NonNullable<Integration['connection']>> {
  const { workspaceId, _id, sync } = connection;
  const mergeTag = connector.crm?.mergeTag ?? null;
  return {
    id: _id,
    state: connection.state,
    accountName: connection.account.name,
    accountUrl: connection.account.url,
    connectedAt: connection.connectedAt.toISOString(),
    problem: connection.problem,
    sync: sync === null ? null : { state: sync.state, imported: sync.imported, linkTokensWritten: sync.linkTokensWritten },
    mergeTag,
    // By hand: a URL parser would percent-encode the braces, and the CRM would not fill them in.
    mergeTagLink: mergeTag === null || origin === '' ? null : `${origin}/?ll=${mergeTag}`,
    channel: connection.channel === null ? null : { id: connection.channel.id, name: connection.channel.name },
    pendingDeliveries: await Job.countDocuments({ workspaceId, group: _id, state: { $in: ['ready', 'parked'] }, dueAt: { $lte: now } }),
  };
}
