/** Makes a contact's score and insight anew from the visits that are left to it, and tells the CRMs. Nobody is alerted. */
import type { ClientSession } from 'mongoose';
import { Connection } from '../connections/connection.ts';
import { aboutRecord, pushContact } from '../connections/delivery-jobs.ts';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { refreshContact } from '../contacts/visitor-jobs.ts';
import { handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { Session } from '../sessions/session.ts';
import { buildTimeline } from './build-timeline.ts';
import { contactFields, visitsThatCount } from './contact-state.ts';
import { defaultWeights } from './intent-weights.ts';
import { scoreIntent } from './score-intent.ts';

export const refreshContactHandler = handleJob(refreshContact, async (platform, { workspaceId, payload: { contactId } }) => {
  await platform.store.inTransaction(async (transaction) => {
    const contact = await Contact.findOne({ workspaceId, _id: contactId }).session(transaction).lean();
    if (contact === null) return;
    const now = platform.clock.now();
    const timeline = buildTimeline(await visitsThatCount({ workspaceId, of: { contactId }, except: '' }, now, transaction), now);
    const score = scoreIntent(timeline, defaultWeights, now);
    const lastSeenAt = await lastSeen(contact, transaction);
    const fields = { ...contactFields(contact, { timeline, score, now }), lastSeenAt };
    await Contact.updateOne({ workspaceId, _id: contactId }, { $set: fields }, { session: transaction });
    await askPushes(platform, contact, transaction);
  });
});

async function lastSeen({ workspaceId, _id: contactId }: ContactDocument, transaction: ClientSession): Promise<Date | null> {
  const newest = await Session.findOne({ workspaceId, contactId, heldFor: null, evidence: { $ne: null } }, { lastSeenAt: 1 })
    .sort({ startedAt: -1 })
    .session(transaction)
    .lean();
  return newest?.lastSeenAt ?? null;
}

async function askPushes(platform: Platform, contact: ContactDocument, session: ClientSession): Promise<void> {
  const { workspaceId, _id: contactId, crm } = contact;
  const connections = await Connection.find({ workspaceId, state: { $ne: 'disconnected' } }, { _id: 1 })
    .session(session)
    .lean();
  for (const { _id: connectionId } of connections) {
    if (!crm.some((record) => record.connectionId === connectionId)) continue;
    await enqueue(platform, pushContact, { ...aboutRecord(workspaceId, { connectionId, contactId }, contactId), session });
  }
}
