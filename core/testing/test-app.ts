/** The whole web application in memory, called with `fetch`: no port that is known before, no browser. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createCore } from '../create-core.ts';
import { hashSecret, SignIn } from '../http/sign-in-session.ts';
import { runDueJobs } from '../jobs/worker.ts';
import type { Platform } from '../platform.ts';
import { newSecret } from '../store/new-id.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { checkAnswer } from './check-answer.ts';
import { declarationsIn, routersMade } from './web-routes.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, or null when it is not JSON. */
  readonly json: unknown;
}

export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestApp {
  readonly url: string;
  /** As nobody. */
  call(path: string, call?: Call): Promise<Answer>;
  /** As this member, in a browser on our own page. */
  callAs(member: MemberDocument, path: string, call?: Call): Promise<Answer>;
  /** With an API key. */
  callWith(secret: string, path: string, call?: Call): Promise<Answer>;
  /** The replay player's origin. */
  callPlayer(path: string, call?: Call): Promise<Answer>;
  /** Runs what is due on the frozen clock. */
  work(): Promise<number>;
  close(): Promise<void>;
}

export async function testApp(platform: Platform): Promise<TestApp> {
  const { made: core, routers } = routersMade(() => createCore(platform));
  const declarations = declarationsIn(routers);
  const ask = async (path: string, call?: Call) => checkAnswer(declarations, { path, call }, await send(web.url + path, call));
  const web = await serve(core.web);
  const player = await serve(core.player);
  const cookies = new Map<string, string>();
  return {
    url: web.url,
    call: async (path, call) => {
      const answer = await ask(path, call);
      // Whoever looks at once sees what a moment later everybody sees.
      if (path.startsWith('/v1/ingest')) await core.folded();
      return answer;
    },
    callAs: async (member, path, call) => {
      const cookie = cookies.get(member._id) ?? (await signInAs(platform, member));
      cookies.set(member._id, cookie);
      return ask(path, { ...call, headers: { Cookie: cookie, Origin: platform.config.publicUrl, ...call?.headers } });
    },
    callWith: (secret, path, call) => ask(path, { ...call, headers: { Authorization: `Bearer ${secret}`, ...call?.headers } }),
    callPlayer: (path, call) => send(player.url + path, call),
    work: async () => {
      await core.folded();
      return runDueJobs(platform, core.handlers);
    },
    close: async () => {
      await core.drain();
      await Promise.all([web.close(), player.close()]);
    },
  };
}

/** @returns the cookie of a browser that is signed in. */
async function signInAs(platform: Platform, member: MemberDocument): Promise<string> {
  const token = newSecret();
  const now = platform.clock.now();
  const expiresAt = new Date(now.getTime() + 3_600_000);
  await SignIn.create([{ _id: hashSecret(token), workspaceId: member.workspaceId, memberId: member._id, createdAt: now, expiresAt }]);
  return `ll_session=${token}`;
}

/** One request, answered whole. A string or bytes go as they are; anything else as JSON. Redirects are not followed. */
export async function send(url: string, { method = 'GET', body, headers = {} }: Call = {}): Promise<Answer> {
  const raw = typeof body === 'string' || body instanceof Uint8Array ? new Uint8Array(Buffer.from(body)) : null;
  const json = body === undefined || raw !== null ? {} : { 'Content-Type': 'application/json' };
  const payload = body === undefined ? {} : { body: raw ?? JSON.stringify(body) };
  const response = await fetch(url, { method, headers: { ...json, ...headers }, redirect: 'manual', ...payload });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Serves an application on a free port. */
export async function serve(handler: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
