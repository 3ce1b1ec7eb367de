/** Browsers that post batches to the core, and write down what they were answered. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

export interface LoadedSite {
  readonly siteKey: string;
  readonly workspaceId: string;
  readonly siteId: string;
}

export interface Tally {
  /** Status → how often. `0`: no answer at all. */
  readonly statuses: Map<number, number>;
  /** Milliseconds of each 202. */
  readonly tookMs: number[];
  /** Session ids of what was acknowledged. */
  readonly acknowledged: { readonly site: LoadedSite; readonly sid: string }[];
  /** Answers of 429 and 503 that do not say when to come again. */
  withoutRetryAfter: number;
}

export function newTally(): Tally {
  return { statuses: new Map(), tookMs: [], acknowledged: [], withoutRetryAfter: 0 };
}

export interface Browsers {
  readonly port: number;
  readonly site: LoadedSite;
  readonly connections: number;
  /** Between an answer and the next batch of the same browser; 0: at once, whatever the answer says. */
  readonly pauseMs: number;
  readonly tally: Tally;
}

/** Posts until it is told to stop. */
export async function browse(browsers: Browsers, stopping: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: browsers.connections });
  const one = async () => {
    while (!stopping.aborted) {
      await postOne(browsers, agent);
      if (browsers.pauseMs > 0) await setTimeout(browsers.pauseMs * (0.5 + Math.random()), undefined, { ref: false });
    }
  };
  await Promise.all(Array.from({ length: browsers.connections }, one));
  agent.destroy();
}

async function postOne({ port, site, tally }: Browsers, agent: Agent): Promise<void> {
  const sid = randomUUID();
  const began = performance.now();
  const { status, retryAfter } = await post({ port, agent, path: `/v1/ingest?key=${site.siteKey}` }, batch(sid));
  tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
  if (status === 202) {
    tally.tookMs.push(performance.now() - began);
    tally.acknowledged.push({ site, sid });
  } else if ((status === 429 || status === 503) && !(Number(retryAfter) >= 1)) tally.withoutRetryAfter += 1;
}

const mostMs = 60_000;

function post(
  to: { port: number; agent: Agent; path: string },
  body: string,
): Promise<{ status: number; retryAfter?: string | undefined }> {
  return new Promise((resolve) => {
    const headers = { 'Content-Type': 'text/plain', Origin: 'http://localhost', 'User-Agent': userAgent, 'X-Forwarded-For': caller() };
    const call = request({ ...to, host: '127.0.0.1', method: 'POST', headers, timeout: mostMs }, (response) => {
      response.resume().once('end', () => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }));
    });
    call.once('error', () => resolve({ status: 0 })).once('timeout', () => call.destroy());
    call.end(body);
  });
}

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

/** Addresses of the benchmarking range, RFC 2544. */
function caller(): string {
  const byte = () => Math.floor(Math.random() * 256);
  return `198.${18 + (byte() % 2)}.${byte()}.${byte()}`;
}

function batch(sid: string): string {
  const event = {
    eid: randomUUID(),
    type: 'page_view',
    at: Date.now(),
    pageId: randomUUID(),
    url: 'http://localhost/pricing?utm_source=newsletter',
    props: { title: 'Pricing', referrer: 'https://search.example/' },
  };
  return JSON.stringify({ v: 1, vid: randomUUID(), sid, tab: randomUUID(), sentAt: Date.now(), evidence: 'pointer', events: [event] });
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
