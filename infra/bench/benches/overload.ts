/**
 * One site sends ten times what one process can take, and meanwhile MongoDB stands still: what the others notice, what memory does, what is
 * answered, and whether everything acknowledged is there afterwards.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { z } from 'zod';
import { freePort } from '../../testing/free-port.ts';
import { atMost, type Bench, type Measurement } from '../bench.ts';
import { type Browsers, browse, type LoadedSite, newTally, percentile, type Tally } from '../overload/load.ts';
import { watchMemory } from '../overload/watch-memory.ts';

const database = 'bench_overload';
const atCapacity = 64;
const answered = z.object({ sites: z.array(z.object({ workspaceId: z.string(), siteId: z.string(), siteKey: z.string() })) });

interface Stage {
  readonly mongodbUri: string;
  readonly port: number;
  readonly corePid: number;
  readonly mongodPid: number;
  readonly greedy: LoadedSite;
  readonly others: readonly LoadedSite[];
  readonly seconds: { readonly calm: number; readonly flood: number; readonly frozen: number };
  say(line: string): void;
}

export const overload: Bench = {
  name: 'overload',
  describe:
    'one site at ten times the capacity for two minutes with mongod frozen for 30 s (--short: 20 s and 6 s): fairness, memory, losses',
  async run({ startMongo, say, short }) {
    const mongodbUri = await startMongo();
    const port = await freePort();
    const core = fork(fileURLToPath(new URL('../overload/core-process.ts', import.meta.url)), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    try {
      core.send({ mongodbUri, database, port, sites: 6 });
      const [message]: unknown[] = await once(core, 'message');
      const [greedy, ...others] = answered.parse(message).sites;
      if (greedy === undefined || core.pid === undefined) throw new Error('The core did not start.');
      const seconds = short ? { calm: 4, flood: 20, frozen: 6 } : { calm: 10, flood: 120, frozen: 30 };
      const mongodPid = await pidOfMongod(mongodbUri);
      return await measure({ mongodbUri, port, corePid: core.pid, mongodPid, greedy, others, seconds, say });
    } finally {
      await end(core);
    }
  },
};

async function measure(stage: Stage) {
  const { seconds, say } = stage;
  say('Warming up');
  await visit(stage, { seconds: seconds.calm, greedyConnections: atCapacity });
  say('The others alone');
  const alone = await visit(stage, { seconds: seconds.calm, greedyConnections: 0 });
  say('One site at the limit of what one process takes');
  const beside = await visit(stage, { seconds: seconds.calm, greedyConnections: atCapacity });
  say('The same at ten times as many connections');
  const flooded = await visit(stage, { seconds: seconds.calm, greedyConnections: 10 * atCapacity });
  say(`The flood, with MongoDB frozen for ${seconds.frozen} s in it`);
  const memory = watchMemory(stage.corePid);
  const [frozen] = await Promise.all([visit(stage, { seconds: seconds.flood, greedyConnections: 10 * atCapacity }), freeze(stage)]);
  const mostMegabytes = await memory();
  const recoveredSeconds = await recovery(stage, percentile(alone.others.tookMs, 0.99));
  const visits = { alone, beside, flooded, frozen };
  const raw = Object.entries(visits).map(([subject, tallies]): Measurement => ({ subject, round: 1, figures: figuresOf(tallies) }));
  const tallies = Object.values(visits).flatMap(({ greedy, others }) => [greedy, others]);
  return {
    rounds: 1,
    raw,
    budget: [
      atMost('p99 of the others beside a flood ÷ alone', ratio(flooded, alone), 2),
      atMost("others' batches refused beside a flood", refused(flooded.others) + refused(beside.others), 0),
      atMost('resident megabytes', mostMegabytes, 512),
      atMost(
        'answers other than 202, 429, 503',
        tallies.reduce((sum, tally) => sum + strange(tally), 0),
        0,
      ),
      atMost(
        '429 and 503 without Retry-After',
        tallies.reduce((sum, { withoutRetryAfter }) => sum + withoutRetryAfter, 0),
        0,
      ),
      atMost('seconds until the others are served as before', recoveredSeconds, 60),
      atMost('acknowledged and not stored', await lost(stage, tallies), 0),
    ],
  };
}

interface Visits {
  readonly greedy: Tally;
  readonly others: Tally;
  readonly seconds: number;
}

/** The others are twenty browsers with a batch every 100 ms or so. */
async function visit(stage: Stage, { seconds, greedyConnections }: { seconds: number; greedyConnections: number }): Promise<Visits> {
  const tallies = { greedy: newTally(), others: newTally(), seconds };
  const common = { port: stage.port };
  const browsers: Browsers[] = [
    { ...common, site: stage.greedy, connections: greedyConnections, pauseMs: 0, tally: tallies.greedy },
    ...stage.others.map((site) => ({ ...common, site, connections: 4, pauseMs: 100, tally: tallies.others })),
  ];
  const stopping = AbortSignal.timeout(seconds * 1000);
  await Promise.all(browsers.map((each) => browse(each, stopping)));
  return tallies;
}

async function freeze({ seconds, mongodPid }: Stage): Promise<void> {
  await setTimeout((seconds.flood - seconds.frozen) * 500);
  process.kill(mongodPid, 'SIGSTOP');
  try {
    await setTimeout(seconds.frozen * 1000);
  } finally {
    process.kill(mongodPid, 'SIGCONT');
  }
}

/** Seconds after the flood until a second passes in which all are taken, about as fast as before. */
async function recovery(stage: Stage, calmP99Ms: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { others } = await visit(stage, { seconds: 1, greedyConnections: 0 });
    const passed = (performance.now() - began) / 1000;
    const isBack = refused(others) === 0 && percentile(others.tookMs, 0.95) <= Math.max(2 * calmP99Ms, 50);
    if (isBack || passed > 90) return Number(passed.toFixed(1));
  }
}

/** Each batch was a session of its own. What is folded a moment later is waited for. */
async function lost({ mongodbUri, say }: Stage, tallies: readonly Tally[]): Promise<number> {
  const acknowledged = tallies.flatMap((tally) => tally.acknowledged);
  say(`Looking for ${acknowledged.length} acknowledged batches`);
  const client = await mongoose.mongo.MongoClient.connect(mongodbUri);
  try {
    const db = client.db(database);
    for (const deadline = Date.now() + 120_000; ; await setTimeout(1000)) {
      const [sessions, arrivals] = await Promise.all([
        db.collection('sessions').countDocuments(),
        db.collection('arrivals').countDocuments(),
      ]);
      if (arrivals === 0 || Date.now() > deadline) return Math.max(0, acknowledged.length - sessions);
    }
  } finally {
    await client.close();
  }
}

function figuresOf({ greedy, others, seconds }: Visits): Measurement['figures'] {
  return {
    acceptedPerSecond: Math.round(((greedy.statuses.get(202) ?? 0) + (others.statuses.get(202) ?? 0)) / seconds),
    greedyAccepted: greedy.statuses.get(202) ?? 0,
    greedyRefused: refused(greedy),
    othersAccepted: others.statuses.get(202) ?? 0,
    othersRefused: refused(others),
    othersP50Ms: Number(percentile(others.tookMs, 0.5).toFixed(1)),
    othersP99Ms: Number(percentile(others.tookMs, 0.99).toFixed(1)),
    greedyP99Ms: Number(percentile(greedy.tookMs, 0.99).toFixed(1)),
  };
}

function ratio(one: Visits, other: Visits): number {
  return Number((percentile(one.others.tookMs, 0.99) / percentile(other.others.tookMs, 0.99)).toFixed(2));
}

function refused({ statuses }: Tally): number {
  return [...statuses].reduce((sum, [status, times]) => (status === 202 ? sum : sum + times), 0);
}

function strange({ statuses }: Tally): number {
  return [...statuses].reduce((sum, [status, times]) => ([202, 429, 503].includes(status) ? sum : sum + times), 0);
}

async function pidOfMongod(uri: string): Promise<number> {
  const client = await mongoose.mongo.MongoClient.connect(uri);
  const { pid } = await client.db('admin').command({ serverStatus: 1 });
  await client.close();
  return Number(pid);
}

async function end(core: ChildProcess): Promise<void> {
  if (core.exitCode !== null) return;
  const ended = once(core, 'exit');
  core.disconnect();
  await ended;
}
