/** An hour in the real player, through HTTP: what a viewer waits for the first frame, and for a moment somewhere else. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import Router from '@koa/router';
import Koa from 'koa';
import type { Browser, Page } from 'playwright-core';
import type { Platform } from '#core/platform.ts';
import { compactRecordingHandler } from '#core/sessions/compact-recording.ts';
import { addPlayerRoutes } from '#core/sessions/player-routes.ts';
import { createCipher } from '#core/store/cipher.ts';
import { connectStore } from '#core/store/connect.ts';
import { openMasterKey } from '#core/store/master-key.ts';
import { buildReplay } from '../../build/build-replay.ts';
import { silentLog } from '../../testing/silent-log.ts';
import type { Measurement } from '../bench.ts';
import { randomFrom } from '../pages/random.ts';
import { layHour } from './lay-hour.ts';
import type { MadeRecording } from './record-sessions.ts';

const rounds = 3;
const opensPerRound = 10;
const seeksPerRound = 40;
const hourMs = 3_600_000;

export interface WatchHour {
  readonly browser: Browser;
  readonly recordings: readonly MadeRecording[];
  readonly mongodbUri: string;
  /** Empty. */
  readonly folder: string;
}

export async function watchHour({ browser, recordings, mongodbUri, folder }: WatchHour): Promise<Measurement[]> {
  await using open = new AsyncDisposableStack();
  await buildReplay(path.join(folder, 'replay'));
  const store = await connectStore(mongodbUri, 'bench_hour');
  open.defer(() => store.close());
  const cipher = createCipher(await openMasterKey({ base64: randomBytes(32).toString('base64') }, store.keys), store.keys);
  const addresses = { publicUrl: 'http://localhost', replayUrl: 'http://localhost' };
  const config = { ...addresses, signUp: 'open', trustedProxies: 0, buildDir: folder } as const;
  const platform: Platform = { store, cipher, clock: { now: () => new Date() }, log: silentLog, connectors: new Map(), config };
  const { workspaceId, sessionId, rights } = await layHour(platform, recordings, hourMs);
  const job = { id: 'bench', workspaceId, key: sessionId, payload: { sessionId }, attempt: 1, assertMine: async () => {} };
  await compactRecordingHandler.handle(platform, [job]);
  const player = await servePlayer(platform);
  open.defer(player.close);
  const random = randomFrom(5);
  const raw: Measurement[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const address = async (ms: number) => {
      const token = await cipher.sign('replay', rights, { now: new Date(), seconds: 120 });
      return `${player.origin}/player?t=${Math.round(ms / 1000)}#token=${token}`;
    };
    raw.push({ subject: 'an hour in the player', round, figures: await watch(browser, { address, moment: () => random() * hourMs }) });
  }
  return raw;
}

async function servePlayer(platform: Platform) {
  const router = new Router();
  addPlayerRoutes(router, platform);
  const server = createServer(new Koa().use(router.routes()).callback());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, close };
}

interface Viewer {
  address(ms: number): Promise<string>;
  moment(): number;
}

/** Paused, so that only what was asked for is loaded. */
async function watch(browser: Browser, { address, moment }: Viewer): Promise<Measurement['figures']> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 760 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  let framesRead = 0;
  page.on('request', (request) => {
    if (request.url().includes('/recording/frames/')) framesRead += 1;
  });
  const [opened, sought]: [number[], number[]] = [[], []];
  // The first opening compiles the player and fills caches, as with any page.
  for (let count = 0; count <= opensPerRound; count += 1) {
    await page.goto('about:blank');
    await page.goto(await address(moment()));
    const took = await firstFrame(page);
    if (count > 0) opened.push(took);
  }
  framesRead = 0;
  const thread = await clockThread(page);
  for (let count = 0; count < seeksPerRound; count += 1) sought.push(await page.evaluate(seek, Math.round(moment())));
  const seekThreadMs = Math.round((await thread()) / seeksPerRound);
  await context.close();
  const [firstFrameP99Ms, seekP99Ms] = [highest(opened), highest(sought)];
  return {
    ...{ firstFrameP99Ms, seekP99Ms, framesPerSeek: framesRead / seeksPerRound, seekThreadMs },
    firstFrameP50Ms: middle(opened),
    seekP50Ms: middle(sought),
  };
}

/** Tells the milliseconds of the page's main thread since this was called: a busy machine does not add to them. */
async function clockThread(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const start = await read();
  return async () => (await read()) - start;
}

/** From the navigation to the recorded page. */
async function firstFrame(page: Page): Promise<number> {
  await page.waitForFunction(isShown, undefined, { polling: 'raf' });
  return page.evaluate(() => performance.now());
}

/** Runs in the page. */
function isShown(): boolean {
  const frame = document.querySelector('.page iframe');
  return frame instanceof HTMLIFrameElement && (frame.contentDocument?.querySelectorAll('body *').length ?? 0) > 10;
}

/** Runs in the page: milliseconds until the moment stands there. */
async function seek(ms: number): Promise<number> {
  const [range, note] = [document.querySelector('input.range'), document.querySelector('.stage-note')];
  if (!(range instanceof HTMLInputElement) || note === null) return Number.NaN;
  const start = performance.now();
  range.value = String(ms);
  range.dispatchEvent(new Event('input'));
  while (note.textContent !== '') {
    await new Promise((resolve) => new MutationObserver(resolve).observe(note, { childList: true, characterData: true, subtree: true }));
  }
  return performance.now() - start;
}

/** Of so few, the 99th percentile is the slowest. */
function highest(values: readonly number[]): number {
  return Math.round(Math.max(...values));
}

function middle(values: readonly number[]): number {
  return Math.round(values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN);
}
