/** One route as the OpenAPI document tells it. */
import type { z } from 'zod';
import { problem } from '#contract/api.ts';
import { scopes } from '#contract/scopes.ts';
import { type Declaration, noQuery, nothing, statusOf } from './declaration.ts';

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: unknown;
}

export interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>;
}

export type SchemaOf = (schema: z.ZodType) => unknown;

const text = { type: 'string' } as const;

export function operationOf(declaration: Declaration, schemaOf: SchemaOf): Operation {
  const { name, summary, tag, body } = declaration;
  return {
    operationId: name,
    summary,
    description: describe(declaration),
    tags: [tag],
    ...securityOf(declaration),
    parameters: [...pathParameters(declaration), ...queryParameters(declaration, schemaOf), ...headerParameters(declaration)],
    ...(body === nothing ? {} : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } }),
    responses: responsesOf(declaration, schemaOf),
  };
}

/** What is needed, in words: OpenAPI has no place for the scopes of a bearer key that every reader shows. */
function describe({ about, needs }: Declaration): string {
  return [about, needsInWords(needs)].filter((part) => part !== undefined && part !== '').join(' ');
}

function needsInWords(needs: Declaration['needs']): string {
  if (needs === 'nobody') return 'For everybody.';
  if (needs === 'login') return 'For signed-in members.';
  return 'scope' in needs
    ? `Needs the scope \`${needs.scope}\`, or a member with the permission \`${scopes[needs.scope].permission}\`.`
    : `For signed-in members with the permission \`${needs.permission}\`; not for API keys.`;
}

function securityOf({ needs }: Declaration): Pick<Operation, 'security'> {
  if (needs === 'nobody') return { security: [] };
  if (needs === 'login' || 'permission' in needs) return { security: [{ signIn: [] }] };
  return { security: [{ apiKey: [needs.scope] }, { signIn: [] }] };
}

function pathParameters({ path }: Declaration): Parameter[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({ name, in: 'path', required: true, schema: text }));
}

function queryParameters({ query }: Declaration, schemaOf: SchemaOf): Parameter[] {
  if (query === noQuery) return [];
  const { properties = {}, required = [] } = objectOf(schemaOf(query));
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = objectOf(schema);
    const isRequired = required.includes(name);
    return { name, in: 'query', required: isRequired, ...(description === undefined ? {} : { description }), schema: rest };
  });
}

function headerParameters({ method, needs, tellsSecret }: Declaration): Parameter[] {
  if (method !== 'post' || typeof needs === 'string' || !('scope' in needs) || tellsSecret === true) return [];
  const description = 'With an API key: the same call with the same key is done once, and answered with the same result for 24 hours.';
  return [{ name: 'Idempotency-Key', in: 'header', required: false, description, schema: { type: 'string', maxLength: 255 } }];
}

const usual: Readonly<Record<string, string>> = { 400: 'What was sent is not valid', 404: 'There is no such thing here' };
const ofCallers: Readonly<Record<string, string>> = { 401: 'Nobody is signed in, or the key is not valid', 403: 'This is not allowed' };

function responsesOf(declaration: Declaration, schemaOf: SchemaOf): Record<string, Response> {
  const { needs, path, body, query, refusals = {} } = declaration;
  const refused = new Map<string, string[]>();
  const add = (status: string | number, words: string) => refused.set(String(status), [...(refused.get(String(status)) ?? []), words]);
  if (body !== nothing || query !== noQuery) add(400, usual[400] ?? '');
  if (path.includes(':')) add(404, usual[404] ?? '');
  if (needs !== 'nobody') for (const [status, words] of Object.entries(ofCallers)) add(status, words);
  if (needs !== 'nobody') add(429, 'Too many requests: `Retry-After` says when to come again');
  for (const [code, [status, words]] of Object.entries(refusals)) add(status, `\`${code}\`: ${words}`);
  const content = { 'application/problem+json': { schema: schemaOf(problem) } };
  const problems = [...refused].map(([status, words]) => [status, { description: `${words.join('. ')}.`, content }] as const);
  return { [String(statusOf(declaration))]: answered(declaration, schemaOf), ...Object.fromEntries(problems) };
}

function answered({ answer, media }: Declaration, schemaOf: SchemaOf): Response {
  const description = 'As asked.';
  if (media !== undefined) {
    return media.length === 0 ? { description } : { description, content: Object.fromEntries(media.map((type) => [type, {}])) };
  }
  return answer === nothing ? { description: 'Done.' } : { description, content: { 'application/json': { schema: schemaOf(answer) } } };
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly description?: string;
}

function objectOf(schema: unknown): ObjectSchema {
  return typeof schema === 'object' && schema !== null ? schema : {};
}
