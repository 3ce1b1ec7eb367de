import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface BuiltApp {
  readonly folder: string;
  readonly playerOrigin: string;
}

/** Serves the built app as the core does: its files, `index.html` for every other path, under the same policy. */
export async function serveBuiltApp(app: BuiltApp, path: string, response: ServerResponse): Promise<void> {
  const file = path.startsWith('/assets/') ? path : '/index.html';
  response.setHeader(
    'content-security-policy',
    `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src ${app.playerOrigin}; connect-src 'self'`,
  );
  try {
    const content = await readFile(join(app.folder, file));
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(content);
  } catch {
    response.writeHead(404).end();
  }
}
