/** A page of a test, with the recorder in it, and its replay by rrweb. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { minify } from 'terser';

const here = fileURLToPath(new URL('.', import.meta.url));
const origin = 'http://localhost';

export interface Scripts {
  readonly recorder: string;
  readonly replayer: string;
}

/** The recorder with the host of tests, and rrweb's player; both with what compares pages. */
export async function buildScripts(): Promise<Scripts> {
  const shape = `import '${here}page-shape.ts';`;
  const bundle = async (contents: string) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: here },
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      logLevel: 'silent',
    });
    return outputFiles[0]?.text ?? '';
  };
  const recorder = `${await bundle(`${shape}import './test-host.ts'; import './random-page.ts';`)};${(await minify(await bundle("import '../../recorder.ts';"))).code}`;
  return { recorder, replayer: await bundle(`${shape}import { Replayer } from 'rrweb'; window.Replayer = Replayer;`) };
}

export interface Served {
  readonly [path: string]: string;
}

/** Opens a page at `/` of `served`; other paths are what it may load. Nothing leaves the machine. */
export async function openPage(browser: Browser, served: Served): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  await page.route('**/*', (route) => {
    const { pathname, origin: from } = new URL(route.request().url());
    const body = from === origin ? served[pathname] : undefined;
    const contentType = pathname.endsWith('.css') ? 'text/css' : pathname.endsWith('.svg') ? 'image/svg+xml' : 'text/html; charset=utf-8';
    return body === undefined ? route.fulfill({ status: 404, body: '' }) : route.fulfill({ body, contentType });
  });
  await page.goto(`${origin}/`);
  return page;
}

/** Everything that was recorded so far, sheets in their places. */
export async function eventsOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    window.kept.controls?.flush();
    const all = `[${window.kept.frames.join(',')}]`;
    return all.replace(/"ll-css:([0-9a-f]{64})"/g, (_, hash: string) => JSON.stringify(window.kept.sheets[hash] ?? 'MISSING'));
  });
}

/** A page in which rrweb's player has played `events` to their end. */
export async function replay(browser: Browser, events: string, { replayer }: Scripts): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.route('**/*', (route) => route.fulfill({ body: '<!doctype html><body></body>', contentType: 'text/html' }));
  await page.goto(`${origin}/`);
  await page.addScriptTag({ content: replayer });
  await page.evaluate(`{
    const events = ${events};
    window.problems = [];
    console.warn = (...all) => window.problems.push(all.map((each) => typeof each === 'string' ? each : '').join(' '));
    const last = events[events.length - 1];
    window.player = new Replayer(events, { root: document.body, mouseTail: false, showWarning: true, useVirtualDom: false });
    window.player.pause(last.timestamp - events[0].timestamp + 10);
  }`);
  return page;
}
