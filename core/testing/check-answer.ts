/** Holds every answer that any test is given against what its route declared: no field too few, none too many, no status untold. */
import assert from 'node:assert/strict';
import { problem } from '#contract/api.ts';
import { type Declaration, nothing, statusOf } from '../rest/declaration.ts';
import type { Answer, Call } from './test-app.ts';

export function checkAnswer(
  declarations: readonly Declaration[],
  { path, call }: { readonly path: string; readonly call: Call | undefined },
  answer: Answer,
): Answer {
  const [address = ''] = path.split('?');
  const method = (call?.method ?? 'GET').toLowerCase();
  const declaration = declarations.find((one) => one.method === method && patternOf(one.path).test(address));
  if (declaration === undefined) return nameless(answer);
  // In the shape that the vendor wants.
  if (declaration.media?.length === 0) return nameless(answer);
  const what = `${method} ${path} answered ${answer.status}`;
  if (answer.status >= 400) assertSame(problem.safeParse(answer.json).data, answer.json, `${what}, no problem that is declared`);
  else checkContent(declaration, answer, what);
  return nameless(answer);
}

/** Each request has an id of its own; otherwise two refusals of the same are the same. */
function nameless(answer: Answer): Answer {
  return { ...answer, text: answer.text.replace(/req_[\w-]{20}/, 'req_') };
}

function checkContent(declaration: Declaration, { status, json, text }: Answer, what: string): void {
  if (declaration.media !== undefined) return;
  assert.equal(status, statusOf(declaration), what);
  if (declaration.answer === nothing) assert.equal(text, '', what);
  else assertSame(declaration.answer.parse(json), json, `${what}, and not what was declared`);
}

/** What zod drops was not declared. */
function assertSame(parsed: unknown, told: unknown, message: string): void {
  assert.deepEqual(parsed, told, message);
}

const patterns = new Map<string, RegExp>();

function patternOf(path: string): RegExp {
  const known = patterns.get(path) ?? new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
  patterns.set(path, known);
  return known;
}
