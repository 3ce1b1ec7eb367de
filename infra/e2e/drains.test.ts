import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { z } from 'zod';
import { testUri } from '#core/testing/test-platform.ts';
import { freePort } from '../testing/free-port.ts';
import { pause, until } from './testing/run-system.ts';

const browsers = 24;
const told = z.object({ siteKey: z.string() });

describe('SIGTERM while browsers send as much as they can', function drains() {
  this.timeout(60_000);
  const database = `test_drain_${randomUUID().slice(0, 8)}`;
  let client: mongoose.mongo.MongoClient;
  let core: ChildProcess;
  let port: number;
  let metricsPort: number;
  let siteKey: string;

  before(async () => {
    const mongodbUri = testUri();
    client = await mongoose.mongo.MongoClient.connect(mongodbUri);
    [port, metricsPort] = [await freePort(), await freePort()];
    core = fork(fileURLToPath(new URL('testing/core-process.ts', import.meta.url)), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    core.send({ mongodbUri, database, port, metricsPort, replayPort: await freePort(), graceMs: 3000 });
    const [message]: unknown[] = await once(core, 'message');
    ({ siteKey } = told.parse(message));
  });
  after(async () => {
    core?.kill('SIGKILL');
    await client.db(database).dropDatabase();
    await client.db(`${database}_keys`).dropDatabase();
    await client.close();
  });

  it('says at once that it is not ready, answers everything that it took, keeps all of it, and is gone in time', async () => {
    const seen: Seen = { acknowledged: 0, refused: [], broken: 0, closed: 0 };
    const stopping = new AbortController();
    const running = Array.from({ length: browsers }, () => browse({ port, siteKey, seen }, stopping.signal));
    await until('the load is there', async () => seen.acknowledged > 50, 30_000);
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    assert.match(metrics, /^leadlight_ingest_accepted_total \d+$/m);
    assert.match(metrics, /^leadlight_ingest_commit_seconds_count [1-9]/m);
    assert.match(metrics, /^leadlight_fold_lag_seconds \d/m);
    assert.ok(!metrics.includes(siteKey) && !metrics.includes('198.18.'));

    const ended = once(core, 'exit');
    const began = performance.now();
    core.kill('SIGTERM');
    await until('readiness says no', async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 503, 5000);
    const [code] = await ended;
    const tookMs = performance.now() - began;
    stopping.abort();
    await Promise.all(running);

    assert.equal(code, 0);
    assert.ok(tookMs >= 3000 && tookMs < 15_000, `${tookMs} ms`);
    assert.deepEqual(seen.refused, []);
    assert.equal(seen.broken, 0);
    assert.ok(seen.closed > 0);
    // Each batch is a session of its own; what is not folded yet is in the log, for the next replica.
    const [folded, waiting] = await Promise.all(
      ['sessions', 'arrivals'].map((name) => client.db(database).collection(name).countDocuments()),
    );
    assert.equal((folded ?? 0) + (waiting ?? 0), seen.acknowledged);
  });
});

interface Seen {
  acknowledged: number;
  /** Statuses other than 202. */
  readonly refused: number[];
  /** Connected, and then left without an answer. */
  broken: number;
  /** Answers that asked to connect anew. */
  closed: number;
}

/** Keeps its connection as browsers do, until nobody listens any more. */
async function browse(to: { port: number; siteKey: string; seen: Seen }, stopping: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  while (!stopping.aborted && (await postOne(to, agent)) !== 'nobody') await pause(5);
  agent.destroy();
}

/** Addresses of the benchmarking range, RFC 2544: no caller of its own meets a rate limit. */
function caller(): string {
  const byte = () => Math.floor(Math.random() * 256);
  return `198.18.${byte()}.${byte()}`;
}

function postOne(
  { port, siteKey, seen }: { port: number; siteKey: string; seen: Seen },
  agent: Agent,
): Promise<'answered' | 'nobody' | 'broken'> {
  const { promise, resolve } = Promise.withResolvers<'answered' | 'nobody' | 'broken'>();
  const headers = { Origin: 'http://localhost', 'Content-Type': 'text/plain', 'X-Forwarded-For': caller() };
  const call = request({ port, host: '127.0.0.1', method: 'POST', path: `/v1/ingest?key=${siteKey}`, headers, agent }, (response) => {
    if (response.statusCode === 202) seen.acknowledged += 1;
    else seen.refused.push(response.statusCode ?? 0);
    if (response.headers.connection === 'close') seen.closed += 1;
    response.resume().once('end', () => resolve('answered'));
  });
  call.once('error', (error) => {
    const nobody = 'code' in error && error.code === 'ECONNREFUSED';
    if (!nobody) seen.broken += 1;
    resolve(nobody ? 'nobody' : 'broken');
  });
  call.end(batch());
  return promise;
}

function batch(): string {
  const now = Date.now();
  const url = 'http://localhost/pricing';
  const event = { eid: randomUUID(), type: 'page_view', at: now, pageId: randomUUID(), url, props: { title: 'Pricing' } };
  const visit = { v: 1, vid: randomUUID(), sid: randomUUID(), tab: randomUUID(), sentAt: now, evidence: 'pointer' };
  return JSON.stringify({ ...visit, events: [event] });
}
