/** Makes one timeline entry per session that counts, and finishes it when the session ends. */
import { Failure } from '#contract/failure.ts';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { contactName } from '../contacts/new-contact.ts';
import { type ClaimedJob, handleJob } from '../jobs/define-job.ts';
import type { Platform } from '../platform.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { sessionSnapshot } from './build-snapshots.ts';
import { pushSession } from './delivery-jobs.ts';
import { logDelivery } from './delivery-log.ts';
import { hashOf, SentRecord, sentRecordId } from './sent-record.ts';
import { type Connected, type OpenConnection, useConnection } from './use-connection.ts';

type PushJob = ClaimedJob<{ readonly connectionId: string; readonly sessionId: string }>;

export const pushSessionHandler = handleJob(pushSession, async (platform, job) => {
  const { workspaceId, payload } = job;
  const session = await Session.findOne({ workspaceId, _id: payload.sessionId }).lean();
  const contact = session === null ? null : await Contact.findOne({ workspaceId, _id: session.contactId }).lean();
  const record = contact?.crm.find((entry) => entry.connectionId === payload.connectionId);
  if (session === null || contact === null || record === undefined) return;
  const onFailure = (connected: Connected, error: unknown) => noteRefusal(platform, connected, { contact, error });
  const refused = await useConnection(platform, { workspaceId, connectionId: payload.connectionId, onFailure }, (open) =>
    pushEntry(platform, open, { job, session, contact, recordId: record.recordId }),
  );
  if (refused !== null) throw refused;
});

interface Entry {
  readonly job: PushJob;
  readonly session: SessionDocument;
  readonly contact: ContactDocument;
  readonly recordId: string;
}

/** @returns why this entry was refused, or null when the timeline is as it should be. */
async function pushEntry(platform: Platform, open: OpenConnection, { job, session, contact, recordId }: Entry): Promise<Failure | null> {
  const { workspaceId, _id: connectionId } = open.connection;
  const key = { workspaceId, _id: sentRecordId(connectionId, session._id) };
  const sent = await SentRecord.findOne(key).lean();
  const isOver = session.endedAt !== null;
  // In between it stays as it is: a timeline is not a page counter.
  if (sent !== null && sent.entryId !== null && !isOver) return null;
  const snapshot = sessionSnapshot(platform.config, {
    session,
    contact,
    recordId,
    entryId: sent?.entryId ?? null,
    mayExist: sent !== null && sent.triedAt !== null,
  });
  const hash = hashOf({ ...snapshot, entryId: null, mayExist: null });
  if (sent?.hash === hash) return null;
  await job.assertMine();
  await SentRecord.updateOne(key, { $set: { connectionId }, $min: { triedAt: platform.clock.now() } }, { upsert: true });
  return deliver(platform, open, {
    snapshot,
    contact,
    save: (entryId) => SentRecord.updateOne(key, { $set: { entryId, hash, final: isOver } }),
  });
}

interface EntryDelivery {
  readonly snapshot: ReturnType<typeof sessionSnapshot>;
  readonly contact: ContactDocument;
  save(entryId: string): Promise<unknown>;
}

/** A refusal of this one entry is told on its own: it says nothing about the connection. */
async function deliver(platform: Platform, open: OpenConnection, { snapshot, contact, save }: EntryDelivery): Promise<Failure | null> {
  const { connection, connector, grant } = open;
  const [result] = (await connector.crm?.pushSessions(grant, [snapshot])) ?? [];
  if (result?.ok === true) {
    await save(result.entryId);
    const deed = snapshot.entryId === null ? 'Added' : 'Finished';
    const text = `${deed} ${contactName(contact)}'s visit on the ${connector.title} timeline`;
    await logDelivery(platform, connection, { text, contactId: contact._id });
    return null;
  }
  const error = new Failure('vendorRefused', result?.message ?? `${connector.title} did not say what became of this entry.`, {
    code: result?.code ?? 'no-result',
  });
  await noteRefusal(platform, open, { contact, error });
  return error;
}

async function noteRefusal(
  platform: Platform,
  { connection, connector }: Connected,
  { contact, error }: { readonly contact: ContactDocument; readonly error: unknown },
): Promise<void> {
  const text = `Could not put ${contactName(contact)}'s visit on the ${connector.title} timeline`;
  await logDelivery(platform, connection, { text, contactId: contact._id, error });
}
