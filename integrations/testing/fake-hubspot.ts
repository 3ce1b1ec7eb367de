import { z } from 'zod';
import { type FakeAnswer, type FakeCall, type FakeVendor, fakeVendor } from './fake-vendor.ts';

export const HUBSPOT_ORIGIN = 'https://api.hubapi.com';

type Properties = Record<string, string>;

export interface FakeHubspot extends FakeVendor {
  readonly contacts: Map<string, Properties>;
  readonly notes: Map<string, { properties: Properties; contactId: string }>;
  /** Property name → its definition. */
  readonly properties: Map<string, object>;
  readonly groups: Set<string>;
}

const properties = z.record(z.string(), z.string());
const batch = z.object({
  inputs: z.array(z.object({ id: z.string(), properties: properties.optional(), objectWriteTraceId: z.string().optional() })),
});
const newNote = z.object({ properties, associations: z.tuple([z.object({ to: z.object({ id: z.string() }) })]) });
const named = z.looseObject({ name: z.string() });

const NOT_FOUND: FakeAnswer = [404, { status: 'error', message: 'resource not found', category: 'OBJECT_NOT_FOUND' }];

/** A HubSpot account in memory, with the shapes of HubSpot's 2026-09 API, for tests. */
export function fakeHubspot(): FakeHubspot {
  const store = { contacts: new Map(), notes: new Map(), properties: new Map(), groups: new Set<string>() };
  const fake: FakeHubspot = Object.assign(
    fakeVendor({
      origin: HUBSPOT_ORIGIN,
      answer: (call) => routes.find((route) => route.at(call))?.run(fake, call) ?? NOT_FOUND,
      refuse: (fault) => (fault === 'limited' ? LIMITED : UNAUTHORIZED),
    }),
    store,
  );
  fake.contacts.set('101', { email: 'ada.park@northwind.example', firstname: 'Ada', lastname: 'Park' });
  return fake;
}

const LIMITED: FakeAnswer = [
  429,
  {
    status: 'error',
    message: 'You have reached your ten_secondly_rolling limit.',
    errorType: 'RATE_LIMIT',
    policyName: 'TEN_SECONDLY_ROLLING',
  },
];
const UNAUTHORIZED: FakeAnswer = [
  401,
  { status: 'error', message: 'Authentication credentials not found.', category: 'INVALID_AUTHENTICATION' },
];

interface Route {
  at(call: FakeCall): boolean;
  run(fake: FakeHubspot, call: FakeCall): FakeAnswer;
}

function route(method: string, path: RegExp, run: Route['run']): Route {
  return { at: (call) => call.method === method && path.test(call.path), run };
}

const routes: readonly Route[] = [
  route('POST', /\/contacts\/batch\/update$/, updateContacts),
  route('GET', /\/objects\/2026-09\/contacts$/, ({ contacts }) => [
    200,
    { results: [...contacts].map(([id, values]) => ({ id, properties: values })) },
  ]),
  route('POST', /\/contacts\/notes\/batch\/read$/, associations),
  route('POST', /\/notes\/batch\/read$/, readNotes),
  route('POST', /\/notes\/batch\/archive$/, (fake, call) => {
    for (const { id } of batch.parse(call.body).inputs) fake.notes.delete(id);
    return [204];
  }),
  route('POST', /\/notes$/, createNote),
  route('PATCH', /\/notes\/\d+$/, editNote),
  route('GET', /\/contacts\/groups\/\w+$/, ({ groups }, { path }) => (groups.has(last(path)) ? [200, { name: last(path) }] : NOT_FOUND)),
  route('POST', /\/contacts\/groups$/, ({ groups }, { body }) => {
    groups.add(named.parse(body).name);
    return [201, { ...named.parse(body) }];
  }),
  route('GET', /\/properties\/2026-09\/contacts\/\w+$/, (fake, { path }) => {
    const property = fake.properties.get(last(path));
    return property ? [200, property] : NOT_FOUND;
  }),
  route('POST', /\/properties\/2026-09\/contacts$/, (fake, { body }) => {
    fake.properties.set(named.parse(body).name, named.parse(body));
    return [201, { ...named.parse(body) }];
  }),
];

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function updateContacts({ contacts }: FakeHubspot, call: FakeCall): FakeAnswer {
  const { inputs } = batch.parse(call.body);
  const known = inputs.filter(({ id }) => contacts.has(id));
  for (const row of known) contacts.set(row.id, { ...contacts.get(row.id), ...row.properties });
  const results = known.map(({ id, objectWriteTraceId }) => ({ id, objectWriteTraceId }));
  const errors = inputs
    .filter(({ id }) => !contacts.has(id))
    .map(({ id }) => ({
      category: 'OBJECT_NOT_FOUND',
      message: 'Could not get some CONTACT objects',
      context: { ids: [id], objectWriteTraceId: [id] },
    }));
  const body = { status: 'COMPLETE', results };
  return errors.length === 0 ? [200, body] : [207, { ...body, numErrors: errors.length, errors }];
}

function associations({ notes }: FakeHubspot, call: FakeCall): FakeAnswer {
  const results = batch.parse(call.body).inputs.flatMap(({ id }) => {
    const to = [...notes]
      .filter(([, note]) => note.contactId === id)
      .map(([noteId]) => ({ toObjectId: Number(noteId), associationTypes: [] }));
    return to.length === 0 ? [] : [{ from: { id }, to }];
  });
  return [200, { status: 'COMPLETE', results }];
}

function readNotes({ notes }: FakeHubspot, call: FakeCall): FakeAnswer {
  const results = batch.parse(call.body).inputs.flatMap(({ id }) => {
    const note = notes.get(id);
    return note ? [{ id, properties: note.properties }] : [];
  });
  return [200, { status: 'COMPLETE', results }];
}

function createNote({ notes, contacts }: FakeHubspot, call: FakeCall): FakeAnswer {
  const { properties: values, associations: links } = newNote.parse(call.body);
  const contactId = links[0].to.id;
  if (!contacts.has(contactId))
    return [400, { status: 'error', message: `CONTACT=${contactId} is not valid`, category: 'VALIDATION_ERROR' }];
  const id = String(9001 + notes.size);
  notes.set(id, { properties: values, contactId });
  return [201, { id, properties: values }];
}

function editNote({ notes }: FakeHubspot, call: FakeCall): FakeAnswer {
  const note = notes.get(last(call.path));
  if (!note) return NOT_FOUND;
  note.properties = z.object({ properties }).parse(call.body).properties;
  return [200, { id: last(call.path), properties: note.properties }];
}
