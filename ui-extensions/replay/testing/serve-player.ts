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
  /** Header `Authorization` of every request for a recording. */
  readonly tokens: (string | undefined)[];
}

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/player': ['index.html', 'text/html; charset=utf-8'],
  '/player.js': ['player.js', 'text/javascript'],
  '/player.css': ['player.css', 'text/css'],
};

/** `policy: null` serves it without its policy, to see what the player alone keeps out. */
export async function servePlayer({ policy = playerPolicy('http://localhost') }: { policy?: string | null } = {}): Promise<PlayerServer> {
  const folder = await mkdtemp(join(tmpdir(), 'leadlight-player-'));
  await buildReplay(folder);
  const tokens: (string | undefined)[] = [];
  let recording = { body: '{}', status: 200 };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://player').pathname;
    if (path === '/recording') {
      tokens.push(request.headers.authorization);
      return send(response, { ...recording, type: 'application/json' });
    }
    const [file, type] = files[path] ?? [];
    if (file === undefined || type === undefined) return send(response, { body: '', status: 404, type: 'text/plain' });
    if (policy !== null) response.setHeader('content-security-policy', policy);
    send(response, { body: await readFile(join(folder, file)), status: 200, type });
  });
  const listening = await listen(server);
  return {
    ...listening,
    tokens,
    answer(body, status = 200) {
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
