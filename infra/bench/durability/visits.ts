/**
 * Visits that go on whatever happens to the core: each browser sends one event at a time, and sends it again until it was acknowledged, as
 * the snippet does. What was acknowledged is written down.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Prepared } from './core-process.ts';

export interface Ledger {
  /** Event ids that were acknowledged. */
  readonly acknowledged: Set<string>;
  /** Event ids that were sent, acknowledged or not. */
  readonly sent: Set<string>;
  /** Status → how often; 0: no answer. */
  readonly statuses: Map<number, number>;
  /** Refusals that told no moment for the next try. */
  withoutRetryAfter: number;
  /** Longest time without any acknowledgement, milliseconds. */
  longestGapMs: number;
}

export interface Visits {
  readonly ledger: Ledger;
  /** Every browser sends until its last event was acknowledged, and leaves. */
  end(): Promise<void>;
}

export interface VisitsOptions {
  readonly url: string;
  readonly browsers: number;
  /** Of one browser, between an acknowledgement and its next event. */
  readonly pauseMs: number;
}

const headers = {
  'Content-Type': 'text/plain',
  Origin: 'http://localhost',
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
};

const againMs = 100;
/** Longer than an election: who is made to wait is not refused. */
const patienceMs = 40_000;

export function startVisits({ siteKey, tokens }: Prepared, { url, browsers, pauseMs }: VisitsOptions): Visits {
  const ledger: Ledger = { acknowledged: new Set(), sent: new Set(), statuses: new Map(), withoutRetryAfter: 0, longestGapMs: 0 };
  let leaving = false;
  let lastAt = performance.now();
  const address = `${url}/v1/ingest?key=${siteKey}`;
  const note = (eid: string) => {
    const now = performance.now();
    ledger.longestGapMs = Math.max(ledger.longestGapMs, Math.round(now - lastAt));
    lastAt = now;
    ledger.acknowledged.add(eid);
  };
  const browse = async (token: string | undefined) => {
    const visitor = { v: 1, vid: randomUUID(), sid: randomUUID(), tab: randomUUID(), evidence: 'pointer', identity: { token } };
    while (!leaving) {
      const event = pageView();
      ledger.sent.add(event.eid);
      while ((await post(address, { ...visitor, events: [event] }, ledger)) !== 202) await delay(againMs);
      note(event.eid);
      await delay(pauseMs * (0.5 + Math.random()));
    }
  };
  const running = Array.from({ length: browsers }, (_, number) => browse(tokens[number % tokens.length]));
  return {
    ledger,
    end: async () => {
      leaving = true;
      await Promise.all(running);
    },
  };
}

function pageView() {
  return {
    eid: randomUUID(),
    type: 'page_view',
    at: Date.now(),
    pageId: randomUUID(),
    url: 'http://localhost/pricing',
    props: { title: 'Pricing' },
  };
}

async function post(address: string, batch: object, ledger: Ledger): Promise<number> {
  const answer = await fetch(address, {
    method: 'POST',
    body: JSON.stringify({ ...batch, sentAt: Date.now() }),
    headers: { ...headers, 'X-Forwarded-For': caller() },
    signal: AbortSignal.timeout(patienceMs),
  }).catch(() => null);
  const status = answer?.status ?? 0;
  ledger.statuses.set(status, (ledger.statuses.get(status) ?? 0) + 1);
  if ((status === 503 || status === 429) && !answer?.headers.has('retry-after')) ledger.withoutRetryAfter += 1;
  await answer?.arrayBuffer().catch(() => undefined);
  return status;
}

/** Addresses of the benchmarking range, RFC 2544: no caller of its own meets a rate limit. */
function caller(): string {
  const byte = () => Math.floor(Math.random() * 256);
  return `198.18.${byte()}.${byte()}`;
}
