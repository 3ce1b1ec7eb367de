import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { playerPolicy } from '#core/sessions/player-policy.ts';
import { buildReplay } from '#infra/build/build-replay.ts';
import { launchChromium } from '#infra/testing/chromium.ts';
import { type Listening, listen } from '../testing/listen.ts';
import { recordVisit } from '../testing/record-visit.ts';

const types: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css' };

describe('watching live', () => {
  let browser: Browser;
  let server: Listening;
  let folder: string;
  let visit: unknown[];
  let page: Page;
  let follower: PromiseWithResolvers<ServerResponse>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadlight-live-player-'));
    [browser] = await Promise.all([launchChromium(), buildReplay(folder)]);
    visit = await recordVisit(browser);
    server = await listen(
      createServer(async (request, response) => {
        const path = new URL(request.url ?? '/', 'http://player').pathname;
        if (path === '/recording/live') {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.flushHeaders();
          return follower.resolve(response);
        }
        const file = path === '/player' ? 'index.html' : path.slice(1);
        response.setHeader('content-security-policy', playerPolicy('http://localhost'));
        response
          .writeHead(200, { 'content-type': types[file.split('.').at(-1) ?? ''] ?? 'text/plain' })
          .end(await readFile(join(folder, file)));
      }),
    );
  });
  after(async () => {
    await Promise.all([browser.close(), server.close()]);
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    follower = Promise.withResolvers();
    page = await (await browser.newContext({ viewport: { width: 1100, height: 700 } })).newPage();
    await page.goto(`${server.origin}/player?live=1#token=ticket`);
  });
  afterEach(() => page.context().close());

  const tell = async (name: string, data: object) => (await follower.promise).write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  const piece = (seq: number, events: readonly unknown[]) => tell('chunk', { tab: 'one', seq, events });
  const basket = () => page.frameLocator('.page iframe').locator('#basket li');

  it('waits for the first moments, shows the visitor as they act, and ends as a replay when they leave', async () => {
    await tell('caughtUp', {});
    await page.getByText('Waiting for the first moments').waitFor();
    await piece(0, visit.slice(0, 3));
    await page.getByText('Live, a few seconds behind').waitFor();
    await page.frameLocator('.page iframe').getByText('Plans for every team').waitFor();
    assert.equal(await basket().count(), 0);
    await piece(1, visit.slice(3));
    await basket().nth(2).waitFor();
    await page.getByRole('button', { name: 'Pause and look back' }).click();
    await page.getByText('The visit goes on').waitFor();
    await page.getByLabel('Position').fill('0');
    await page.getByRole('button', { name: 'Jump to live' }).click();
    await page.getByText('Live, a few seconds behind').waitFor();
    await tell('presence', { live: false });
    (await follower.promise).end();
    await page.getByText('The visitor has left: this is now the replay').waitFor();
    await page.getByLabel('Position').waitFor();
  });
});
