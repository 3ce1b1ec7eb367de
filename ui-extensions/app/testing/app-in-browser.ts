/** The built app in a real browser, on the fake API: what every test of the app starts from. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildApp } from '#infra/build/build-app.ts';
import { launchChromium } from '#infra/testing/chromium.ts';
import { type FakeApi, startFakeApi } from './fake-api.ts';
import { type FakePlayer, startFakePlayer } from './fake-player.ts';
import { emptyWorld, type World } from './fake-world.ts';

export interface AppInBrowser {
  readonly api: FakeApi;
  readonly player: FakePlayer;
  readonly browser: Browser;
  /** A page of a new visitor of the app, signed in unless told otherwise. Problems of the page end up in `problems`. */
  open(path: string, options?: OpenOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly world?: World;
  readonly signedIn?: boolean;
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Uncaught errors and refusals of the page's policy. */
  readonly problems: string[];
}

export async function startAppInBrowser(): Promise<AppInBrowser> {
  const appFolder = await builtApp();
  const player = await startFakePlayer();
  const api = await startFakeApi({ appFolder, playerOrigin: player.origin, world: emptyWorld() });
  const browser = await launchChromium();
  return {
    api,
    player,
    browser,
    open: (path, options = {}) => openPage({ api, browser, path }, options),
    close: async () => {
      await browser.close();
      await Promise.all([api.close(), player.close()]);
    },
  };
}

let building: Promise<string> | undefined;

/** Where the built app is: built once for all tests of a run, and removed at its end. */
export function builtApp(): Promise<string> {
  building ??= buildOnce();
  return building;
}

async function buildOnce(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'leadlight-app-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await buildApp(folder);
  return folder;
}

interface Where {
  readonly api: FakeApi;
  readonly browser: Browser;
  readonly path: string;
}

async function openPage({ api, browser, path }: Where, options: OpenOptions): Promise<OpenPage> {
  if (options.world !== undefined) api.world = options.world;
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 860 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(8000);
  if (options.signedIn ?? true) await context.addCookies([{ name: 'll_session', value: 'fake', url: api.origin, httpOnly: true }]);
  const page = await context.newPage();
  const problems = watchProblems(page);
  await page.goto(api.origin + path);
  return { page, context, problems };
}

function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (/policy|script-src|Warning:|React/i.test(message.text())) problems.push(message.text());
  });
  return problems;
}
