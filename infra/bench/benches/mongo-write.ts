/**
 * The limit of durable writes on this machine: what `w: majority, j: true` costs a document alone and in a batch. Other benchmarks
 * compare with it; it says why requests share their writes.
 */
import { mongo } from 'mongoose';
import { atLeast, type Bench, type Measurement } from '../bench.ts';
import { interleave, medianOf } from '../interleave.ts';
import { percentile } from '../median.ts';

const rounds = 5;
const measureMs = 2_000;
const warmUpMs = 500;
const inFlight = 64;
const batchSize = 100;

const single = `insertOne, ${inFlight} in flight`;
const batched = `insertMany of ${batchSize}`;

export const mongoWrite: Bench = {
  name: 'mongo-write',
  describe: 'durable writes: one document each against batches of 100, on a private MongoDB',
  async run({ startMongo }) {
    const client = await mongo.MongoClient.connect(await startMongo(), {
      maxPoolSize: inFlight,
      writeConcern: { w: 'majority', journal: true },
    });
    try {
      const events = client.db('bench').collection('events');
      const insertOne = async () => Number((await events.insertOne(makeEvent())).acknowledged);
      const insertBatch = async () =>
        (await events.insertMany(Array.from({ length: batchSize }, makeEvent), { ordered: false })).insertedCount;
      const subjects = [
        { subject: single, measure: () => throughput(insertOne, inFlight, measureMs) },
        { subject: batched, measure: () => throughput(insertBatch, 2, measureMs) },
      ];
      for (const work of [insertOne, insertBatch]) await throughput(work, inFlight, warmUpMs);
      const raw = await interleave(rounds, subjects);
      const gain = medianOf(raw, batched, 'docsPerSecond') / medianOf(raw, single, 'docsPerSecond');
      return { rounds, raw, budget: [atLeast('documents/s in batches ÷ one by one', gain, 5)] };
    } finally {
      await client.close();
    }
  },
};

/** Keeps `concurrency` pieces of work going for a while; each answers how many documents it wrote. */
async function throughput(work: () => Promise<number>, concurrency: number, ms: number): Promise<Measurement['figures']> {
  const start = performance.now();
  const latencies: number[] = [];
  let docs = 0;
  const worker = async () => {
    for (let now = start; now - start < ms; ) {
      const written = await work();
      const end = performance.now();
      docs += written;
      latencies.push(end - now);
      now = end;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - start) / 1000;
  return { docsPerSecond: Math.round(docs / seconds), p50Ms: round(percentile(latencies, 0.5)), p99Ms: round(percentile(latencies, 0.99)) };
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

/** As large as an event of a page view. */
function makeEvent() {
  return {
    workspaceId: 'ws_benchmark',
    sessionId: 'se_0123456789abcdef',
    type: 'page_view',
    at: new Date(),
    url: 'https://shop.example/products/lamp?utm_source=newsletter',
    props: { title: 'A lamp for the desk', referrer: 'https://search.example/' },
  };
}
