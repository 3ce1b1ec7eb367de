/** What a browser sends, for tests: a valid envelope with what the test cares about on top. */
import { randomUUID } from 'node:crypto';
import type { IngestEnvelope, SentEvent } from '#contract/events.ts';
import type { Platform } from '../platform.ts';

export interface Browser {
  readonly vid: string;
  readonly sid: string;
  readonly tab: string;
}

export function newBrowser(): Browser {
  return { vid: randomUUID(), sid: randomUUID(), tab: randomUUID() };
}

export function pageView(platform: Platform, fields: Partial<SentEvent> = {}): SentEvent {
  return {
    eid: randomUUID(),
    type: 'page_view',
    at: platform.clock.now().getTime(),
    pageId: randomUUID(),
    url: 'https://www.example.com/pricing',
    props: { title: 'Pricing' },
    ...fields,
  };
}

export function sentBatch(platform: Platform, browser: Browser, fields: Partial<IngestEnvelope> = {}): IngestEnvelope {
  return { v: 1, ...browser, sentAt: platform.clock.now().getTime(), evidence: 'pointer', events: [pageView(platform)], ...fields };
}

/** A piece of a recording as rrweb makes it. */
export function sentChunk(platform: Platform, seq: number, text = 'Hello') {
  const timestamp = platform.clock.now().getTime();
  const tree = {
    type: 0,
    childNodes: [{ type: 2, tagName: 'html', attributes: {}, childNodes: [{ type: 3, textContent: text, id: 3 }], id: 2 }],
    id: 1,
  };
  return {
    seq,
    events: [
      { type: 4, timestamp, data: { href: 'https://www.example.com/pricing', width: 1280, height: 720 } },
      { type: 2, timestamp, data: { node: tree, initialOffset: { left: 0, top: 0 } } },
    ],
  };
}
