/** Visitors who come by their links and look at pages at a steady pace: so many at a time, one after the other in each place. */
import { randomUUID } from 'node:crypto';
import { setTimeout as later } from 'node:timers/promises';
import type { Target } from '../targets/target.ts';

export interface Crowd {
  readonly atOnce: number;
  /** Each visitor opens a page so often. */
  readonly everyMs: number;
  /** Of a visit. */
  readonly pages: number;
  /** Of each place, one after the other. */
  readonly visits: number;
}

export interface Sent {
  /** eid → when its request was sent. */
  readonly events: ReadonlyMap<string, number>;
  /** The eids that began a visit. */
  readonly first: ReadonlySet<string>;
}

/** @param from the first contact who comes; each visit is of another. */
export async function makeVisits(target: Target, crowd: Crowd, from: number): Promise<Sent> {
  const events = new Map<string, number>();
  const first = new Set<string>();
  const people = target.tokens.slice(1);
  await Promise.all(
    Array.from({ length: crowd.atOnce }, async (_, place) => {
      // Spread over the pace: a crowd does not act in step.
      await later((crowd.everyMs * place) / crowd.atOnce);
      for (let visit = 0; visit < crowd.visits; visit += 1) {
        const token = people[(from + visit * crowd.atOnce + place) % people.length] ?? '';
        const visitor = { vid: randomUUID(), sid: randomUUID(), tab: randomUUID(), token };
        for (let page = 0; page < crowd.pages; page += 1) {
          const eid = randomUUID();
          if (page === 0) first.add(eid);
          events.set(eid, performance.now());
          void open(target.url, { eid, visitor, isFirst: page === 0 });
          await later(crowd.everyMs);
        }
      }
    }),
  );
  return { events, first };
}

interface Opened {
  readonly eid: string;
  readonly visitor: { readonly vid: string; readonly sid: string; readonly tab: string; readonly token: string };
  readonly isFirst: boolean;
}

const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

async function open(url: string, { eid, visitor: { token, ...visitor }, isFirst }: Opened): Promise<void> {
  const at = Date.now();
  const page = { pageId: randomUUID(), url: 'http://localhost/pricing', props: { title: 'Pricing' } };
  const said = isFirst ? { identity: { token }, evidence: 'pointer' } : {};
  const body = JSON.stringify({ v: 1, ...visitor, sentAt: at, ...said, events: [{ eid, type: 'page_view', at, ...page }] });
  const caller = `198.18.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`;
  const headers = { 'Content-Type': 'text/plain', Origin: 'http://localhost', 'User-Agent': agent, 'X-Forwarded-For': caller };
  await fetch(url, { method: 'POST', headers, body }).then((answer) => answer.text());
}
