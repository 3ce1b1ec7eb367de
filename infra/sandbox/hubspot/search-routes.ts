import { z } from 'zod';
import type { ApiReply } from '../http/answer-call.ts';
import type { Sandbox } from '../sandbox.ts';
import type { CrmRecord } from '../state/records.ts';
import type { HubSpotCall, HubSpotRoute } from './call-hubspot.ts';
import { invalid } from './hubspot-error.ts';
import type { ObjectKind } from './object-kinds.ts';
import { recordBody } from './record-body.ts';

const operators = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;

const filter = z.object({
  propertyName: z.string(),
  operator: z.enum(operators),
  value: z.coerce.string().optional(),
  highValue: z.coerce.string().optional(),
  values: z.array(z.coerce.string()).optional(),
});
type Filter = z.infer<typeof filter>;

const searchBody = z.object({
  filterGroups: z
    .array(z.object({ filters: z.array(filter).max(6) }))
    .max(5)
    .optional(),
  sorts: z
    .array(z.union([z.string(), z.object({ propertyName: z.string(), direction: z.enum(['ASCENDING', 'DESCENDING']).optional() })]))
    .max(1)
    .optional(),
  query: z.string().max(3000).optional(),
  properties: z.array(z.string()).optional(),
  limit: z.number().int().min(1).max(200).optional(),
  after: z.coerce.string().regex(/^\d*$/).optional(),
});

/** POST /search: groups are "or", the filters of a group are "and". Unlike HubSpot's it sees a change at once. */
export function searchRoute(kind: ObjectKind): HubSpotRoute {
  const path = `/crm/objects/2026-09/${kind.name}/search`;
  return { method: 'post', path, scopes: kind.readScopes, run: (sandbox, call) => search(sandbox, kind, call) };
}

function search(sandbox: Sandbox, kind: ObjectKind, call: HubSpotCall): ApiReply {
  const body = call.read(searchBody);
  const groups = body.filterGroups ?? [];
  for (const each of groups.flatMap((group) => group.filters)) requireProperty(sandbox, kind, each.propertyName);
  const found = kind
    .records(sandbox.state)
    .all()
    .filter((record) => groups.length === 0 || groups.some((group) => group.filters.every((each) => matches(record, each))))
    .filter((record) => mentions(record, kind, body.query ?? ''));
  sortBy(found, body.sorts?.[0]);
  const from = Number(body.after ?? 0);
  const to = from + (body.limit ?? 10);
  const results = found.slice(from, to).map((record) => recordBody(record, kind, body.properties ?? []));
  const paging = to < found.length ? { paging: { next: { after: String(to) } } } : {};
  return { status: 200, body: { total: found.length, results, ...paging } };
}

function requireProperty(sandbox: Sandbox, kind: ObjectKind, name: string): void {
  if (!sandbox.state.properties.get(`${kind.name}/${name}`))
    throw invalid(`There was a problem with the request: property ${name} does not exist (PROPERTY_DOESNT_EXIST)`);
}

function matches(record: CrmRecord, given: Filter): boolean {
  return tests[given.operator](record.properties[given.propertyName], given);
}

/** How the value compares with the one asked for; NaN when there is none. */
function order(has: string | undefined, asked: string | undefined): number {
  return has === undefined ? Number.NaN : compare(has, asked ?? '');
}

function isIn(has: string | undefined, { values = [] }: Filter): boolean {
  return values.some((one) => same(has, one));
}

const tests: Readonly<Record<Filter['operator'], (has: string | undefined, given: Filter) => boolean>> = {
  EQ: (has, { value = '' }) => same(has, value),
  NEQ: (has, { value = '' }) => !same(has, value),
  LT: (has, { value }) => order(has, value) < 0,
  LTE: (has, { value }) => order(has, value) <= 0,
  GT: (has, { value }) => order(has, value) > 0,
  GTE: (has, { value }) => order(has, value) >= 0,
  BETWEEN: (has, { value, highValue }) => order(has, value) >= 0 && order(has, highValue) <= 0,
  IN: isIn,
  NOT_IN: (has, given) => has !== undefined && !isIn(has, given),
  HAS_PROPERTY: (has) => has !== undefined,
  NOT_HAS_PROPERTY: (has) => has === undefined,
  CONTAINS_TOKEN: (has, { value = '' }) => hasToken(has, value),
  NOT_CONTAINS_TOKEN: (has, { value = '' }) => !hasToken(has, value),
};

function same(has: string | undefined, value: string): boolean {
  return has !== undefined && has.toLowerCase() === value.toLowerCase();
}

/** Numbers as numbers, moments as moments (also when given in milliseconds), the rest as text. */
function compare(left: string, right: string): number {
  const [first, second] = [orderable(left), orderable(right)];
  return Number.isNaN(first) || Number.isNaN(second) ? left.localeCompare(right) : first - second;
}

function orderable(value: string): number {
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number(value);
}

/** Words, with `*` standing for the rest of a word. */
function hasToken(has: string | undefined, value: string): boolean {
  const words = tokens(has ?? '');
  return tokens(value, '*').every((want) => {
    const bare = want.replaceAll('*', '');
    return words.some((word) => (want.includes('*') ? word.includes(bare) : word === bare));
  });
}

function tokens(text: string, wildcard = ''): string[] {
  const separators = wildcard === '' ? /[^\p{L}\p{N}_-]+/u : /[^\p{L}\p{N}_*-]+/u;
  return text.toLowerCase().split(separators).filter(Boolean);
}

function mentions(record: CrmRecord, kind: ObjectKind, query: string): boolean {
  if (query === '') return true;
  const names = kind.name === 'contacts' ? ['firstname', 'lastname', 'email', 'phone', 'company'] : ['name', 'domain', 'hs_note_body'];
  const text = names.map((name) => record.properties[name] ?? '').join(' ');
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));
}

function sortBy(records: CrmRecord[], sort: string | { propertyName: string; direction?: string | undefined } | undefined): void {
  if (sort === undefined) return;
  const { propertyName, direction } =
    typeof sort === 'string'
      ? { propertyName: sort.replace(/^-/, ''), direction: sort.startsWith('-') ? 'DESCENDING' : 'ASCENDING' }
      : sort;
  const sign = direction === 'DESCENDING' ? -1 : 1;
  records.sort((left, right) => sign * compare(left.properties[propertyName] ?? '', right.properties[propertyName] ?? ''));
}
