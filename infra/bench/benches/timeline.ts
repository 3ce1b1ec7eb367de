/**
 * What a person waits for: a contact's timeline, the hot list and the list of visits, over a history of 10 million events and of 100
 * thousand. Through HTTP on the real core, requests to both interleaved one by one.
 */
import { atMost, type Bench, type Measurement } from '../bench.ts';
import { interleave, medianOf } from '../interleave.ts';
import { startTarget, type Target } from '../targets/target.ts';

const few = 100_000;
const many = 10_000_000;
const rounds = 5;
const requests = 400;
const lists = ['timeline', 'hot', 'lastSeen', 'live', 'sessions'] as const;
type List = (typeof lists)[number];

export const timeline: Bench = {
  name: 'timeline',
  describe: "a contact's timeline, the hot list, who is live, all visits: p99 at 10 million events ÷ p99 at 100 thousand",
  async run({ startMongo, say }) {
    const mongodbUri = await startMongo();
    say('Making both histories (a few minutes)');
    const began = Date.now();
    const small = await startTarget('timeline-core.ts', { mongodbUri, database: `bench_${few}` });
    const large = await startTarget('timeline-core.ts', { mongodbUri, database: `bench_${many}` });
    say(`Made in ${Math.round((Date.now() - began) / 1000)} s`);
    try {
      for (const list of lists) await alternate({ small, large }, list);
      const raw = await interleave(
        rounds,
        lists.map((subject) => ({ subject, measure: () => alternate({ small, large }, subject) })),
      );
      const p99 = (list: List, size: 'small' | 'large') => medianOf(raw, list, `${size}P99Ms`);
      const budget = lists.flatMap((list) => [
        atMost(`${list}: p99 at 10 million ÷ at 100 thousand`, Number((p99(list, 'large') / p99(list, 'small')).toFixed(2)), 1.3),
        atMost(`${list}: p99 at 10 million, ms`, p99(list, 'large'), 10),
      ]);
      return { rounds, raw, budget };
    } finally {
      await Promise.all([small.close(), large.close()]);
    }
  },
};

interface Pair {
  readonly small: Target;
  readonly large: Target;
}

/** One request to the one, one to the other: what slows the machine slows both. */
async function alternate(pair: Pair, list: List): Promise<Measurement['figures']> {
  const times: Record<'small' | 'large', number[]> = { small: [], large: [] };
  const cursors = { small: '', large: '' };
  for (let nth = 0; nth < requests * 2; nth += 1) {
    const size = nth % 2 === 0 ? 'small' : 'large';
    const { ms, next } = await ask(pair[size], addressOf(list, pair[size], cursors[size]));
    cursors[size] = next;
    times[size].push(ms);
  }
  return {
    smallP50Ms: share(times.small, 0.5),
    smallP99Ms: share(times.small, 0.99),
    largeP50Ms: share(times.large, 0.5),
    largeP99Ms: share(times.large, 0.99),
  };
}

/** Lists are read on, page after page, to the end of the smaller one and then anew. */
function addressOf(list: List, { tokens }: Target, cursor: string): string {
  const page = cursor === '' ? '' : `cursor=${encodeURIComponent(cursor)}`;
  if (list === 'timeline') return `/v1/contacts/${tokens[1 + Math.floor(Math.random() * (tokens.length - 1))]}/sessions`;
  if (list === 'hot') return `/v1/contacts?${page}`;
  if (list === 'lastSeen') return `/v1/contacts?sort=lastSeen&${page}`;
  return list === 'live' ? '/v1/live' : `/v1/sessions?${page}`;
}

async function ask({ url, tokens }: Target, path: string): Promise<{ ms: number; next: string }> {
  const began = performance.now();
  const response = await fetch(url + path, { headers: { Cookie: tokens[0] ?? '' } });
  const body: unknown = await response.json();
  const ms = performance.now() - began;
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  const next = typeof body === 'object' && body !== null && 'next' in body ? body.next : null;
  return { ms, next: typeof next === 'string' ? next : '' };
}

function share(times: readonly number[], part: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(2));
}
