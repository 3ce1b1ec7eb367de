/** The first sync with a CRM: makes our fields, imports contacts page by page, writes their link tokens. Goes on where it stopped. */
import type { CrmAbility, CrmContact } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { handleJob } from '../jobs/define-job.ts';
import { enqueueOperation } from '../jobs/enqueue.ts';
import { Job } from '../jobs/job.ts';
import type { Platform } from '../platform.ts';
import { counted } from '../sessions/summarise-text.ts';
import { Connection, type ConnectionDocument } from './connection.ts';
import { aboutRecord, pushContact, syncCrm } from './delivery-jobs.ts';
import { logDelivery } from './delivery-log.ts';
import { importContacts, type StoredContact } from './import-contacts.ts';
import { inBatches } from './in-batches.ts';
import { SentRecord } from './sent-record.ts';
import { type OpenConnection, useConnection } from './use-connection.ts';

interface OpenCrm extends OpenConnection {
  readonly crm: CrmAbility;
}

/** @returns whether there is more to do. */
type Step = (platform: Platform, open: OpenCrm) => Promise<boolean>;

export const syncCrmHandler = handleJob(syncCrm, async (platform, { workspaceId, payload: { connectionId }, assertMine }) => {
  const place = { workspaceId, connectionId };
  for (let step: Step = prepare; await takeStep(platform, place, step); step = importPage) await assertMine();
});

/** Each step opens the grant anew, because a large import outlives a token, and reads how far the sync is. */
async function takeStep(
  platform: Platform,
  place: { readonly workspaceId: string; readonly connectionId: string },
  step: Step,
): Promise<boolean> {
  const goesOn = await useConnection(platform, place, async (open) => {
    const { crm } = open.connector;
    if (crm === undefined) return false;
    try {
      return await step(platform, { ...open, crm });
    } catch (error) {
      if (error instanceof Failure && error.kind === 'vendorRefused')
        await saveSync(open.connection, { ...(open.connection.sync ?? notBegun), state: 'failed' });
      throw error;
    }
  });
  return goesOn ?? false;
}

type Sync = NonNullable<ConnectionDocument['sync']>;

const notBegun: Sync = { state: 'waiting', cursor: null, imported: 0, linkTokensWritten: 0 };

async function prepare(platform: Platform, { connection, connector, grant, crm }: OpenCrm): Promise<boolean> {
  const { created } = await crm.prepare(grant);
  if (created.length > 0) {
    const text = `Made ${counted(created.length, 'field')} in ${connector.title}: ${created.join(', ')}`;
    await logDelivery(platform, connection, { text, contactId: null });
    await forgetSent(connection);
  }
  if (connection.sync?.state !== 'running') await saveSync(connection, { ...notBegun, state: 'running' });
  return true;
}

/** New fields are empty, whatever was sent before. */
async function forgetSent({ workspaceId, _id: connectionId }: ConnectionDocument): Promise<void> {
  await SentRecord.updateMany({ workspaceId, connectionId }, { $set: { hash: null } });
}

async function importPage(platform: Platform, open: OpenCrm): Promise<boolean> {
  const { connection, connector, grant, crm } = open;
  const before = connection.sync ?? notBegun;
  const { contacts, next } = await crm.importContacts(grant, before.cursor);
  const linkTokensWritten = before.linkTokensWritten + (await takePage(platform, open, contacts));
  const imported = before.imported + contacts.length;
  await saveSync(connection, { state: next === null ? 'done' : 'running', cursor: next, imported, linkTokensWritten });
  if (next === null) {
    const text = `Imported ${counted(imported, 'contact')} from ${connector.title} and wrote ${counted(linkTokensWritten, 'link token')}`;
    await logDelivery(platform, connection, { text, contactId: null });
  }
  return next !== null;
}

/** @returns how many link tokens were written. */
async function takePage(platform: Platform, open: OpenCrm, contacts: readonly CrmContact[]): Promise<number> {
  const stored = await importContacts(platform, open.connection, contacts);
  await askStates(platform, open.connection, stored);
  return writeLinkTokens(platform, open, stored);
}

/** Who visited before they were imported is shown in the CRM at once. */
async function askStates(platform: Platform, connection: ConnectionDocument, stored: readonly StoredContact[]): Promise<void> {
  const { workspaceId, _id: connectionId } = connection;
  const operations = stored
    .filter(({ hasVisited }) => hasVisited)
    .map(({ contactId }) => enqueueOperation(platform, pushContact, aboutRecord(workspaceId, { connectionId, contactId }, contactId)));
  if (operations.length === 0) return;
  await platform.store.inTransaction((session) => Job.bulkWrite(operations, { session }));
}

async function writeLinkTokens(platform: Platform, open: OpenCrm, stored: readonly StoredContact[]): Promise<number> {
  const { connection, connector, grant, crm } = open;
  const rows = stored.filter((row) => row.linkToken !== row.onRecord).map(({ recordId, linkToken }) => ({ recordId, linkToken }));
  let written = 0;
  for (const batch of inBatches(rows, crm.batchSize)) {
    const results = await crm.writeLinkTokens(grant, batch);
    const refused = results.filter((result) => !result.ok);
    written += results.length - refused.length;
    const [first] = refused;
    if (first === undefined) continue;
    const text = `Could not write ${counted(refused.length, 'link token')} in ${connector.title}`;
    const error = new Failure('vendorRefused', first.message, { code: first.code });
    await logDelivery(platform, connection, { text, contactId: null, error });
  }
  return written;
}

/** A connection that ended meanwhile stays as it is. */
async function saveSync({ workspaceId, _id }: ConnectionDocument, sync: Sync): Promise<void> {
  await Connection.updateOne({ workspaceId, _id, state: { $ne: 'disconnected' } }, { $set: { sync } });
}
