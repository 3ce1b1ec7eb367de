import { z } from 'zod';
import { type Problem, problem } from '#contract/api.ts';

/** A refusal of the API, or the lack of an answer. `message` is a sentence for a person. */
class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;

  constructor(given: Problem) {
    super(given.detail);
    this.problem = given;
  }
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** For routes that answer 204. */
export const noContent = z.undefined();

/**
 * The one way to the API. `path` is what follows `/v1`. The answer is parsed with `schema`.
 * @throws ApiProblem for every refusal, an unreachable server, and an answer of another shape.
 */
export async function request<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  options: RequestOptions = {},
): Promise<z.infer<Schema>> {
  const response = await send(path, options);
  const body = await readJson(response);
  if (!response.ok) throw new ApiProblem(readProblem(response.status, body));
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ApiProblem(unreadable(response.status));
  return parsed.data;
}

async function send(path: string, { method = 'GET', body, signal }: RequestOptions): Promise<Response> {
  try {
    return await fetch(`/v1${path}`, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem({
      type: 'about:blank',
      title: 'Leadlight cannot be reached',
      status: 0,
      detail: 'Leadlight cannot be reached. Check your connection and try again.',
      code: 'unreachable',
    });
  }
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function readProblem(status: number, body: unknown): Problem {
  const parsed = problem.safeParse(body);
  if (parsed.success) return parsed.data;
  return {
    type: 'about:blank',
    title: 'Something went wrong',
    status,
    detail: `Leadlight could not answer (status ${status}). Try again in a moment.`,
    code: 'no-detail',
  };
}

function unreadable(status: number): Problem {
  return {
    type: 'about:blank',
    title: 'An answer this page does not understand',
    status,
    detail: 'This page does not understand the answer of the server. Reload the page to get its newest version.',
    code: 'answer-unreadable',
  };
}

/** The status of an error of the API; null for anything else. */
export function statusOf(error: unknown): number | null {
  return error instanceof ApiProblem ? error.problem.status : null;
}

/** A sentence for a person. */
export function wordsOf(error: unknown): string {
  return error instanceof ApiProblem ? error.message : 'Something went wrong on this page. Reload it and try again.';
}

/** Per-field problems, by field name. */
export function fieldsOf(error: unknown): Readonly<Record<string, string>> {
  return (error instanceof ApiProblem && error.problem.fields) || {};
}
