/** Browsers that visit a site, for tests: they send to the application as the snippet does, and the worker runs in between. */
import assert from 'node:assert/strict';
import { type IngestAnswer, type IngestEnvelope, ingestAnswer } from '#contract/events.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { type Browser, sentBatch } from './sent-batch.ts';
import type { TestApp } from './test-app.ts';
import type { TestPlatform } from './test-platform.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0';
export const headless = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36';

/** A batch with a pointer as evidence, unless it says otherwise: `evidence: null` is none. */
export interface Sent extends Omit<Partial<IngestEnvelope>, 'evidence'> {
  readonly evidence?: IngestEnvelope['evidence'] | null;
  readonly userAgent?: string;
}

export interface SiteVisits {
  send(browser: Browser, sent?: Sent): Promise<IngestAnswer>;
  /** The worker, once the time for it has come. */
  settle(): Promise<void>;
}

export function visitSite(platform: TestPlatform, app: TestApp, site: Pick<SiteDocument, 'siteKey'>): SiteVisits {
  return {
    send: async (browser, { evidence, userAgent = firefox, ...fields } = {}) => {
      const { evidence: pointer, ...rest } = sentBatch(platform, browser, fields);
      const body = JSON.stringify({ ...rest, ...(evidence !== null && { evidence: evidence ?? pointer }) });
      const headers = { Origin: 'https://www.example.com', 'Content-Type': 'text/plain', 'User-Agent': userAgent };
      const { status, json, text } = await app.call(`/v1/ingest?key=${site.siteKey}`, { method: 'POST', body, headers });
      assert.equal(status, 202, text);
      return ingestAnswer.parse(json);
    },
    settle: async () => {
      platform.clock.advance(1000);
      await app.work();
    },
  };
}
