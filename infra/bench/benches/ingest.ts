/**
 * Durable ingest, one event per POST, 64 connections: the core from the border to the acknowledged write, against bare Koa with the same
 * group commit in front of `insertMany`, interleaved on one private MongoDB.
 */
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { atLeast, atMost, type Bench, type Measurement } from '../bench.ts';
import { interleave, medianOf } from '../interleave.ts';
import { startTarget, type Target } from '../targets/target.ts';

const rounds = 3;
const seconds = 5;
const connections = 64;
const ours = 'Leadlight ingest';
const limit = 'bare Koa + group commit';

export const ingest: Bench = {
  name: 'ingest',
  describe: 'durable ingest, one event per POST, 64 connections: the core (web part) against bare Koa + group commit',
  async run({ startMongo, say }) {
    const mongodbUri = await startMongo();
    const core = await startTarget('core.ts', { mongodbUri, database: 'bench_core' });
    const bare = await startTarget('bare-koa.ts', { mongodbUri, database: 'bench_bare' });
    try {
      const subjects = [
        { subject: ours, measure: () => load(core) },
        { subject: limit, measure: () => load(bare) },
      ];
      say('Warming up');
      for (const { measure } of subjects) await measure();
      const raw = await interleave(rounds, subjects);
      const share = medianOf(raw, ours, 'requestsPerSecond') / medianOf(raw, limit, 'requestsPerSecond');
      return {
        rounds,
        raw,
        budget: [
          atLeast('requests/s ÷ bare Koa + group commit', Number(share.toFixed(3)), 0.6),
          atMost('p99, ms', medianOf(raw, ours, 'p99Ms'), 30),
          atMost('answers other than 202', medianOf(raw, ours, 'otherAnswers'), 0),
        ],
      };
    } finally {
      await Promise.all([core.close(), bare.close()]);
    }
  },
};

async function load({ url, tokens }: Target): Promise<Measurement['figures']> {
  const { pathname, search, origin } = new URL(url);
  const result = await autocannon({
    url: origin,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path: pathname + search,
        setupRequest: (request) => ({ ...request, body: batch(tokens), headers: { ...headers, 'X-Forwarded-For': caller() } }),
      },
    ],
  });
  const accepted = result['2xx'];
  return {
    requestsPerSecond: Math.round(accepted / result.duration),
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    otherAnswers: result.non2xx + result.errors,
  };
}

const headers = {
  'Content-Type': 'text/plain',
  Origin: 'http://localhost',
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
};

/** Addresses of the benchmarking range, RFC 2544. */
function caller(): string {
  const byte = () => Math.floor(Math.random() * 256);
  return `198.18.${byte()}.${byte()}`;
}

/** One page view of one of the contacts, in a session of its own. */
function batch(tokens: readonly string[]): string {
  const token = tokens[Math.floor(Math.random() * tokens.length)];
  const event = {
    eid: randomUUID(),
    type: 'page_view',
    at: Date.now(),
    pageId: randomUUID(),
    url: 'http://localhost/pricing?utm_source=newsletter',
    props: { title: 'Pricing', referrer: 'https://search.example/' },
  };
  const visitor = { v: 1, vid: randomUUID(), sid: randomUUID(), tab: randomUUID(), sentAt: Date.now() };
  return JSON.stringify({ ...visitor, ...(token === undefined ? {} : { identity: { token } }), events: [event] });
}
