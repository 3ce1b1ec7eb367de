/** The OpenAPI 3.1 document, made from the declarations that the router is made of. Schemas are JSON Schema 2020-12, as zod writes it. */
import { z } from 'zod';
import { problem } from '#contract/api.ts';
import { scopes } from '#contract/scopes.ts';
import { componentNames } from './component-names.ts';
import { type Declaration, statusOf, tags } from './declaration.ts';
import { type Operation, operationOf, type SchemaOf } from './operation.ts';

export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly object[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>>; readonly securitySchemes: object };
}

const description = [
  'Moments are ISO 8601 in UTC, ids carry a prefix that says what they name, refusals are problem details (RFC 9457) with a stable `code`.',
  'Lists answer `items` and `next`; give `next` back as `cursor`. A query parameter that is not declared is refused.',
  'Every answer carries `X-Request-Id`. With an API key a POST takes an `Idempotency-Key`, and `RateLimit` tells what is left of the minute.',
].join(' ');

const securitySchemes = {
  apiKey: { type: 'http', scheme: 'bearer', description: `An API key: \`llk_…\`. Scopes: ${Object.keys(scopes).join(', ')}.` },
  signIn: { type: 'apiKey', in: 'cookie', name: 'll_session', description: 'A signed-in member, in the web app.' },
} as const;

export function openApiDocument(declarations: readonly Declaration[], publicUrl: string): OpenApiDocument {
  const { schemaOf, schemas } = writeSchemas(declarations);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const declaration of declarations) {
    const path = declaration.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [declaration.method]: operationOf(declaration, schemaOf) };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Leadlight API', version: '1', description },
    servers: [{ url: publicUrl }],
    security: [{ apiKey: [] }, { signIn: [] }],
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    paths,
    components: { schemas, securitySchemes },
  };
}

const written = z.object({
  properties: z.record(z.string(), z.unknown()),
  $defs: z.record(z.string(), z.unknown()).optional(),
});

/** Input as a caller writes it (what has a default may be left out), output as it is answered. */
function writeSchemas(declarations: readonly Declaration[]): { schemaOf: SchemaOf; schemas: Record<string, unknown> } {
  const asked = new Map<z.ZodType, string>();
  const told = new Map<z.ZodType, string>();
  for (const declaration of declarations) {
    asked.set(declaration.query, `q${asked.size}`);
    asked.set(declaration.body, `b${asked.size}`);
    if (statusOf(declaration) !== 204) told.set(declaration.answer, `a${told.size}`);
  }
  told.set(problem, 'problem');
  const input = write(asked, 'input');
  const output = write(told, 'output');
  return {
    schemas: { ...input.components, ...output.components },
    schemaOf: (schema) => input.named.get(schema) ?? output.named.get(schema) ?? {},
  };
}

function write(schemas: ReadonlyMap<z.ZodType, string>, io: 'input' | 'output') {
  const all = z.object(Object.fromEntries([...schemas].map(([schema, name]) => [name, schema])));
  const metadata = componentNames;
  const json: unknown = z.toJSONSchema(all, { metadata, io, unrepresentable: 'any', override: ({ jsonSchema }) => soften(jsonSchema) });
  const text = JSON.stringify(json).replaceAll('#/$defs/', '#/components/schemas/');
  const { properties, $defs = {} } = written.parse(JSON.parse(text));
  const components = Object.fromEntries(Object.entries($defs).map(([name, schema]) => [name, withoutId(schema)]));
  return { components, named: new Map([...schemas].map(([schema, name]) => [schema, properties[name] ?? {}])) };
}

/** Clients must bear fields that are new; and a date's own pattern helps nobody who reads. */
function soften(schema: { additionalProperties?: unknown; format?: string | undefined; pattern?: string | undefined }): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.format !== undefined) delete schema.pattern;
}

function withoutId(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== 'id' && name !== '$id'));
}
