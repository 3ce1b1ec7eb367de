/** The player on an origin of its own, as the core serves it, with an answer to `/recording` that a test chooses. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playerPolicy } from '#core/sessions/player-policy.ts';
import { buildReplay } from '#infra/build/build-replay.ts';
import { type Listening, listen } from './listen.ts';

export interface PlayerServer extends Listening {
  /** What `/recording` answers from now on. A string is sent as it is. */
  answer(body: unknown, status?: number): void;
  /** A packed recording from now on: its index, and its frames by number. */
  answerFrames(index: object, frames: readonly unknown[]): void;
  /** Numbers of the frames that were asked for, in order. */
  readonly framesAsked: number[];
  /** Header `Authorization` of every request for a recording. */
  readonly tokens: (string | undefined)[];
}

/** Then the player asks for the whole of it. */
const notPacked = {
  ...{ sessionId: 'ses_1', startedAt: '2026-11-20T12:00:00.000Z', live: false, missingChunks: 0, marks: [], pages: [] },
  ...{ token: 'frames', tabs: null, first: null },
};

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/player': ['index.html', 'text/html; charset=utf-8'],
  '/player-start.js': ['player-start.js', 'text/javascript'],
  '/player.js': ['player.js', 'text/javascript'],
  '/player.css': ['player.css', 'text/css'],
};

/** `policy: null` serves it without its policy, to see what the player alone keeps out. */
export async function servePlayer({ policy = playerPolicy('http://localhost') }: { policy?: string | null } = {}): Promise<PlayerServer> {
  const folder = await mkdtemp(join(tmpdir(), 'leadlight-player-'));
  await buildReplay(folder);
  const tokens: (string | undefined)[] = [];
  let recording = { body: '{}', status: 200 };
  let index: object = notPacked;
  let frames: readonly unknown[] = [];
  const framesAsked: number[] = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://player').pathname;
    if (path.startsWith('/recording/')) return send(response, packedAnswer(path));
    if (path === '/recording') {
      tokens.push(request.headers.authorization);
      return send(response, { ...recording, type: 'application/json' });
    }
    const [file, type] = files[path] ?? [];
    if (file === undefined || type === undefined) return send(response, { body: '', status: 404, type: 'text/plain' });
    if (policy !== null) response.setHeader('content-security-policy', policy);
    send(response, { body: await readFile(join(folder, file)), status: 200, type });
  });
  function packedAnswer(path: string) {
    const type = 'application/json';
    if (path === '/recording/index') return { ...recording, type, ...(recording.status === 200 && { body: JSON.stringify(index) }) };
    const number = Number(path.split('/').at(-1));
    framesAsked.push(number);
    return { body: JSON.stringify(frames[number] ?? {}), status: number in frames ? 200 : 404, type };
  }
  const listening = await listen(server);
  return {
    ...listening,
    tokens,
    framesAsked,
    answerFrames(packed, packedFrames) {
      [index, frames, recording] = [packed, packedFrames, { body: '{}', status: 200 }];
      framesAsked.length = 0;
    },
    answer(body, status = 200) {
      index = notPacked;
      recording = { body: typeof body === 'string' ? body : JSON.stringify(body), status };
    },
    async close() {
      await listening.close();
      await rm(folder, { recursive: true });
    },
  };
}

function send(response: ServerResponse, { body, status, type }: { body: string | Buffer; status: number; type: string }): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
