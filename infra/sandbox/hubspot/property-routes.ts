import { z } from 'zod';
import type { ApiReply } from '../http/answer-call.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Property } from '../state/records.ts';
import type { HubSpotCall, HubSpotRoute } from './call-hubspot.ts';
import { conflict, HubSpotError, invalid, notFound } from './hubspot-error.ts';
import { changedProperty, newProperty, propertyBody, propertyFrom } from './property-body.ts';
import { requireBatchSize } from './write-batch.ts';

const read = ['crm.objects.contacts.read', 'crm.schemas.contacts.read', 'crm.schemas.contacts.write'];
const write = ['crm.schemas.contacts.write'];
const path = '/crm/properties/2026-09/contacts';
const names = z.object({ inputs: z.array(z.object({ name: z.string() })), archived: z.boolean().optional() });
const uniqueLimit = 10;

/** The properties of contacts. */
export const propertyRoutes: readonly HubSpotRoute[] = [
  {
    method: 'get',
    path,
    scopes: read,
    run: (sandbox) => ({ status: 200, body: { results: contactProperties(sandbox).map(propertyBody) } }),
  },
  { method: 'post', path, scopes: write, run: createOne },
  { method: 'post', path: `${path}/batch/create`, scopes: write, run: createMany },
  { method: 'post', path: `${path}/batch/read`, scopes: read, run: readMany },
  { method: 'post', path: `${path}/batch/archive`, scopes: write, run: archiveMany },
  {
    method: 'get',
    path: `${path}/:name`,
    scopes: read,
    run: (sandbox, call) => ({ status: 200, body: propertyBody(requireProperty(sandbox, call)) }),
  },
  { method: 'patch', path: `${path}/:name`, scopes: write, run: change },
  {
    method: 'delete',
    path: `${path}/:name`,
    scopes: write,
    run: (sandbox, call) => {
      archiveOne(sandbox, requireProperty(sandbox, call));
      return { status: 204 };
    },
  },
];

function contactProperties(sandbox: Sandbox): Property[] {
  return sandbox.state.properties.all().filter((one) => one.objectType === 'contacts');
}

function requireProperty(sandbox: Sandbox, call: HubSpotCall): Property {
  const property = sandbox.state.properties.get(`contacts/${call.params.name ?? ''}`);
  if (!property) throw notFound(`Property ${call.params.name} does not exist`);
  return property;
}

function make(sandbox: Sandbox, given: z.infer<typeof newProperty>): Property {
  if (sandbox.state.properties.get(`contacts/${given.name}`)) {
    throw conflict(`A property named '${given.name}' already exists.`, 'OBJECT_ALREADY_EXISTS');
  }
  requireGroup(sandbox, given.groupName);
  const unique = contactProperties(sandbox).filter((one) => one.hasUniqueValue && !one.hubspotDefined);
  if (given.hasUniqueValue && unique.length >= uniqueLimit) throw invalid(`At most ${uniqueLimit} properties can have unique values`);
  return sandbox.state.properties.put(propertyFrom(given, 'contacts', sandbox.now().toISOString()));
}

function requireGroup(sandbox: Sandbox, name: string): void {
  if (!sandbox.state.groups.get(`contacts/${name}`)) throw invalid(`Property group ${name} does not exist`);
}

function createOne(sandbox: Sandbox, call: HubSpotCall): ApiReply {
  return { status: 201, body: propertyBody(make(sandbox, call.read(newProperty))) };
}

/** What exists already is told row by row, in a 207. */
function createMany(sandbox: Sandbox, call: HubSpotCall): ApiReply {
  const { inputs } = call.read(z.object({ inputs: z.array(newProperty) }));
  requireBatchSize(inputs);
  for (const given of inputs) requireGroup(sandbox, given.groupName);
  const results: object[] = [];
  const errors: object[] = [];
  for (const given of inputs) {
    try {
      results.push(propertyBody(make(sandbox, given)));
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      errors.push({ status: 'error', category: error.details.category, message: error.message, context: { name: [given.name] } });
    }
  }
  return batchReply(sandbox, { results, errors, rows: inputs.length, done: 201 });
}

function readMany(sandbox: Sandbox, call: HubSpotCall): ApiReply {
  const { inputs } = call.read(names);
  requireBatchSize(inputs);
  const found = inputs.flatMap((one) => sandbox.state.properties.get(`contacts/${one.name}`) ?? []);
  const missing = inputs.filter((one) => !found.some((property) => property.name === one.name));
  const errors = missing.map((one) => ({
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: `Property ${one.name} does not exist`,
    context: { name: [one.name] },
  }));
  return batchReply(sandbox, { results: found.map(propertyBody), errors, rows: inputs.length, done: 200 });
}

function batchReply(sandbox: Sandbox, batch: { results: object[]; errors: object[]; rows: number; done: number }): ApiReply {
  const { results, errors, rows } = batch;
  const at = sandbox.now().toISOString();
  const body = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (errors.length === 0) return { status: batch.done, body, rows };
  return { status: 207, body: { ...body, numErrors: errors.length, errors }, rows, error: `${errors.length} rows` };
}

function change(sandbox: Sandbox, call: HubSpotCall): ApiReply {
  const property = requireProperty(sandbox, call);
  if (property.hubspotDefined) throw invalid(`Property ${property.name} is defined by HubSpot and cannot be changed`);
  const given = call.read(changedProperty);
  if (given.groupName !== undefined) requireGroup(sandbox, given.groupName);
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const changed = sandbox.state.properties.put({ ...property, ...set, updatedAt: sandbox.now().toISOString() });
  return { status: 200, body: propertyBody(changed) };
}

function archiveMany(sandbox: Sandbox, call: HubSpotCall): ApiReply {
  const { inputs } = call.read(names);
  requireBatchSize(inputs);
  for (const { name } of inputs) {
    const property = sandbox.state.properties.get(`contacts/${name}`);
    if (property) archiveOne(sandbox, property);
  }
  return { status: 204, rows: inputs.length };
}

/** The values go with the property. */
function archiveOne(sandbox: Sandbox, property: Property): void {
  if (property.hubspotDefined) throw invalid(`Property ${property.name} is defined by HubSpot and cannot be archived`);
  sandbox.state.properties.remove(`contacts/${property.name}`);
  for (const contact of sandbox.state.contacts.all()) {
    if (contact.properties[property.name] === undefined) continue;
    const { [property.name]: _gone, ...properties } = contact.properties;
    sandbox.state.contacts.put({ ...contact, properties });
  }
}
