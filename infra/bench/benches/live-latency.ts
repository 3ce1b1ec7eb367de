/**
 * How soon a visitor's event is with a viewer, and its alert in the queue: it is posted to one replica, and read by a viewer on the other,
 * on one private MongoDB. Times are of one clock, from before the request is sent.
 */
import { loadavg } from 'node:os';
import { setTimeout as later } from 'node:timers/promises';
import { atMost, type Bench, type Measurement } from '../bench.ts';
import { describeTimes } from '../live/describe-times.ts';
import { type Crowd, makeVisits, type Sent } from '../live/make-visits.ts';
import { type Seen, watchViewer } from '../live/watch-viewer.ts';
import { startTarget } from '../targets/target.ts';

/** 20 page views each second, of them 3 the first of a known contact's visit. */
const crowd: Crowd = { atOnce: 40, everyMs: 2000, pages: 6, visits: 2 };
const rounds = 3;
const name = 'bench_live';
const patienceMs = 5000;

export const liveLatency: Bench = {
  name: 'live-latency',
  describe: "a visitor's event on one replica → a viewer of the live view on another, and → its alert queued (server side)",
  async run({ startMongo, say, short }) {
    const uri = await startMongo();
    await using open = new AsyncDisposableStack();
    const [first, second] = [
      await startTarget('live.ts', { mongodbUri: uri, database: name }),
      await startTarget('live.ts', { mongodbUri: uri, database: name }),
    ];
    open.defer(() => Promise.all([first.close(), second.close()]).then(() => undefined));
    const seen = await watchViewer(second, { uri, name });
    open.defer(() => seen.close());
    say('Warming up');
    await makeVisits(first, { ...crowd, visits: 1 }, 0);
    const raw: Measurement[] = [];
    const all: Times = { live: [], queued: [] };
    for (let round = 1; round <= (short ? 1 : rounds); round += 1) {
      const sent = await makeVisits(first, crowd, round * crowd.atOnce * crowd.visits);
      const times = await timesOf(sent, seen);
      all.live.push(...times.live);
      all.queued.push(...times.queued);
      for (const [subject, of] of [
        ['live view', times.live],
        ['alert queued', times.queued],
      ] as const)
        raw.push({ subject, round, figures: { ...describeTimes(of), load: Math.round((loadavg()[0] ?? 0) * 10) / 10 } });
    }
    const [live, queued] = [describeTimes(all.live), describeTimes(all.queued)];
    return {
      rounds,
      raw,
      compared: [
        { subject: 'live view, all rounds', figures: live },
        { subject: 'alert queued, all rounds', figures: queued },
      ],
      budget: [
        atMost('events and alerts that did not come', (live.missing ?? 0) + (queued.missing ?? 0), 0),
        atMost('event → live view, p99 ms', live.p99Ms ?? Number.NaN, 60),
        atMost('event → alert queued, p99 ms', queued.p99Ms ?? Number.NaN, 60),
      ],
    };
  },
};

interface Times {
  readonly live: number[];
  readonly queued: number[];
}

async function timesOf({ events, first }: Sent, { events: viewed, alerts, sessionOf }: Seen): Promise<Times> {
  const queuedAt = (eid: string) => alerts.get(sessionOf.get(eid) ?? '');
  const isThere = (eid: string) => viewed.has(eid) && (!first.has(eid) || queuedAt(eid) !== undefined);
  for (const until = performance.now() + patienceMs; performance.now() < until && ![...events.keys()].every(isThere); ) await later(50);
  return {
    live: [...events].map(([eid, at]) => (viewed.get(eid) ?? Number.POSITIVE_INFINITY) - at),
    queued: [...events].filter(([eid]) => first.has(eid)).map(([eid, at]) => (queuedAt(eid) ?? Number.POSITIVE_INFINITY) - at),
  };
}
