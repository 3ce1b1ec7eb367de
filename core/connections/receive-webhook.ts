/** Where vendors call us: hands the raw request to the connector, which verifies it, and takes what it says durably. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { Schema } from 'mongoose';
import type { InboxEvent, SignedRequest } from '#contract/connector.ts';
import { readBody } from '../http/read-body.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { missing } from '../workspaces/require-member.ts';
import { Alert, type AlertDocument, alertId } from './alert.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { aboutRecord, deliverAlert } from './delivery-jobs.ts';

interface ReceivedDocument extends Owned {
  receivedAt: Date;
}

const receivedSchema = new Schema<ReceivedDocument>(
  { ...ownedFields, receivedAt: { type: Date, required: true } },
  ownedOptions('receivedEvents'),
);
receivedSchema.index({ receivedAt: 1 }, { expireAfterSeconds: 7 * 24 * 3600 });
/** Vendor events that were taken already: vendors repeat what we were slow to answer. */
const Received = defineModel<ReceivedDocument>('Received', receivedSchema);

const limits = { wireBytes: 4 * 1024 * 1024, plainBytes: 4 * 1024 * 1024 };

export function addInboxRoutes(router: Router, platform: Platform): void {
  router.post('/v1/inbox/:provider', async (ctx) => {
    const connector = platform.connectors.get(ctx.params.provider ?? '');
    if (connector?.inbox === undefined) throw missing('integration');
    const reply = await connector.inbox.receive(await signedRequest(platform, ctx), {
      accept: (event, eventKey) => accept(platform, { provider: connector.id, event, eventKey }),
    });
    ctx.status = reply.status;
    ctx.set(reply.headers);
    ctx.body = reply.body;
  });
}

/** The address is our public one: `Host` and `X-Forwarded-*` are the caller's words. */
async function signedRequest(platform: Platform, ctx: Context): Promise<SignedRequest> {
  const headers = Object.fromEntries(
    Object.entries(ctx.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return { method: ctx.method, url: `${platform.config.publicUrl}${ctx.req.url ?? ''}`, headers, rawBody: await readBody(ctx, limits) };
}

interface Arrival {
  readonly provider: string;
  readonly event: InboxEvent;
  readonly eventKey: string;
}

async function accept(platform: Platform, { provider, event, eventKey }: Arrival): Promise<void> {
  const connections = await Connection.find({ provider, 'account.id': event.accountId }).setOptions(acrossWorkspaces).lean();
  for (const connection of connections) await takeOnce(platform, { connection, event, _id: `${provider}:${connection._id}:${eventKey}` });
}

async function takeOnce(
  platform: Platform,
  { connection, event, _id }: { connection: ConnectionDocument; event: InboxEvent; _id: string },
): Promise<void> {
  const { workspaceId } = connection;
  await platform.store.inTransaction(async (session) => {
    const first = await Received.updateOne(
      { workspaceId, _id },
      { $setOnInsert: { receivedAt: platform.clock.now() } },
      { upsert: true, session },
    );
    if (first.upsertedCount === 0) return;
    if (event.kind === 'grant.revoked') {
      const problem = 'The app was removed at the provider. Connect it again.';
      await Connection.updateOne(
        { workspaceId, _id: connection._id, state: 'active' },
        { $set: { state: 'needs_reauth', problem } },
        { session },
      );
      return;
    }
    const { sessionId } = event;
    const connectionId = connection._id;
    const { matchedCount } = await Alert.updateOne(
      { workspaceId, _id: alertId(connectionId, sessionId) },
      { $set: whatWasDone(platform, event) },
      { session },
    );
    if (matchedCount > 0)
      await enqueue(platform, deliverAlert, { ...aboutRecord(workspaceId, { connectionId, sessionId }, sessionId), session });
  });
}

function whatWasDone(platform: Platform, event: Exclude<InboxEvent, { kind: 'grant.revoked' }>): Partial<AlertDocument> {
  switch (event.kind) {
    case 'alert.claimed':
      return { claimedBy: event.by };
    case 'alert.snoozed':
      return { snoozedUntil: new Date(platform.clock.now().getTime() + event.forMs) };
    case 'alert.notUseful':
      return { notUseful: true };
  }
}
