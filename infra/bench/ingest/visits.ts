/** Visits that go on at the same time, as a site has them: each sends one batch after the other, and says who it is with the first. */
import { randomUUID } from 'node:crypto';

export interface RunningVisit {
  /** The body of its next request. */
  next(events: number): string;
  /** Where its visitor calls from. */
  readonly address: string;
  /** Nobody asks it for more. */
  readonly isOver: boolean;
}

/** Takes a visit that waits for no answer; gives it back once it was answered, or a new one in its place. */
export interface Visits {
  take(): RunningVisit;
  giveBack(visit: RunningVisit): void;
}

const [shortest, longest] = [20, 50];

export function openVisits(tokens: readonly string[], running: number): Visits {
  const waiting = Array.from({ length: running }, () => newVisit(tokens));
  return {
    take: () => waiting.shift() ?? newVisit(tokens),
    giveBack: (visit) => void waiting.push(visit.isOver ? newVisit(tokens) : visit),
  };
}

function newVisit(tokens: readonly string[]): RunningVisit {
  const token = tokens[Math.floor(Math.random() * tokens.length)];
  const ids = { vid: randomUUID(), sid: randomUUID(), tab: randomUUID() };
  const identity = token === undefined ? {} : { identity: { token } };
  const length = shortest + Math.floor(Math.random() * (longest - shortest));
  let sent = 0;
  let pageId = randomUUID();
  let page = pages[0];
  const nextEvent = () => {
    sent += 1;
    if (sent % 3 !== 1) return { ...common(pageId, page), type: 'engagement', props: { scrollDepth: sent % 100, activeMs: 500 * sent } };
    pageId = randomUUID();
    page = pages[Math.floor(Math.random() * pages.length)];
    return { ...common(pageId, page), type: 'page_view', props: { title: `Page ${page}`, referrer: 'https://search.example/' } };
  };
  return {
    address: newAddress(),
    next: (events) => {
      const first = sent === 0 ? { ...identity, evidence: 'pointer', context: { referrerHost: 'search.example', language: 'en-GB' } } : {};
      return JSON.stringify({ v: 1, ...ids, sentAt: Date.now(), ...first, events: Array.from({ length: events }, nextEvent) });
    },
    get isOver() {
      return sent >= length;
    },
  };
}

const pages = Array.from({ length: 40 }, (_, nth) => `/products/lamp-${nth}?utm_source=newsletter`);

function common(pageId: string, page = '/') {
  return { eid: randomUUID(), at: Date.now(), pageId, url: `http://localhost${page}` };
}

/** Of the benchmarking range, RFC 2544. */
function newAddress(): string {
  const byte = () => Math.floor(Math.random() * 256);
  return `198.18.${byte()}.${byte()}`;
}
