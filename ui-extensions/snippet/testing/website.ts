/** A visitor's browser on a website of another origin than the core. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { BuiltSnippet } from '#infra/build/build-snippet.ts';
import { builtSnippet } from '#infra/testing/built-snippet.ts';
import { launchChromium } from '#infra/testing/chromium.ts';
import { FakeCore } from './fake-core.ts';

export const token = 'Tk_3f9aQ2-xV7bLmN8cR5';
export const siteKey = 'site_key_1';

export interface PageOptions {
  readonly body?: string;
  readonly head?: string;
  /** Attributes of the script tag beside `src` and `data-key`. */
  readonly tag?: string;
  readonly csp?: string;
}

export class Website {
  readonly core: FakeCore;
  readonly built: BuiltSnippet;
  origin = '';
  readonly #pages = new Map<string, PageOptions>();
  readonly #server: Server;
  readonly #browser: Browser;
  #context: BrowserContext | null = null;

  private constructor(core: FakeCore, browser: Browser, built: BuiltSnippet) {
    this.core = core;
    this.built = built;
    this.#browser = browser;
    this.#server = createServer((request, response) => {
      const page = this.#pages.get((request.url ?? '').split('?')[0] ?? '');
      response.writeHead(page ? 200 : 404, {
        'content-type': 'text/html; charset=utf-8',
        ...(page?.csp && { 'content-security-policy': page.csp }),
      });
      response.end(page ? this.#html(page) : '');
    });
  }

  static async start(): Promise<Website> {
    const { folder, built } = await builtSnippet();
    const site = new Website(await new FakeCore(folder).listen(), await launchChromium(), built);
    site.#server.listen(0, 'localhost');
    await once(site.#server, 'listening');
    const address = site.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    site.origin = `http://localhost:${address.port}`;
    return site;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.core.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** A new visitor, with an empty browser. */
  async visitor(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    await closed(this.#context);
    this.core.forget();
    this.#pages.clear();
    this.#context = await this.#browser.newContext({ timezoneId: 'America/New_York', ...options });
    return this.#context;
  }

  has(path: string, options: PageOptions = {}): void {
    this.#pages.set(path, options);
  }

  async open(path: string, page?: Page): Promise<Page> {
    const tab = page ?? (await this.#context?.newPage());
    if (!tab) throw new Error('open a visitor first');
    await tab.goto(this.origin + path);
    return tab;
  }

  #html({ body = '', head = '', tag = '' }: PageOptions): string {
    return `<!doctype html><html lang="en"><head><title>A page</title>${head}
<script ${tag} src="${this.core.origin}/ll.js" data-key="${siteKey}"></script></head><body>${body}</body></html>`;
  }
}

/** Chromium may never say that it closed a page which was just being left: nobody waits for that. */
async function closed(context: BrowserContext | null): Promise<void> {
  if (context) await Promise.race([context.close(), delay(10_000, undefined, { ref: false })]);
}

/** Waits until it is so; a test that waits for what never comes fails with `what`. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, ms = 8_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await answered(what, isSo, ms))) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A page that hangs answers nothing, and the test would end without a word of where. */
async function answered(what: string, isSo: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the page does not answer: ${what}`)), ms + 5_000);
  });
  return Promise.race([Promise.resolve(isSo()), silence]).finally(() => clearTimeout(timer));
}

/** All that the page's origin holds of this visitor. */
export async function stored(page: Page): Promise<{ cookie: string; names: string[] }> {
  return page.evaluate(() => ({ cookie: document.cookie, names: [...Object.keys(localStorage), ...Object.keys(sessionStorage)] }));
}

/** What anybody does on a page. */
export async function quiet(page: Page): Promise<void> {
  await page.mouse.move(10, 10);
  await page.mouse.move(60, 60);
  await page.mouse.click(60, 60);
  await page.waitForTimeout(500);
}
