/**
 * Figures about this process in the text format of Prometheus. Labels are ours alone, from closed lists: never a site key, an address, or
 * anything else that a caller chose.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const registry = new Registry();
const registers = [registry];
collectDefaultMetrics({ register: registry, prefix: 'leadlight_' });

const accepted = new Counter({ name: 'leadlight_ingest_accepted_total', help: 'Batches that were answered with 202.', registers });

const problems = new Counter({
  name: 'leadlight_problems_total',
  help: 'Requests that were refused or failed, by the status and the code of the problem; of ingest apart from all others.',
  labelNames: ['at', 'status', 'code'],
  registers,
});

const commitSeconds = new Histogram({
  name: 'leadlight_ingest_commit_seconds',
  help: 'From a batch being ready to its majority-committed, journaled write.',
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  registers,
});

export function countAccepted(): void {
  accepted.inc();
}

/** @param code from our own list: infra/docs/errors.md. */
export function countProblem(at: 'ingest' | 'other', status: number, code: string): void {
  problems.inc({ at, status: String(status), code });
}

/** Measures how long a durable write takes, whether it succeeds or not. */
export async function timeCommit<Result>(commit: () => Promise<Result>): Promise<Result> {
  const began = performance.now();
  try {
    return await commit();
  } finally {
    commitSeconds.observe((performance.now() - began) / 1000);
  }
}

/** Asked each time somebody looks. */
export interface AdmissionFacts {
  readonly working: number;
  readonly waiting: number;
  readonly sites: number;
  readonly wireBytes: number;
}

export function measureAdmission(facts: () => AdmissionFacts): void {
  gauge('leadlight_ingest_working', 'Batches worked on at this moment.', () => facts().working);
  gauge('leadlight_ingest_waiting', 'Batches that wait for their turn.', () => facts().waiting);
  gauge('leadlight_ingest_sites', 'Sites that have a batch here at this moment.', () => facts().sites);
  gauge('leadlight_ingest_held_bytes', 'Bytes of bodies held in memory.', () => facts().wireBytes);
}

/** @param backlog how much waits to be folded, and for how many seconds the oldest does; null while nobody can tell. */
export function measureFold(backlog: () => Promise<{ readonly arrivals: number; readonly oldestSeconds: number } | null>): void {
  let asked: ReturnType<typeof backlog> = Promise.resolve(null);
  gauge('leadlight_fold_backlog', 'Arrivals that are written and not yet folded into sessions, over all replicas.', async () => {
    asked = backlog();
    return (await asked)?.arrivals ?? Number.NaN;
  });
  gauge(
    'leadlight_fold_lag_seconds',
    'Age of the oldest arrival that is not yet folded.',
    async () => (await asked)?.oldestSeconds ?? Number.NaN,
  );
}

/** A core that is made anew in the same process takes the place of the one before. */
function gauge(name: string, help: string, value: () => number | Promise<number>): void {
  registry.removeSingleMetric(name);
  new Gauge({
    name,
    help,
    registers,
    async collect() {
      this.set(await value());
    },
  });
}

export async function metricsText(): Promise<{ readonly type: string; readonly text: string }> {
  return { type: registry.contentType, text: await registry.metrics() };
}
