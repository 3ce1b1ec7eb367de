/** The demo site with the built snippet on it, a core at the network's edge, and a visitor in Chromium. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import {
  type EventType,
  eventProps,
  eventTypes,
  type IngestEnvelope,
  ingestEnvelope,
  type SentEvent,
  type SiteConfig,
  sentEvent,
} from '#contract/events.ts';
import { builtSnippet } from '#infra/testing/built-snippet.ts';
import { launchChromium } from '#infra/testing/chromium.ts';
import { FakeCore } from '../../../ui-extensions/snippet/testing/fake-core.ts';
import { type DemoSite, startDemoSite } from '../start-demo-site.ts';

const patienceMs = 15_000;

interface Parts {
  readonly core: FakeCore;
  readonly demoSite: DemoSite;
  readonly browser: Browser;
}

export class VisitedSite {
  readonly core: FakeCore;
  readonly #parts: Parts;
  #page: Page | null = null;
  #visits = 0;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.core = parts.core;
  }

  static async start(): Promise<VisitedSite> {
    const { folder } = await builtSnippet();
    const core = await new FakeCore(folder).listen();
    const headCode = `<script async src="${core.origin}/ll.js" data-key="site_demo"></script>`;
    const demoSite = await startDemoSite({ port: 0, headCode, dataFile: null });
    return new VisitedSite({ core, demoSite, browser: await launchChromium() });
  }

  async stop(): Promise<void> {
    await this.#parts.browser.close();
    await this.#parts.demoSite.close();
    await this.core.close();
  }

  /** A new visitor, with an empty browser. Close its context afterwards. */
  async visit(config: Partial<SiteConfig>): Promise<Page> {
    this.core.forget();
    this.core.config = config;
    const userAgent = `Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Visit/${++this.#visits}.0`;
    const options = { baseURL: this.#parts.demoSite.url, timezoneId: 'America/New_York', reducedMotion: 'reduce', userAgent } as const;
    this.#page = await (await this.#parts.browser.newContext(options)).newPage();
    this.#page.setDefaultTimeout(10_000);
    return this.#page;
  }

  /** What this visitor's browser sent: a batch of the visitor before may come late. What is sent when a page is left has no name of ours. */
  get envelopes(): IngestEnvelope[] {
    const all = this.core.received
      .filter(({ method }) => method === 'POST')
      .map(({ headers, text }) => ({ agent: headers['user-agent'] ?? '', envelope: ingestEnvelope.parse(JSON.parse(text)) }));
    const ours = new Set(all.filter(({ agent }) => agent.includes(`Visit/${this.#visits}.`)).map(({ envelope }) => envelope.vid));
    return all.map(({ envelope }) => envelope).filter(({ vid }) => ours.has(vid));
  }

  /** What was told, each event once however often its batch came, with the fields that the contract keeps. */
  events(type: string): SentEvent[] {
    const all = this.envelopes.flatMap(({ events }) => events.map((event) => sentEvent.parse(event)));
    const unique = new Map(all.filter((event) => event.type === type).map((event) => [event.eid, event]));
    return [...unique.values()].map((event) => ({ ...event, props: keptProps(event) }));
  }

  told(type: string): Record<string, unknown>[] {
    return this.events(type).map(({ props }) => props);
  }

  /** The event came once, with at least these fields. */
  assertHas(type: string, fields: Record<string, unknown>): void {
    const all = this.told(type);
    assert.equal(all.length, 1, `${type}: ${JSON.stringify(all)}`);
    assert.deepEqual({ ...all[0], ...fields }, all[0], type);
  }

  /** Goes on once the core heard of it, on a page of this path, as somebody who reads the page for a moment. */
  async seen(type: string, path = ''): Promise<void> {
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 100) {
      if (this.events(type).some(({ url }) => url.endsWith(path))) return;
      await this.#page?.waitForTimeout(100);
    }
    const heard = this.envelopes.flatMap(({ events }) => events.map((event) => sentEvent.parse(event).type));
    assert.fail(`the core did not hear of ${type} ${path}, but of ${[...new Set(heard)].join(', ') || 'nothing'}`);
  }

  /** The visit ends on another page of the site: what is still held goes out with it. */
  async leave(): Promise<void> {
    await this.#page?.goto('/about');
    await this.seen('page_view', '/about');
    // What the page before had sent as it was left shares the browser's 64 KiB for requests that outlive their page.
    await this.#page?.waitForTimeout(1_500);
    await this.#page?.goto('about:blank');
    await this.seen('session_end', '/about');
  }
}

function keptProps({ type, props }: SentEvent): Record<string, unknown> {
  const known = eventTypes.find((each): each is EventType => each === type);
  const parsed = known ? eventProps[known].safeParse(props) : undefined;
  assert.ok(parsed?.success, `${type} ${JSON.stringify(props)} ${parsed?.error?.message}`);
  return parsed.data;
}
