/** `kill -9` of the primary of a replica set of three under load: whether anything is lost, and how long nothing could be written. */
import { setTimeout as delay } from 'node:timers/promises';
import { findMongod } from '../../setup/mongod.mjs';
import { atLeast, atMost, type Bench } from '../bench.ts';
import { compareLedger } from '../durability/compare-ledger.ts';
import { coreProcess, prepare } from '../durability/core-process.ts';
import { startReplicaSet } from '../durability/replica-set.ts';
import { startVisits } from '../durability/visits.ts';
import { figuresOf } from './kill-core.ts';

const kills = { whole: 10, short: 2 };
const calmMs = 3000;
const load = { browsers: 12, pauseMs: 80 };
const gapMs = 15_000;

export const killPrimary: Bench = {
  name: 'kill-primary',
  describe: 'kill -9 of the primary of three mongods under load, 10 times (--short: 2): what is lost, what clients see, and the write gap',
  async run({ folder, say, short }) {
    const mongod = findMongod();
    if (mongod === undefined) throw new Error('There is no mongod on this machine: use npm run bench, which brings one.');
    const rounds = short ? kills.short : kills.whole;
    const replicas = await startReplicaSet(mongod, await folder());
    try {
      const prepared = await prepare(replicas.uri);
      const core = await coreProcess(prepared);
      await core.start();
      const visits = startVisits(prepared, { url: core.url, ...load });
      for (let kill = 0; kill < rounds; kill += 1) {
        await delay(calmMs * (0.5 + Math.random()));
        await replicas.killPrimary();
        const before = visits.ledger.acknowledged.size;
        while (visits.ledger.acknowledged.size === before) await delay(50);
        await replicas.restore();
        say(`${kill + 1} primaries killed, ${visits.ledger.acknowledged.size} events acknowledged, gap ${visits.ledger.longestGapMs} ms`);
      }
      await visits.end();
      const found = await compareLedger(prepared.workspaceId, visits.ledger);
      const figures = { ...figuresOf(visits), ...found, exitCode: (await core.stop()) ?? -1 };
      await prepared.platform.store.close();
      const { statuses } = visits.ledger;
      const others = [...statuses].reduce((sum, [status, count]) => sum + (status === 202 || status === 503 ? 0 : count), 0);
      return {
        rounds: 1,
        raw: [{ subject: `${rounds} primaries killed`, round: 0, figures }],
        budget: [
          atLeast('events acknowledged', visits.ledger.acknowledged.size, rounds * 100),
          atMost('acknowledged and lost', found.lost, 0),
          atMost('stored twice', found.twice, 0),
          atMost('counted too often or not at all', Math.abs(found.miscounted), 0),
          atMost('answers other than 202 and 503', others, 0),
          atMost('503 without Retry-After', visits.ledger.withoutRetryAfter, 0),
          atMost('longest time without an acknowledgement, ms', visits.ledger.longestGapMs, gapMs),
        ],
      };
    } finally {
      await replicas.stop();
    }
  },
};
