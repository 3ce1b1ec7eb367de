/** Sends the batches of many running visits over 64 connections, each visit's one after the other. */
import autocannon from 'autocannon';
import type { Measurement } from '../bench.ts';
import type { Target } from '../targets/target.ts';
import type { RunningVisit, Visits } from './visits.ts';

const connections = 64;

export interface Load {
  readonly visits: Visits;
  readonly seconds: number;
  /** Events in a batch. */
  readonly events: number;
}

export async function load({ url }: Target, { visits, seconds, events }: Load): Promise<Measurement['figures']> {
  const { pathname, search, origin } = new URL(url);
  const sending = new WeakMap<object, RunningVisit>();
  /** Of which nothing was kept. */
  let unknown = 0;
  const result = await autocannon({
    url: origin,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path: pathname + search,
        setupRequest: (request, context) => {
          const visit = visits.take();
          sending.set(context, visit);
          return { ...request, body: visit.next(events), headers: { ...headers, 'X-Forwarded-For': visit.address } };
        },
        onResponse: (_status, body, context) => {
          if (body.includes('"known":false')) unknown += 1;
          const visit = sending.get(context);
          if (visit !== undefined) visits.giveBack(visit);
        },
      },
    ],
  });
  const perSecond = result['2xx'] / result.duration;
  return {
    requestsPerSecond: Math.round(perSecond),
    eventsPerSecond: Math.round(perSecond * events),
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    otherAnswers: result.non2xx + result.errors + unknown,
  };
}

const headers = {
  'Content-Type': 'text/plain',
  Origin: 'http://localhost',
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
};
