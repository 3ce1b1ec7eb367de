/** The API of the core, in memory, for tests in a browser. It keeps the contract's shapes and refuses what the core refuses. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { findAnswer } from './fake-answers.ts';
import { type FakeLive, fakeLive } from './fake-live.ts';
import { Refusal } from './fake-refusal.ts';
import { liveStateOf } from './fake-visitors.ts';
import type { World } from './fake-world.ts';
import { listen, type RunningServer } from './listen.ts';
import { serveBuiltApp } from './serve-built-app.ts';

export interface FakeApi extends RunningServer {
  /** What the API knows. Replace it to begin anew. */
  world: World;
  readonly live: FakeLive;
  /** `METHOD /path` of every request to the API. */
  readonly requests: string[];
}

interface FakeApiOptions {
  readonly appFolder: string;
  readonly playerOrigin: string;
  readonly world: World;
}

const cookie = 'll_session=fake; Path=/; HttpOnly; SameSite=Lax';

export async function startFakeApi({ appFolder, playerOrigin, world }: FakeApiOptions): Promise<FakeApi> {
  const requests: string[] = [];
  const live = fakeLive();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', api.origin);
    if (!url.pathname.startsWith('/v1/')) return serveBuiltApp({ folder: appFolder, playerOrigin }, url.pathname, response);
    requests.push(`${request.method} ${url.pathname.slice(3)}${url.search}`);
    if (url.pathname === '/v1/live' && request.headers.accept === 'text/event-stream') return live.take(response, liveStateOf(api.world));
    return answer(request, response, url);
  });
  const api: FakeApi = { world, requests, live, ...(await listen(server)) };
  return api;

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      const { status, body, location, session } = await decide(request, url);
      if (session !== undefined) response.setHeader('set-cookie', session ? cookie : `${cookie}; Max-Age=0`);
      if (location !== undefined) response.setHeader('location', location);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body));
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, `The fake failed: ${String(error)}`);
      response.writeHead(refusal.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(refusal.toProblem()));
    }
  }

  async function decide(request: IncomingMessage, url: URL) {
    const path = url.pathname.slice(3);
    const signedIn = /ll_session=fake/.test(request.headers.cookie ?? '') && !api.world.signedOut && api.world.me !== null;
    if ([...api.world.failing].some((start) => path.startsWith(start))) {
      throw new Refusal(503, 'The database is being moved. Try again in a minute.', { code: 'busy' });
    }
    const found = findAnswer(request.method ?? 'GET', path);
    if (found === null) throw new Refusal(404, 'There is no such route.');
    if (!found.isPublic && !signedIn) throw new Refusal(401, 'Sign in first.', { code: 'signed-out' });
    if (request.method !== 'GET' && request.headers['content-type'] !== 'application/json') throw new Refusal(415, 'Send JSON.');
    const body = await readBody(request);
    return found.handle({ world: api.world, origin: api.origin, playerOrigin, query: url.searchParams, params: found.params, body });
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return parts.length === 0 ? undefined : JSON.parse(Buffer.concat(parts).toString('utf8'));
}
