import type { ApiReply } from '../http/answer-call.ts';
import type { Sandbox } from '../sandbox.ts';
import type { CrmRecord } from '../state/records.ts';
import { HubSpotError, invalid } from './hubspot-error.ts';
import type { ObjectKind } from './object-kinds.ts';
import { recordBody } from './record-body.ts';
import type { PlannedWrite } from './write-record.ts';

const batchLimit = 100;

export function requireBatchSize(inputs: readonly unknown[]): void {
  if (inputs.length === 0) throw invalid('Invalid input JSON: inputs: at least one is needed');
  if (inputs.length > batchLimit) throw invalid(`The batch has ${inputs.length} inputs; at most ${batchLimit} are allowed`);
}

export interface BatchRow {
  /** With one on every row, a row that fails does not fail its neighbours. */
  readonly objectWriteTraceId?: string | undefined;
  /** As the caller named the record; absent when it is to be made. */
  readonly id?: string | undefined;
}

export interface Batch<Row extends BatchRow> {
  readonly kind: ObjectKind;
  readonly rows: readonly Row[];
  /** The status when nothing failed. */
  readonly status: 200 | 201;
  /** `id` says "unknown record"; the plan is made only when all is checked. Throws `HubSpotError`. */
  plan(row: Row): PlannedWrite | null;
  /** Beside the record in each result. */
  extras?(planned: PlannedWrite): object;
}

type Planned<Row> = { readonly row: Row; readonly planned: PlannedWrite } | { readonly row: Row; readonly error: HubSpotError | null };

/**
 * Runs a batch. Unknown records are told in a 207. Anything else wrong with a row fails the batch as a whole, before anything is
 * written, unless every row carries an `objectWriteTraceId`: then it is told in a 207 too.
 */
export function writeBatch<Row extends BatchRow>(sandbox: Sandbox, batch: Batch<Row>): ApiReply {
  requireBatchSize(batch.rows);
  requireDistinct(batch.rows);
  const startedAt = sandbox.now().toISOString();
  const traced = batch.rows.every((row) => row.objectWriteTraceId !== undefined);
  const plans = batch.rows.map((row) => planRow(batch, row));
  const fatal = plans.find((one) => 'error' in one && one.error !== null);
  if (!traced && fatal && 'error' in fatal && fatal.error) throw fatal.error;
  const results = plans.flatMap((one) => ('planned' in one ? [resultOf(batch, one)] : []));
  const errors = plans.flatMap((one) => ('error' in one ? [errorOf(batch.kind, one)] : []));
  const times = { requestedAt: startedAt, startedAt, completedAt: sandbox.now().toISOString() };
  const rows = batch.rows.length;
  if (errors.length === 0) return { status: batch.status, body: { status: 'COMPLETE', results, ...times }, rows };
  return {
    status: 207,
    body: { status: 'COMPLETE', results, numErrors: errors.length, errors, ...times },
    rows,
    error: `${errors.length} rows`,
  };
}

function planRow<Row extends BatchRow>(batch: Batch<Row>, row: Row): Planned<Row> {
  try {
    const planned = batch.plan(row);
    return planned ? { row, planned } : { row, error: null };
  } catch (error) {
    if (error instanceof HubSpotError) return { row, error };
    throw error;
  }
}

function resultOf<Row extends BatchRow>(batch: Batch<Row>, { row, planned }: { row: Row; planned: PlannedWrite }): object {
  const record: CrmRecord = planned.apply();
  const trace = row.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: row.objectWriteTraceId };
  return { ...recordBody(record, batch.kind, Object.keys(record.properties)), ...trace, ...batch.extras?.(planned) };
}

function errorOf(kind: ObjectKind, { row, error }: { row: BatchRow; error: HubSpotError | null }): object {
  const trace = row.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: [row.objectWriteTraceId] };
  if (error)
    return { status: 'error', category: error.details.category, message: error.message, context: { ...error.details.context, ...trace } };
  const message = `Could not get some ${kind.title} objects, they may be deleted or not exist. Check that ids are valid.`;
  return { status: 'error', category: 'OBJECT_NOT_FOUND', message, context: { ids: [row.id ?? ''], ...trace } };
}

function requireDistinct(rows: readonly BatchRow[]): void {
  const ids = rows.flatMap((row) => row.id ?? []);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length > 0) throw invalid(`Duplicate IDs found in batch input: [${[...new Set(twice)].join(', ')}]. IDs must be unique`);
}
