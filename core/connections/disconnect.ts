/** Ends a connection: gives the grant back, forgets the tokens, and drops what was still to be sent. */
import { Failure } from '#contract/failure.ts';
import { Job } from '../jobs/job.ts';
import type { Platform } from '../platform.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { logDelivery } from './delivery-log.ts';
import { unsealTokens } from './keep-tokens.ts';

export async function disconnect(platform: Platform, connection: ConnectionDocument): Promise<void> {
  const { workspaceId, _id, provider } = connection;
  const connector = platform.connectors.get(provider);
  const tokens = await unsealTokens(platform, connection);
  await Connection.updateOne(
    { workspaceId, _id },
    {
      $set: { state: 'disconnected', problem: null, sync: null, channel: null, refreshToken: null, expiresAt: null },
      $unset: { accessToken: 1 },
      $inc: { tokenVersion: 1 },
    },
  );
  await Job.deleteMany({ workspaceId, group: _id });
  await connector?.oauth?.revoke(tokens).catch((error: unknown) => {
    // Here the connection is over in any case; the vendor's side can be ended by hand.
    if (!(error instanceof Failure)) throw error;
    platform.log.warn({ workspaceId, connectionId: _id, code: error.code }, 'the provider did not take the grant back');
  });
  await logDelivery(platform, connection, { text: `Disconnected ${connector?.title ?? provider}`, contactId: null });
}
