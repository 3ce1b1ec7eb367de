import { z } from 'zod';
import type { ApiReply } from '../http/answer-call.ts';
import type { Sandbox } from '../sandbox.ts';
import type { HubSpotCall, HubSpotRoute } from './call-hubspot.ts';
import { findRecord } from './find-record.ts';
import { invalid, notFound } from './hubspot-error.ts';
import type { ObjectKind } from './object-kinds.ts';
import { askedProperties, recordBody } from './record-body.ts';
import { givenAssociations, givenValues, planCreate, planUpdate } from './write-record.ts';

const createBody = z.object({ properties: givenValues, associations: givenAssociations });
const updateBody = z.object({ properties: givenValues });

/** Reading a list, and reading, making, changing and deleting one record. */
export function objectRoutes(kind: ObjectKind): HubSpotRoute[] {
  const path = `/crm/objects/2026-09/${kind.name}`;
  const one = `${path}/:id`;
  const { readScopes, writeScopes } = kind;
  return [
    { method: 'get', path, scopes: readScopes, run: (sandbox, call) => list(sandbox, kind, call) },
    { method: 'get', path: one, scopes: readScopes, run: (sandbox, call) => getOne(sandbox, kind, call) },
    { method: 'post', path, scopes: writeScopes, run: (sandbox, call) => create(sandbox, kind, call) },
    { method: 'patch', path: one, scopes: writeScopes, run: (sandbox, call) => patch(sandbox, kind, call) },
    {
      method: 'delete',
      path: one,
      scopes: writeScopes,
      run: (sandbox, call) => {
        removeRecord(sandbox, kind, call.params.id ?? '');
        return { status: 204 };
      },
    },
  ];
}

/** Deleting what is not there is fine. A contact takes its associations along. */
export function removeRecord(sandbox: Sandbox, kind: ObjectKind, id: string): void {
  kind.records(sandbox.state).remove(id);
  if (kind.name !== 'contacts') return;
  for (const note of sandbox.state.notes.all().filter((each) => each.contactIds.includes(id))) {
    sandbox.state.notes.put({ ...note, contactIds: note.contactIds.filter((each) => each !== id) });
  }
}

function list(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall): ApiReply {
  const limit = readLimit(call.query.get('limit') ?? '10');
  const after = call.query.get('after') ?? '0';
  if (!/^\d+$/.test(after)) throw invalid(`The after cursor "${after}" is not valid`);
  const byId = kind
    .records(sandbox.state)
    .all()
    .sort((left, right) => Number(left.id) - Number(right.id));
  const rest = byId.filter((record) => Number(record.id) >= Number(after));
  const asked = askedProperties(call.query);
  const results = rest.slice(0, limit).map((record) => recordBody(record, kind, asked));
  const next = rest[limit];
  const paging = next
    ? { paging: { next: { after: next.id, link: `${sandbox.url()}/crm/objects/2026-09/${kind.name}?after=${next.id}` } } }
    : {};
  return { status: 200, body: { results, ...paging } };
}

function readLimit(value: string): number {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1) throw invalid(`limit: ${value} is not a positive number`);
  if (limit > 100) throw invalid(`limit: ${limit} is more than the maximum of 100`);
  return limit;
}

function getOne(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall): ApiReply {
  return { status: 200, body: recordBody(requireRecord(sandbox, kind, call), kind, askedProperties(call.query)) };
}

function requireRecord(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall) {
  const record = findRecord(sandbox.state, kind, { id: call.params.id ?? '', idProperty: call.query.get('idProperty') ?? undefined });
  if (!record) throw notFound();
  return record;
}

function create(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall): ApiReply {
  const { properties, associations } = call.read(createBody);
  const record = planCreate(sandbox, kind, { given: properties, associations }).apply();
  return { status: 201, body: recordBody(record, kind, Object.keys(record.properties)) };
}

function patch(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall): ApiReply {
  const record = requireRecord(sandbox, kind, call);
  const changed = planUpdate(sandbox, kind, { record, given: call.read(updateBody).properties }).apply();
  return { status: 200, body: recordBody(changed, kind, Object.keys(changed.properties)) };
}
