/** The one place where zod meets Koa: reads a body within its limits and gives back typed values or a clear `invalid`. */
import type { Context } from 'koa';
import type { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { readBody } from './read-body.ts';
import { type JsonLimits, scanJson } from './scan-json.ts';
import { tameKeys } from './tame-keys.ts';

const apiBytes = 256 * 1024;
const apiLimits: JsonLimits = { depth: 100, containers: 20_000, values: 50_000, members: 5000, stringBytes: apiBytes };

/** Parses a value; problems come back by field: `{ "events.0.type": "…" }`. */
export function parseValue<Shape extends z.ZodType>(shape: Shape, value: unknown): z.infer<Shape> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const fields = Object.fromEntries(result.error.issues.slice(0, 20).map((issue) => [issue.path.join('.') || '(body)', issue.message]));
  const [first] = Object.entries(fields);
  throw new Failure('invalid', `Check ${first?.[0] ?? 'the input'}: ${first?.[1] ?? 'it is not valid'}.`, {
    code: 'invalid-input',
    fields,
  });
}

/** A JSON body of an API call. The content type must be JSON: a form on a foreign page cannot send it. */
export async function parseJson<Shape extends z.ZodType>(ctx: Context, shape: Shape): Promise<z.infer<Shape>> {
  if (!ctx.is('application/json')) {
    throw new Failure('invalid', 'Send the body as JSON, with the header Content-Type: application/json.', { code: 'json-expected' });
  }
  return parseValue(shape, parseJsonText(await readBody(ctx, { wireBytes: apiBytes }), apiLimits));
}

/** Looked over before it is parsed; keys that mean something to JavaScript or MongoDB do not come through. */
export function parseJsonText(body: Buffer, limits: JsonLimits): unknown {
  const { oddKeys } = scanJson(body, limits);
  const value = parsed(body);
  if (oddKeys) tameKeys(value);
  return value;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new Failure('invalid', 'The body is not valid JSON.', { code: 'json-invalid', cause });
  }
}
