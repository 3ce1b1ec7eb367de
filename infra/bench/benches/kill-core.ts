/** `kill -9` of a core under load, again and again: whether everything that was acknowledged is there, once. */
import { setTimeout as delay } from 'node:timers/promises';
import { atLeast, atMost, type Bench, type Measurement } from '../bench.ts';
import { compareLedger } from '../durability/compare-ledger.ts';
import { coreProcess, prepare } from '../durability/core-process.ts';
import { startVisits, type Visits } from '../durability/visits.ts';

const kills = { whole: 100, short: 10 };
const longestLifeMs = 1500;
const load = { browsers: 30, pauseMs: 80 };

export const killCore: Bench = {
  name: 'kill-core',
  describe: 'kill -9 of a core under load at 100 random moments (--short: 10): what was acknowledged and is lost, or counted twice',
  async run({ startMongo, say, short }) {
    const rounds = short ? kills.short : kills.whole;
    const prepared = await prepare(await startMongo());
    const core = await coreProcess(prepared);
    await core.start();
    const visits = startVisits(prepared, { url: core.url, ...load });
    for (let kill = 0; kill < rounds; kill += 1) {
      await delay(Math.random() * longestLifeMs);
      await core.kill();
      await core.start();
      if (kill % 10 === 9) say(`${kill + 1} kills, ${visits.ledger.acknowledged.size} events acknowledged`);
    }
    await visits.end();
    const found = await compareLedger(prepared.workspaceId, visits.ledger);
    const figures = { ...figuresOf(visits), ...found, exitCode: (await core.stop()) ?? -1 };
    await prepared.platform.store.close();
    return {
      rounds: 1,
      raw: [{ subject: `${rounds} kills`, round: 0, figures }],
      budget: [
        atLeast('events acknowledged', visits.ledger.acknowledged.size, rounds * 10),
        atMost('acknowledged and lost', found.lost, 0),
        atMost('stored twice', found.twice, 0),
        atMost('counted too often or not at all', Math.abs(found.miscounted), 0),
      ],
    };
  },
};

export function figuresOf({ ledger }: Visits): Measurement['figures'] {
  const statuses = [...ledger.statuses].map(([status, count]) => [status === 0 ? 'noAnswer' : `answers${status}`, count] as const);
  const { acknowledged, sent, longestGapMs, withoutRetryAfter } = ledger;
  return { acknowledged: acknowledged.size, sent: sent.size, longestGapMs, withoutRetryAfter, ...Object.fromEntries(statuses) };
}
