import { z } from 'zod';
import type { ApiReply } from '../http/answer-call.ts';
import type { Sandbox } from '../sandbox.ts';
import type { CrmRecord } from '../state/records.ts';
import type { HubSpotCall, HubSpotRoute } from './call-hubspot.ts';
import { HubSpotError, invalid, notFound } from './hubspot-error.ts';
import { noteToContact } from './write-record.ts';

const contactToNote = 201;
const readLimit = 1000;

type Side = 'contacts' | 'notes';
const readBatch = z.object({ inputs: z.array(z.object({ id: z.coerce.string(), after: z.string().optional() })).min(1) });
const readScopes = ['crm.objects.contacts.read'];
const writeScopes = ['crm.objects.contacts.write'];

/** Associations between contacts and notes, both ways. */
export const associationRoutes: readonly HubSpotRoute[] = [...routesFrom('contacts', 'notes'), ...routesFrom('notes', 'contacts')];

function routesFrom(from: Side, to: Side): HubSpotRoute[] {
  const one = `/crm/objects/2026-09/${from}/:id/associations/${to}`;
  return [
    {
      method: 'post',
      path: `/crm/associations/2026-09/${from}/${to}/batch/read`,
      scopes: readScopes,
      run: (sandbox, call) => readMany(sandbox, from, call),
    },
    {
      method: 'get',
      path: one,
      scopes: readScopes,
      run: (sandbox, call) => ({ status: 200, body: { results: associated(sandbox, from, call.params.id ?? '') } }),
    },
    {
      method: 'put',
      path: `/crm/objects/2026-09/${from}/:id/associations/default/${to}/:toId`,
      scopes: writeScopes,
      run: (sandbox, call) => associate(sandbox, from, call),
    },
    {
      method: 'delete',
      path: `${one}/:toId`,
      scopes: writeScopes,
      run: (sandbox, call) => dissociate(sandbox, from, call),
    },
  ];
}

function readMany(sandbox: Sandbox, from: Side, call: HubSpotCall): ApiReply {
  const { inputs } = call.read(readBatch);
  if (inputs.length > readLimit) throw invalid(`The batch has ${inputs.length} inputs; at most ${readLimit} are allowed`);
  const read = inputs.map(({ id }) => ({ id, to: associated(sandbox, from, id) }));
  const results = read.filter((one) => one.to.length > 0).map(({ id, to }) => ({ from: { id }, to }));
  const errors = read.filter((one) => one.to.length === 0).map(({ id }) => noneFound(from, id));
  const at = sandbox.now().toISOString();
  const body = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  const rows = inputs.length;
  if (errors.length === 0) return { status: 200, body, rows };
  return { status: 207, body: { ...body, numErrors: errors.length, errors }, rows, error: `${errors.length} rows` };
}

/** HubSpot tells "no associations" as an error of the row. */
function noneFound(from: Side, id: string): object {
  const [fromObjectType, toObjectType] = from === 'contacts' ? ['contact', 'note'] : ['note', 'contact'];
  const context = { fromObjectId: [id], fromObjectType: [fromObjectType], toObjectType: [toObjectType] };
  const message = `No ${toObjectType} is associated with ${fromObjectType} ${id}.`;
  return { status: 'error', category: 'OBJECT_NOT_FOUND', subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND', message, context };
}

function associated(sandbox: Sandbox, from: Side, id: string): object[] {
  const typeId = from === 'contacts' ? contactToNote : noteToContact;
  const associationTypes = [{ category: 'HUBSPOT_DEFINED', typeId, label: null }];
  const ids =
    from === 'notes'
      ? (sandbox.state.notes.get(id)?.contactIds ?? [])
      : sandbox.state.notes
          .all()
          .filter((note) => note.contactIds.includes(id))
          .map((note) => note.id);
  return ids.map((toObjectId) => ({ toObjectId, associationTypes }));
}

function pairOf(sandbox: Sandbox, from: Side, call: HubSpotCall): { note: CrmRecord; contactId: string } {
  const { id = '', toId = '' } = call.params;
  const [noteId, contactId] = from === 'notes' ? [id, toId] : [toId, id];
  const note = sandbox.state.notes.get(noteId);
  if (!note || !sandbox.state.contacts.get(contactId)) throw notFound('One of the records does not exist');
  return { note, contactId };
}

function associate(sandbox: Sandbox, from: Side, call: HubSpotCall): ApiReply {
  const { note, contactId } = pairOf(sandbox, from, call);
  sandbox.state.notes.put({ ...note, contactIds: [...new Set([...note.contactIds, contactId])] });
  const { id = '', toId = '' } = call.params;
  const associationTypeId = from === 'contacts' ? contactToNote : noteToContact;
  const result = { associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId }, from: { id }, to: { id: toId } };
  const at = sandbox.now().toISOString();
  return { status: 200, body: { status: 'COMPLETE', results: [result], startedAt: at, completedAt: at } };
}

function dissociate(sandbox: Sandbox, from: Side, call: HubSpotCall): ApiReply {
  try {
    const { note, contactId } = pairOf(sandbox, from, call);
    sandbox.state.notes.put({ ...note, contactIds: note.contactIds.filter((each) => each !== contactId) });
  } catch (error) {
    if (!(error instanceof HubSpotError)) throw error;
  }
  return { status: 204 };
}
