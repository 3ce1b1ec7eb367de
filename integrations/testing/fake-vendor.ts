import nock from 'nock';

/** What the fake does with the next calls: serve them, or fail in one of the ways a vendor fails. */
export type Fault = 'none' | 'limited' | 'unauthorized' | 'silent' | 'cutAfterWork';

export interface FakeCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
  /** Parsed JSON, or the fields of a form; undefined where there is none. */
  readonly body: unknown;
}

export type FakeAnswer = nock.ReplyFnResult;

export interface FakeVendor {
  readonly calls: FakeCall[];
  fault: Fault;
}

interface Script {
  readonly origin: string;
  answer(call: FakeCall): FakeAnswer;
  refuse(fault: 'limited' | 'unauthorized'): FakeAnswer;
}

/** A vendor at the network's edge, for tests: every request to `origin` is answered by `answer`, until `nock.cleanAll()`. */
export function fakeVendor(script: Script): FakeVendor {
  const fake: FakeVendor = { calls: [], fault: 'none' };
  const scope = nock(script.origin).persist();
  for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
    scope.intercept(/.*/, method).reply(async (request: Request) => serve(fake, script, await readCall(request)));
  }
  return fake;
}

async function serve(fake: FakeVendor, script: Script, call: FakeCall): Promise<FakeAnswer> {
  fake.calls.push(call);
  if (fake.fault === 'silent') return new Promise(() => undefined);
  if (fake.fault === 'limited' || fake.fault === 'unauthorized') return script.refuse(fake.fault);
  const answer = script.answer(call);
  if (fake.fault === 'cutAfterWork') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  return answer;
}

async function readCall(request: Request): Promise<FakeCall> {
  const { pathname: path, searchParams: query } = new URL(request.url);
  const authorization = request.headers.get('authorization') ?? '';
  return { method: request.method, path, query, authorization, body: readBody(await request.text()) };
}

function readBody(text: string): unknown {
  if (text === '') return undefined;
  return text.startsWith('{') ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
}
