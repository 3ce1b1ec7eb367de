/** A server on loopback that answers from a table, and keeps the raw bytes of whatever it is asked. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The body as it came over the wire. */
  readonly bytes: Buffer;
}

export interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Buffer;
}

export interface LocalServer {
  readonly origin: string;
  /** In the order of arrival. */
  readonly asked: readonly Asked[];
  forget(): void;
  close(): Promise<void>;
}

/** @param answer undefined: 404. Any origin may ask. */
export async function startLocalServer(answer: (asked: Asked) => Reply | undefined, host = '127.0.0.1'): Promise<LocalServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    receive(request)
      .then((one) => {
        asked.push(one);
        reply(request, response, one.method === 'OPTIONS' ? { status: 204 } : (answer(one) ?? { status: 404 }));
      })
      .catch(() => response.destroy());
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://${host}:${port}`,
    asked,
    forget: () => asked.splice(0),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function receive(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return { method: request.method ?? '', url: request.url ?? '', bytes: Buffer.concat(parts) };
}

function reply(request: IncomingMessage, response: ServerResponse, { status = 200, type = 'text/plain', body = '' }: Reply): void {
  response.writeHead(status, {
    'content-type': type,
    'access-control-allow-origin': request.headers.origin ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
    'access-control-allow-methods': 'GET, POST, PUT, OPTIONS',
    'cross-origin-resource-policy': 'cross-origin',
  });
  response.end(body);
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Content type by a file's name. */
export function typeOf(file: string): string {
  return types[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
}
