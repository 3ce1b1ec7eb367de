/** Brings the newest state of contacts to their CRM records, many in one call. */
import type { CrmAbility, RowResult } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import type { ContactSnapshot } from '#contract/snapshot.ts';
import { Contact } from '../contacts/contact.ts';
import { contactName } from '../contacts/new-contact.ts';
import { type ClaimedJob, handleJobs, type JobOutcome } from '../jobs/define-job.ts';
import type { Platform } from '../platform.ts';
import { contactSnapshot } from './build-snapshots.ts';
import { pushContact } from './delivery-jobs.ts';
import { logDelivery } from './delivery-log.ts';
import { inBatches } from './in-batches.ts';
import { hashOf, SentRecord, sentRecordId } from './sent-record.ts';
import { type Connected, type OpenConnection, useConnection } from './use-connection.ts';

type PushJob = ClaimedJob<{ readonly connectionId: string; readonly contactId: string }>;

interface Row {
  readonly job: PushJob;
  readonly name: string;
  readonly snapshot: ContactSnapshot;
  readonly hash: string;
}

/** Jobs that are not in it had nothing to send. */
type Outcomes = Map<PushJob, JobOutcome>;

const done: JobOutcome = { ok: true };

export const pushContactsHandler = handleJobs(pushContact, 100, async (platform, jobs) => {
  const rows = await changedRows(platform, jobs);
  const [first] = rows;
  if (first === undefined) return jobs.map(() => done);
  const { workspaceId, payload } = first.job;
  const outcomes: Outcomes = new Map();
  const onFailure = async ({ connection, connector }: Connected, error: unknown) => {
    for (const { name, snapshot } of unsettled(rows, outcomes))
      await logDelivery(platform, connection, {
        text: `Could not update ${name} in ${connector.title}`,
        contactId: snapshot.contactId,
        error,
      });
  };
  await useConnection(platform, { workspaceId, connectionId: payload.connectionId, onFailure }, (open) =>
    pushAll(platform, open, { rows, outcomes }),
  );
  return jobs.map((job) => outcomes.get(job) ?? done);
});

/** Only what the CRM does not show already. All jobs are of one connection: it is their group. */
async function changedRows(platform: Platform, jobs: readonly PushJob[]): Promise<Row[]> {
  const { workspaceId = '', payload: { connectionId } = { connectionId: '' } } = jobs[0] ?? {};
  const contacts = await Contact.find({ workspaceId, _id: { $in: jobs.map((job) => job.payload.contactId) } }).lean();
  const sent = await SentRecord.find({
    workspaceId,
    _id: { $in: contacts.map((contact) => sentRecordId(connectionId, contact._id)) },
  }).lean();
  const hashes = new Map(sent.map((record) => [record._id, record.hash]));
  return contacts.flatMap((contact) => {
    const job = jobs.find((candidate) => candidate.payload.contactId === contact._id);
    const record = contact.crm.find((entry) => entry.connectionId === connectionId);
    if (job === undefined || record === undefined) return [];
    const snapshot = contactSnapshot(platform.config, contact, record.recordId);
    const hash = hashOf(snapshot);
    return hashes.get(sentRecordId(connectionId, contact._id)) === hash ? [] : [{ job, name: contactName(contact), snapshot, hash }];
  });
}

function unsettled(rows: readonly Row[], outcomes: Outcomes): Row[] {
  return rows.filter(({ job }) => !outcomes.has(job));
}

interface Push {
  readonly rows: readonly Row[];
  readonly outcomes: Outcomes;
}

async function pushAll(platform: Platform, open: OpenConnection, { rows, outcomes }: Push): Promise<void> {
  const { crm } = open.connector;
  if (crm === undefined) return;
  for (const batch of inBatches(unsettled(rows, outcomes), crm.batchSize)) {
    const results = await push(crm, open, batch);
    for (const row of batch) {
      const result = results.find((candidate) => candidate.recordId === row.snapshot.recordId);
      outcomes.set(row.job, await settleRow(platform, open, { row, result }));
    }
  }
}

async function push(crm: CrmAbility, { grant }: OpenConnection, rows: readonly Row[]): Promise<readonly RowResult[]> {
  for (const { job } of rows) await job.assertMine();
  return crm.pushContacts(
    grant,
    rows.map((row) => row.snapshot),
  );
}

async function settleRow(
  platform: Platform,
  open: OpenConnection,
  { row, result }: { row: Row; result: RowResult | undefined },
): Promise<JobOutcome> {
  const { connection, connector } = open;
  const { contactId, score, band } = row.snapshot;
  if (result?.ok === true) {
    const { workspaceId, _id: connectionId } = connection;
    const _id = sentRecordId(connectionId, contactId);
    await SentRecord.updateOne({ workspaceId, _id }, { $set: { connectionId, hash: row.hash } }, { upsert: true });
    await logDelivery(platform, connection, { text: `Updated ${row.name} in ${connector.title}: score ${score} (${band})`, contactId });
    return done;
  }
  const error = new Failure('vendorRefused', result?.message ?? `${connector.title} did not say what became of this record.`, {
    code: result?.code ?? 'no-result',
  });
  await logDelivery(platform, connection, { text: `Could not update ${row.name} in ${connector.title}`, contactId, error });
  return { ok: false, error };
}
