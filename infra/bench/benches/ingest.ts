/**
 * Durable ingest, one event per POST, 64 connections, some hundreds of running visits: the core from the border to the acknowledged write,
 * with its fold in the same process, against what bare servers take from the same load, interleaved on one private MongoDB.
 */
import { mongo } from 'mongoose';
import { atLeast, atMost, type Bench } from '../bench.ts';
import { load } from '../ingest/load.ts';
import { openVisits } from '../ingest/visits.ts';
import { interleave, medianOf, type Subject } from '../interleave.ts';
import { watchMemory } from '../overload/watch-memory.ts';
import { startTarget, type Target } from '../targets/target.ts';

const running = 400;
const ours = 'Leadlight ingest';
const limit = 'bare Koa + group commit';
const single = 'bare node + insertOne each';
const naive = 'Koa + mongoose create each';

export const ingest: Bench = {
  name: 'ingest',
  describe: 'durable ingest, one event per POST, 64 connections: the core with its fold against bare servers',
  async run({ startMongo, say, short }) {
    const [rounds, seconds] = short ? [1, 3] : [3, 5];
    const mongodbUri = await startMongo();
    await using open = new AsyncDisposableStack();
    const start = async (file: string, database: string) => {
      const target = await startTarget(file, { mongodbUri, database });
      open.defer(target.close);
      return { target, visits: openVisits(target.tokens, running) };
    };
    const core = await start('core.ts', 'bench_core');
    const stop = watchMemory(core.target.pid);
    const bare = { [limit]: 'bare-koa.ts', [single]: 'bare-http.ts', [naive]: 'naive.ts' };
    const subjects: Subject[] = [{ subject: ours, measure: () => measureCore(mongodbUri, core, seconds) }];
    for (const [subject, file] of Object.entries(bare)) {
      const { target, visits } = await start(file, `bench_${file.replace('.ts', '')}`);
      subjects.push({ subject, measure: () => load(target, { visits, seconds, events: 1 }) });
    }
    say('Warming up');
    for (const { measure } of subjects) await measure();
    const raw = await interleave(rounds, subjects);
    const perSecond = (subject: string) => medianOf(raw, subject, 'requestsPerSecond');
    return {
      rounds,
      raw,
      budget: [
        atLeast('requests/s ÷ bare Koa + group commit', Number((perSecond(ours) / perSecond(limit)).toFixed(3)), 0.6),
        atLeast('requests/s ÷ Koa + mongoose create each', Number((perSecond(ours) / perSecond(naive)).toFixed(2)), 8),
        atMost('p99, ms', medianOf(raw, ours, 'p99Ms'), 30),
        atMost('answers other than 202, or of which nothing was kept', medianOf(raw, ours, 'otherAnswers'), 0),
        atMost('resident megabytes', Math.round(await stop()), 200),
      ],
    };
  },
};

/** Until the last of it is folded: what is put off is told, and does not burden the next subject. */
async function measureCore(
  mongodbUri: string,
  { target, visits }: { target: Target; visits: ReturnType<typeof openVisits> },
  seconds: number,
) {
  const figures = await load(target, { visits, seconds, events: 1 });
  const began = performance.now();
  const client = await mongo.MongoClient.connect(mongodbUri);
  const arrivals = client.db('bench_core').collection('arrivals');
  const left = await arrivals.estimatedDocumentCount();
  while ((await arrivals.estimatedDocumentCount()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await client.close();
  return { ...figures, leftToFold: left, foldedAfterMs: Math.round(performance.now() - began) };
}
