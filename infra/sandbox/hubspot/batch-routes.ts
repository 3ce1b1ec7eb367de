import { z } from 'zod';
import type { ApiReply } from '../http/answer-call.ts';
import type { Sandbox } from '../sandbox.ts';
import type { CrmRecord } from '../state/records.ts';
import type { HubSpotCall, HubSpotRoute } from './call-hubspot.ts';
import { findRecord } from './find-record.ts';
import { conflict, invalid } from './hubspot-error.ts';
import type { ObjectKind } from './object-kinds.ts';
import { removeRecord } from './object-routes.ts';
import { recordBody } from './record-body.ts';
import { requireBatchSize, writeBatch } from './write-batch.ts';
import { givenAssociations, givenValues, planCreate, planUpdate } from './write-record.ts';

const objectWriteTraceId = z.string().min(1).optional();
const id = z.coerce.string().min(1);
const idProperty = z.string().optional();

const updateBatch = z.object({ inputs: z.array(z.object({ id, idProperty, objectWriteTraceId, properties: givenValues })) });
const createBatch = z.object({
  inputs: z.array(z.object({ objectWriteTraceId, properties: givenValues, associations: givenAssociations })),
});
const readBatch = z.object({
  inputs: z.array(z.object({ id })),
  properties: z.array(z.string()).optional(),
  propertiesWithHistory: z.array(z.string()).optional(),
  idProperty,
});
const archiveBatch = z.object({ inputs: z.array(z.object({ id })) });

/** `/batch/read`, `/batch/create`, `/batch/update`, `/batch/upsert` and `/batch/archive`: at most 100 records each. */
export function batchRoutes(kind: ObjectKind): HubSpotRoute[] {
  const path = `/crm/objects/2026-09/${kind.name}/batch`;
  const { readScopes, writeScopes } = kind;
  return [
    { method: 'post', path: `${path}/read`, scopes: readScopes, run: (sandbox, call) => read(sandbox, kind, call) },
    { method: 'post', path: `${path}/create`, scopes: writeScopes, run: (sandbox, call) => create(sandbox, kind, call) },
    { method: 'post', path: `${path}/update`, scopes: writeScopes, run: (sandbox, call) => update(sandbox, kind, call) },
    { method: 'post', path: `${path}/upsert`, scopes: writeScopes, run: (sandbox, call) => upsert(sandbox, kind, call) },
    { method: 'post', path: `${path}/archive`, scopes: writeScopes, run: (sandbox, call) => archive(sandbox, kind, call) },
  ];
}

function read(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall): ApiReply {
  const batch = call.read(readBatch);
  requireBatchSize(batch.inputs);
  const found = batch.inputs.map((row) => findRecord(sandbox.state, kind, { id: row.id, idProperty: batch.idProperty }));
  const records = [...new Set(found)].filter((record): record is CrmRecord => record !== undefined);
  const results = records.map((record) => recordBody(record, kind, batch.properties ?? []));
  const missing = batch.inputs.filter((_, index) => found[index] === undefined).map((row) => row.id);
  const at = sandbox.now().toISOString();
  const body = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  const rows = batch.inputs.length;
  if (missing.length === 0) return { status: 200, body, rows };
  const message = `Could not get some ${kind.title} objects, they may be deleted or not exist. Check that ids are valid.`;
  const errors = [{ status: 'error', category: 'OBJECT_NOT_FOUND', message, context: { ids: missing } }];
  return { status: 207, body: { ...body, numErrors: errors.length, errors }, rows, error: `${missing.length} rows` };
}

function create(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall): ApiReply {
  const { inputs } = call.read(createBatch);
  const emails = inputs.flatMap((row) => row.properties.email ?? []);
  if (new Set(emails).size < emails.length) throw conflict('Two rows of the batch have the same email');
  return writeBatch(sandbox, {
    kind,
    rows: inputs,
    status: 201,
    plan: (row) => planCreate(sandbox, kind, { given: row.properties, associations: row.associations }),
  });
}

function update(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall): ApiReply {
  const { inputs } = call.read(updateBatch);
  if (inputs.some((row) => row.idProperty === 'email')) {
    throw invalid(`Unable to perform update/upsert by non-unique ${kind.typeId} property email`);
  }
  return writeBatch(sandbox, {
    kind,
    rows: inputs,
    status: 200,
    plan(row) {
      const record = findRecord(sandbox.state, kind, row);
      return record ? planUpdate(sandbox, kind, { record, given: row.properties }) : null;
    },
  });
}

function upsert(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall): ApiReply {
  const { inputs } = call.read(updateBatch);
  return writeBatch(sandbox, {
    kind,
    rows: inputs,
    status: 200,
    plan(row) {
      const record = findRecord(sandbox.state, kind, row);
      if (record) return planUpdate(sandbox, kind, { record, given: row.properties });
      if (row.idProperty === undefined || row.idProperty === 'hs_object_id') return null;
      return planCreate(sandbox, kind, { given: { [row.idProperty]: row.id, ...row.properties } });
    },
    extras: (planned) => ({ new: planned.isNew }),
  });
}

function archive(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall): ApiReply {
  const { inputs } = call.read(archiveBatch);
  requireBatchSize(inputs);
  for (const row of inputs) removeRecord(sandbox, kind, row.id);
  return { status: 204, rows: inputs.length };
}
