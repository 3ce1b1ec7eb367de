/** The one place where zod meets Koa: reads a body within its limits and gives back typed values or a clear `invalid`. */
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import type { Context } from 'koa';
import type { z } from 'zod';
import { Failure } from '#contract/failure.ts';

const unzip = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const;
type Compression = keyof typeof unzip;

export interface BodyLimits {
  /** Bytes on the wire. */
  readonly wireBytes: number;
  /** Bytes after decompression. */
  readonly plainBytes: number;
}

const apiLimits: BodyLimits = { wireBytes: 256 * 1024, plainBytes: 256 * 1024 };

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
  return parseValue(shape, parseJsonText(await readBody(ctx, apiLimits)));
}

export function parseJsonText(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new Failure('invalid', 'The body is not valid JSON.', { code: 'json-invalid', cause });
  }
}

/** The raw body, never more than `wireBytes` of it. */
export async function readBody(ctx: Context, limits: BodyLimits): Promise<Buffer> {
  if ((ctx.request.length ?? 0) > limits.wireBytes) throw tooLarge(limits.wireBytes);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of ctx.req) {
    size += piece.length;
    if (size > limits.wireBytes) throw tooLarge(limits.wireBytes);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Undoes gzip or deflate with a hard stop at `plainBytes`: a bomb never unfolds. */
export async function decompress(body: Buffer, named: string, limits: BodyLimits): Promise<Buffer> {
  const encoding = named.toLowerCase();
  if (encoding === '' || encoding === 'identity') return body;
  if (!isCompression(encoding)) {
    throw new Failure('invalid', `The encoding ${encoding.slice(0, 20)} is not supported: use gzip, deflate or none.`, {
      code: 'encoding-unsupported',
    });
  }
  try {
    return await unzip[encoding](body, { maxOutputLength: limits.plainBytes });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(limits.plainBytes);
    throw new Failure('invalid', `The body is not valid ${encoding}.`, { code: 'encoding-invalid', cause });
  }
}

function isCompression(encoding: string): encoding is Compression {
  return Object.hasOwn(unzip, encoding);
}

function tooLarge(bytes: number): Failure {
  return new Failure('tooLarge', `The body is larger than ${bytes} bytes. Send smaller batches.`, { code: 'body-too-large' });
}
