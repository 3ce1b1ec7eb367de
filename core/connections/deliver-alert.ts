/** Posts one message about a session and edits it as the visit goes on. */
import { Contact } from '../contacts/contact.ts';
import { contactName } from '../contacts/new-contact.ts';
import { type ClaimedJob, handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { liveUntil, Session } from '../sessions/session.ts';
import { Alert, type AlertDocument, alertId, editableInMs } from './alert.ts';
import { alertSnapshot } from './build-snapshots.ts';
import { aboutRecord, deliverAlert } from './delivery-jobs.ts';
import { logDelivery } from './delivery-log.ts';
import { hashOf } from './sent-record.ts';
import { type Connected, type OpenConnection, useConnection } from './use-connection.ts';

type AlertJob = ClaimedJob<{ readonly connectionId: string; readonly sessionId: string }>;

export const deliverAlertHandler = handleJob(deliverAlert, async (platform, job) => {
  const { workspaceId, payload } = job;
  const alert = await Alert.findOne({ workspaceId, _id: alertId(payload.connectionId, payload.sessionId) }).lean();
  if (alert === null) return;
  if (alert.ref === null && (await isSnoozed(platform, alert))) return;
  if (await waitForTurn(platform, alert)) return;
  const onFailure = (connected: Connected, error: unknown) => noteFailure(platform, connected, { alert, error });
  await useConnection(platform, { workspaceId, connectionId: payload.connectionId, onFailure }, (open) =>
    send(platform, open, { job, alert }),
  );
});

/** Somebody asked to hear nothing of this contact for a while. */
async function isSnoozed(platform: Platform, alert: AlertDocument): Promise<boolean> {
  const { workspaceId, connectionId, contactId } = alert;
  return (await Alert.exists({ workspaceId, connectionId, contactId, snoozedUntil: { $gt: platform.clock.now() } })) !== null;
}

/** True when the last edit was too recent: the job was asked for again, for later. */
async function waitForTurn(platform: Platform, alert: AlertDocument): Promise<boolean> {
  const waitMs = editableInMs(alert, platform.clock.now());
  if (waitMs === 0) return false;
  await askLater(platform, alert, waitMs);
  return true;
}

async function askLater(platform: Platform, { workspaceId, connectionId, sessionId }: AlertDocument, delayMs: number): Promise<void> {
  const request = aboutRecord(workspaceId, { connectionId, sessionId }, sessionId);
  await platform.store.inTransaction((session) => enqueue(platform, deliverAlert, { ...request, delayMs, session }));
}

async function send(platform: Platform, open: OpenConnection, { job, alert }: { job: AlertJob; alert: AlertDocument }): Promise<void> {
  const { workspaceId } = alert;
  const session = await Session.findOne({ workspaceId, _id: alert.sessionId }).lean();
  const contact = await Contact.findOne({ workspaceId, _id: alert.contactId }).lean();
  if (session === null || contact === null) return;
  const crmTitle = platform.connectors.get(contact.crm[0]?.provider ?? '')?.title ?? null;
  const snapshot = alertSnapshot(platform.config, { alert, session, contact, crmTitle, now: platform.clock.now() });
  const hash = hashOf({ ...snapshot, lastSeenAt: null });
  // A visitor who falls silent tells nobody: look again when "live" is no longer true.
  if (snapshot.live) await askLater(platform, alert, liveUntil(session).getTime() - platform.clock.now().getTime());
  if (alert.hash === hash) return;
  await job.assertMine();
  await postOrEdit(platform, open, { alert, hash, snapshot, name: contactName(contact) });
}

interface Message {
  readonly alert: AlertDocument;
  readonly hash: string;
  readonly snapshot: ReturnType<typeof alertSnapshot>;
  readonly name: string;
}

async function postOrEdit(platform: Platform, open: OpenConnection, message: Message): Promise<void> {
  const { connection, connector } = open;
  const { alert, hash, name } = message;
  const isNew = alert.ref === null;
  // What is not posted yet goes where people want it now: the channel may have been chosen anew because the old one is gone.
  const channelId = (isNew ? connection.channel?.id : null) ?? alert.channelId;
  const ref = alert.ref === null ? await post(platform, open, { ...message, channelId }) : await edit(open, message, alert.ref);
  const { workspaceId, _id, contactId } = alert;
  await Alert.updateOne({ workspaceId, _id }, { $set: { ref, hash, channelId, sentAt: platform.clock.now() } });
  const deed = isNew ? `Announced ${name}` : `Updated the message about ${name}`;
  const channel = connection.channel?.id === channelId ? connection.channel.name : channelId;
  await logDelivery(platform, connection, { text: `${deed} in ${connector.title} (${channel})`, contactId });
}

/** The intent is written down first: after a crash we look whether the message arrived before we post another. */
async function post(
  platform: Platform,
  { connector, grant }: OpenConnection,
  { alert, snapshot, channelId }: Message & { readonly channelId: string },
): Promise<string | null> {
  const { workspaceId, _id, triedAt } = alert;
  if (triedAt === null) await Alert.updateOne({ workspaceId, _id }, { $set: { triedAt: platform.clock.now() } });
  return (await connector.alerts?.announce(grant, { channelId, alert: snapshot, mayExist: triedAt !== null, triedSince: triedAt })) ?? null;
}

async function edit({ connector, grant }: OpenConnection, { snapshot }: Message, ref: string): Promise<string> {
  await connector.alerts?.update(grant, { ref, alert: snapshot });
  return ref;
}

async function noteFailure(
  platform: Platform,
  { connection, connector }: Connected,
  { alert, error }: { readonly alert: AlertDocument; readonly error: unknown },
): Promise<void> {
  const { workspaceId, contactId } = alert;
  const contact = await Contact.findOne({ workspaceId, _id: contactId }).lean();
  const name = contact === null ? 'a contact' : contactName(contact);
  const deed = alert.ref === null ? `announce ${name}` : `update the message about ${name}`;
  await logDelivery(platform, connection, { text: `Could not ${deed} in ${connector.title}`, contactId, error });
}
