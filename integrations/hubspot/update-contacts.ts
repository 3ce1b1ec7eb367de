import { z } from 'zod';
import type { Grant, RowResult } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { hubspotPaths } from './api-version.ts';
import { call } from './call.ts';
import { errorContext, refusalOf } from './failure.ts';
import type { ContactPropertyName } from './properties.ts';
import type { HubspotSettings } from './send.ts';

/** HubSpot's own limit of a batch. */
export const BATCH_SIZE = 100;

export interface ContactUpdate {
  readonly recordId: string;
  readonly properties: Readonly<Partial<Record<ContactPropertyName, string>>>;
}

const batchAnswer = z.object({
  results: z.array(z.object({ id: z.coerce.string(), objectWriteTraceId: z.string().optional() })),
  errors: z.array(z.object({ category: z.string().catch(''), message: z.string().catch(''), context: errorContext.catch({}) })).catch([]),
});
type BatchAnswer = z.infer<typeof batchAnswer>;

/** Writes our own properties, by record id, and answers for each update. A record that is updated twice keeps the later one. */
export async function updateContacts(settings: HubspotSettings, grant: Grant, updates: readonly ContactUpdate[]): Promise<RowResult[]> {
  // HubSpot refuses a batch that names a record twice.
  const byRecord = new Map(updates.map((update) => [update.recordId, update]));
  const unique = [...byRecord.values()];
  const results = new Map<string, RowResult>();
  for (let start = 0; start < unique.length; start += BATCH_SIZE) {
    for (const result of await updateBatch(settings, grant, unique.slice(start, start + BATCH_SIZE))) results.set(result.recordId, result);
  }
  return updates.map(({ recordId }) => results.get(recordId) ?? unanswered(recordId));
}

/**
 * A batch is refused as a whole for one bad row (an admin's rule, an id that is no number), so halves are tried until the bad row is
 * alone. What refuses every row alike is not tried again, row by row.
 */
async function updateBatch(settings: HubspotSettings, grant: Grant, batch: readonly ContactUpdate[]): Promise<RowResult[]> {
  try {
    return resultsOf(batch, await sendBatch(settings, grant, batch));
  } catch (error) {
    if (!(error instanceof Failure) || !mayBeOneRow(error)) throw error;
    const [only] = batch;
    if (batch.length === 1 && only) return [{ ok: false, recordId: only.recordId, code: error.code, message: error.message }];
    const middle = Math.ceil(batch.length / 2);
    const first = await updateBatch(settings, grant, batch.slice(0, middle));
    return [...first, ...(await updateBatch(settings, grant, batch.slice(middle)))];
  }
}

function mayBeOneRow({ code }: Failure): boolean {
  return code === 'hubspot-refused' || code === 'hubspot-not-found' || code === 'hubspot-conflict';
}

/** `objectWriteTraceId` makes HubSpot answer 207 row by row, and names the row in the answer. */
function sendBatch(settings: HubspotSettings, { accessToken }: Grant, batch: readonly ContactUpdate[]): Promise<BatchAnswer> {
  const inputs = batch.map(({ recordId, properties }) => ({ id: recordId, properties, objectWriteTraceId: recordId }));
  const path = `${hubspotPaths.contacts}/batch/update`;
  return call(settings, { method: 'POST', path, accessToken, json: { inputs } }, batchAnswer);
}

function resultsOf(batch: readonly ContactUpdate[], answer: BatchAnswer): RowResult[] {
  // A merged record answers under the id of the record that survived, so without errors the count decides.
  if (answer.errors.length === 0 && answer.results.length >= batch.length) return batch.map(({ recordId }) => ({ ok: true, recordId }));
  const written = new Set(answer.results.map((row) => row.objectWriteTraceId ?? row.id));
  return batch.map(({ recordId }) => (written.has(recordId) ? { ok: true, recordId } : refusedRow(recordId, answer)));
}

function refusedRow(recordId: string, { errors }: BatchAnswer): RowResult {
  const own = errors.find(({ context }) => Object.values(context).some((values) => values.includes(recordId)));
  return own === undefined ? unanswered(recordId) : { ok: false, recordId, ...refusalOf(own) };
}

function unanswered(recordId: string): RowResult {
  return { ok: false, recordId, code: 'hubspot-row-unanswered', message: 'HubSpot did not say what became of this record.' };
}
