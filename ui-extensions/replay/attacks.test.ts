import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '#infra/testing/chromium.ts';
import { attacks } from './testing/attacks.ts';
import { deepPage, mended, tooLarge } from './testing/burdens.ts';
import { forge, recording } from './testing/forged-page.ts';
import { type Listening, listen } from './testing/listen.ts';
import { type PlayerServer, servePlayer } from './testing/serve-player.ts';

describe('a recording that somebody forged', () => {
  let browser: Browser;
  let player: PlayerServer;
  let bare: PlayerServer;
  let evil: Listening & { readonly calls: string[] };

  let page: Page;
  const gone: string[] = [];

  before(async () => {
    [browser, player, bare, evil] = await Promise.all([launchChromium(), servePlayer(), servePlayer({ policy: null }), listenForCalls()]);
    page = await browser.newPage({ reducedMotion: 'no-preference' });
    page.on('framenavigated', (frame) => gone.push(frame.url()));
    page.on('popup', (popup) => gone.push(popup.url()));
  });
  after(() => Promise.all([browser?.close(), player?.close(), bare?.close(), evil?.close()]));

  /** Opens the player, waits until it has played to the end or says why not. */
  async function watch(server: PlayerServer, answer: unknown): Promise<void> {
    server.answer(answer);
    await page.goto('about:blank');
    [gone.length, evil.calls.length] = [0, 0];
    await page.goto(`${server.origin}/player#token=t`);
    await page.locator('.play[aria-label="Play again"], .message:not(.loading)').waitFor();
  }

  /** The page was shown; no script ran in any window, no window went anywhere, and nobody else was called. */
  async function assertHarmless(server: PlayerServer): Promise<void> {
    assert.match((await page.frameLocator('.page iframe').locator('body').first().textContent()) ?? '', /Still here/);
    const ran = await Promise.all(page.frames().map((frame) => frame.evaluate('Boolean(window.ran || window.top.ran)')));
    const left = gone.filter((url) => url !== 'about:blank' && !url.startsWith(`${server.origin}/player`));
    assert.deepEqual({ ran: ran.includes(true), left, calls: evil.calls }, { ran: false, left: [], calls: [] });
  }

  it('would be heard at the foreign host if it got there', async () => {
    evil.calls.length = 0;
    await page.setContent(`<img src="${evil.origin}/seen.png">`);
    await page.waitForLoadState('networkidle');
    assert.deepEqual(evil.calls, ['connection', '/seen.png']);
  });

  for (const [name, attack] of Object.entries(attacks)) {
    it(`runs nothing, fetches nothing and goes nowhere with ${name}, even without the policy`, async () => {
      const { nodes, changes } = attack(evil.origin);
      await watch(bare, recording(forge(nodes, changes)));
      await assertHarmless(bare);
    });
  }

  it('plays under the policy of the player, which holds against all of it at once', async () => {
    const all = Object.values(attacks).map((attack) => attack(evil.origin));
    await watch(
      player,
      recording(
        forge(
          all.flatMap(({ nodes }) => nodes),
          all.flatMap(({ changes }) => changes),
        ),
      ),
    );
    await assertHarmless(player);
  });

  for (const [name, burden] of Object.entries(tooLarge)) {
    it(`is refused with a message when it is ${name}`, async () => {
      await watch(player, recording(burden()));
      await assertRefused();
    }).timeout(60_000);
  }

  it('is refused with a message when it is a page nested 10,000 deep', async () => {
    await watch(player, deepPage(10_000));
    await assertRefused();
  });

  async function assertRefused(): Promise<void> {
    assert.equal(await page.locator('h1').textContent(), 'Too large to play');
    assert.match((await page.locator('.message p').textContent()) ?? '', /too large to play safely/);
  }

  for (const [name, burden] of Object.entries(mended)) {
    it(`still plays around ${name}`, async () => {
      await watch(player, recording(burden()));
      await assertHarmless(player);
      await page.keyboard.press('Space');
      await page.locator('.play:not([aria-label="Play"])').waitFor();
      assert.equal(await page.evaluate('document.activeElement.tagName'), 'BODY');
    });
  }

  async function listenForCalls() {
    const calls: string[] = [];
    const server = createServer((request, response) => {
      calls.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end('top.ran = true');
    });
    server.on('connection', () => calls.push('connection'));
    return { ...(await listen(server)), calls };
  }
});
