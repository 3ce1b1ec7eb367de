import { type ZodType, z } from 'zod';
import type { ApiRequest } from '../http/answer-call.ts';
import { badArguments, SlackError } from './slack-error.ts';

export type Arguments = Readonly<Record<string, unknown>>;

/** The arguments of a call: from the query, then from the body, which is a form or JSON. */
export function readArguments(request: ApiRequest): Arguments {
  const query = Object.fromEntries(request.query);
  const text = request.body.toString('utf8');
  if (text === '') return query;
  if (/^application\/x-www-form-urlencoded\b/i.test(request.contentType))
    return { ...query, ...Object.fromEntries(new URLSearchParams(text)) };
  if (!/^application\/json\b/i.test(request.contentType)) throw new SlackError('invalid_post_type');
  const json = z.record(z.string(), z.unknown()).safeParse(parseJson(text));
  if (!json.success) throw new SlackError('invalid_json');
  return { ...query, ...json.data };
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Arguments in the shape asked for. Throws `invalid_arguments`. */
export function readAs<Shape>(given: Arguments, shape: ZodType<Shape>): Shape {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  throw badArguments(parsed.error.issues.map((issue) => `${issue.message} [json-pointer:/${issue.path.join('/')}]`));
}

/** Forms carry everything as text. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')])
  .optional();
export const whole = z.coerce.number().int();
export const timestamp = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, 'not a timestamp');
