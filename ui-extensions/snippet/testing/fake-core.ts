/** A core at the network's edge: serves the built files and the site's settings, and keeps the raw bytes of whatever is sent. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type IngestEnvelope, ingestEnvelope, type SentEvent, type SiteConfig, sentEvent } from '#contract/events.ts';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it came over the wire. */
  readonly bytes: Buffer;
  /** After decompression. */
  readonly text: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const openConfig: SiteConfig = {
  modes: { knownContacts: true, anonymousVisitors: false, siteAnalytics: false },
  consent: 'never',
  masking: { text: 'visible' },
  queryKeys: ['tab'],
  dwellMs: 60_000,
};

export const taken: Answer = { status: 202, body: JSON.stringify({ known: true, record: false, accepted: 1, refused: [] }) };
export const takenAndRecorded: Answer = { status: 202, body: JSON.stringify({ known: true, record: true, accepted: 1, refused: [] }) };
export const unknown: Answer = { status: 202, body: JSON.stringify({ known: false, record: false, accepted: 0, refused: [] }) };

export class FakeCore {
  readonly received: Received[] = [];
  config: Partial<SiteConfig> | Answer = {};
  answer: (envelope: IngestEnvelope) => Answer = () => taken;
  origin = '';
  readonly #server: Server;

  constructor(files: string) {
    this.#server = createServer((request, response) => {
      this.#serve(files, request, response).catch(() => response.destroy());
    });
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.origin = `http://127.0.0.1:${address.port}`;
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  forget(): void {
    this.received.length = 0;
    this.config = {};
    this.answer = () => taken;
  }

  /** Everything that was sent, as it is in an accepted envelope. */
  get envelopes(): IngestEnvelope[] {
    return this.received.filter(({ method }) => method === 'POST').map(({ text }) => ingestEnvelope.parse(JSON.parse(text)));
  }

  /** Every event that was sent, in the order it came, repeats included. */
  get events(): SentEvent[] {
    return this.envelopes.flatMap(({ events }) => events.map((event) => sentEvent.parse(event)));
  }

  eventsOf(type: string): SentEvent[] {
    return this.events.filter((event) => event.type === type);
  }

  get chunks(): {
    readonly seq: number;
    readonly events: readonly { readonly type: number; readonly data?: unknown }[];
    readonly tab: string;
    readonly sid: string;
  }[] {
    return this.envelopes.flatMap(({ chunks = [], tab, sid }) => chunks.map(({ seq, events }) => ({ seq, events, tab, sid })));
  }

  async #serve(files: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = await receive(request);
    this.received.push(received);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    const path = received.url.split('?')[0] ?? '';
    if (/^\/ll[\w-]*\.js$/.test(path)) {
      response.setHeader('content-type', 'text/javascript; charset=utf-8');
      response.end(await readFile(join(files, path)));
    } else if (path.endsWith('/config')) {
      reply(response, 'status' in this.config ? this.config : { status: 200, body: JSON.stringify({ ...openConfig, ...this.config }) });
    } else if (path === '/v1/ingest') {
      reply(response, this.answer(ingestEnvelope.parse(JSON.parse(received.text))));
    } else reply(response, { status: 404 });
  }
}

function reply(response: ServerResponse, { status, body = '', headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
}

async function receive(request: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  const bytes = Buffer.concat(parts);
  const { method = '', url = '', headers } = request;
  return { method, url, headers, bytes, text: (url.includes('enc=gzip') ? gunzipSync(bytes) : bytes).toString('utf8') };
}
