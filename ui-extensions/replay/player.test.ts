import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { recordedEvent } from '#contract/recording-events.ts';
import { toDistances } from '#contract/shift-numbers.ts';
import { cutFrames } from '#core/sessions/cut-frames.ts';
import { playerPolicy } from '#core/sessions/player-policy.ts';
import { launchChromium } from '#infra/testing/chromium.ts';
import { type Raw, recording } from './testing/forged-page.ts';
import { type Listening, listen } from './testing/listen.ts';
import { recordVisit } from './testing/record-visit.ts';
import { type PlayerServer, servePlayer } from './testing/serve-player.ts';

describe('the replay player', () => {
  let browser: Browser;
  let app: Listening;
  let server: PlayerServer;
  let visit: unknown[];
  let page: Page;

  before(async () => {
    browser = await launchChromium();
    app = await listen(createServer((_, response) => response.end('<!doctype html>')));
    [server, visit] = await Promise.all([servePlayer({ policy: playerPolicy(app.origin) }), recordVisit(browser)]);
  });
  after(() => Promise.all([browser?.close(), server?.close(), app?.close()]));
  beforeEach(async () => {
    // Begins paused, so that a test decides what moves.
    const context = await browser.newContext({ viewport: { width: 1200, height: 760 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
  });
  afterEach(() => page.context().close());

  const marks = [
    { offsetMs: 400, type: 'add_to_cart', text: 'Added Starter' },
    { offsetMs: 900, type: 'rage_click', text: '' },
  ];
  const pages = [{ offsetMs: 0, title: 'Halden Plans', path: '/plans' }];

  async function open(more: Raw = {}, address = '/player#token=one-time'): Promise<void> {
    server.answer(recording(visit, { marks, pages, ...more }));
    await page.goto(server.origin + address);
  }

  const basket = () => page.frameLocator('.page iframe').locator('#basket li');
  const position = async () => Number(await page.getByLabel('Position').inputValue());

  it('shows the page that was recorded, in a frame that can run nothing and take no focus', async () => {
    await open();
    await page.frameLocator('.page iframe').getByText('Plans for every team').waitFor();
    const frame = page.locator('.page iframe');
    assert.equal(await frame.getAttribute('sandbox'), 'allow-same-origin');
    assert.equal(await frame.getAttribute('inert'), '');
  });

  it('plays to the end, where everything that was done can be seen', async () => {
    await open();
    assert.equal(await basket().count(), 0);
    await page.getByRole('button', { name: '8× speed' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('button', { name: 'Play again' }).waitFor();
    assert.deepEqual(await basket().allTextContents(), ['Added starter', 'Added team', 'Added company']);
    await page.getByRole('button', { name: '1× speed' }).click();
    await page.getByRole('button', { name: 'Play again' }).click();
    await basket().nth(2).waitFor({ state: 'detached' });
  });

  it('goes back and forth to any moment', async () => {
    await open();
    const range = page.getByLabel('Position');
    const end = Number(await range.getAttribute('max'));
    await range.fill(String(end));
    assert.equal(await basket().count(), 3);
    await range.fill('0');
    assert.equal(await basket().count(), 0);
    await range.fill(String(end));
    assert.equal(await basket().count(), 3);
  });

  it('is played frame by frame when it is packed: a jump reads the one frame that has the moment', async () => {
    const cutter = cutFrames();
    const [meta, snapshot, ...later] = structuredClone(visit)
      .map((event) => recordedEvent.parse(event))
      .filter(({ type }) => type > 1);
    assert.ok(meta?.type === 4 && snapshot?.type === 2);
    const cut = [[meta, snapshot], ...later.map((event) => [event])].flatMap((events) => cutter.add(events, 120_000)).concat(cutter.end());
    const start = cut[0]?.firstAt ?? 0;
    const frames = cut.map(({ firstAt, lastAt }, number) => ({ number, firstMs: firstAt - start, lastMs: lastAt - start }));
    assert.ok(frames.length > 3, `${frames.length} frames`);
    const facts = { sessionId: 'ses_1', startedAt: new Date(start), live: false, missingChunks: 0, marks, pages, token: 'more' };
    for (const { events } of cut) toDistances(events);
    const tabs = [{ tab: 'tab-a', idle: [], frames }];
    server.answerFrames({ ...facts, tabs, first: { number: 0, ...cut[0] } }, cut);
    await page.goto(`${server.origin}/player#token=one-time`);
    await page.frameLocator('.page iframe').getByText('Plans for every team').waitFor();
    // The index brought the first one.
    assert.deepEqual([server.framesAsked, await basket().count()], [[], 0]);
    const range = page.getByLabel('Position');
    await range.fill(String(await range.getAttribute('max')));
    await basket().nth(2).waitFor();
    assert.deepEqual(server.framesAsked, [frames.length - 1]);
    await range.fill('0');
    await basket().nth(0).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '8× speed' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('button', { name: 'Play again' }).waitFor();
    assert.deepEqual(await basket().allTextContents(), ['Added starter', 'Added team', 'Added company']);
    assert.deepEqual(
      server.framesAsked.toSorted((one, other) => one - other),
      frames.map(({ number }) => number).slice(1),
    );
    server.answerFrames({ ...facts, tabs, first: null }, cut.slice(0, 1));
    await page.goto(`${server.origin}/player?again#token=one-time`);
    await page.getByLabel('Position').fill(String(await range.getAttribute('max')));
    await page.getByText('This part could not be loaded').waitFor();
  });

  it('begins at the moment that the link names', async () => {
    await open({}, '/player?t=0.6#token=one-time');
    await page.locator('.time').waitFor();
    assert.equal(await position(), 600);
  });

  it('plays at once for a viewer who does not mind motion', async () => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await open();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  it('sends the token in a header and takes it out of the address', async () => {
    await open();
    await page.locator('.time').waitFor();
    assert.equal(server.tokens.at(-1), 'Bearer one-time');
    assert.equal(page.url(), `${server.origin}/player`);
  });

  it('jumps to marks on the bar and to lines of the list', async () => {
    await open();
    await page.locator('.marks button').nth(1).click();
    assert.equal(await position(), 900);
    await page.getByRole('button', { name: 'Added Starter' }).last().click();
    assert.equal(await position(), 400);
    await page.locator('.moments').getByRole('button', { name: 'Halden Plans' }).click();
    assert.equal(await position(), 0);
  });

  it('is steered by the keyboard', async () => {
    await open();
    await page.locator('.time').waitFor();
    await page.keyboard.press('ArrowRight');
    assert.equal(await position(), Number(await page.getByLabel('Position').getAttribute('max')));
    await page.keyboard.press('Shift+ArrowLeft');
    assert.equal(await position(), 0);
    await page.keyboard.press('3');
    assert.equal(await page.getByRole('button', { name: '4× speed' }).getAttribute('aria-pressed'), 'true');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  /** The visit, and a minute later one more scroll. */
  function withPause(): unknown[] {
    const last = visit.at(-1);
    const timestamp = Number(Object(last).timestamp);
    return [...visit, { ...Object(last), timestamp: timestamp + 60_000 }];
  }

  it('skips the time in which nothing happens, unless it is told not to', async () => {
    await open({ tabs: [{ tab: 'one', events: withPause() }] });
    await page.getByLabel('Position').fill('5000');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByText('Skipping idle time').waitFor();
    assert.ok((await position()) > 55_000);
    await page.getByRole('button', { name: 'Skip idle' }).click();
    await page.getByLabel('Position').fill('5000');
    await page.getByRole('button', { name: 'Pause' }).click();
    assert.ok((await position()) < 20_000);
  });

  it('offers the tabs of the visit, and goes on in the next when one ends', async () => {
    const later = visit.map((event) => ({ ...Object(event), timestamp: Number(Object(event).timestamp) + 10_000 }));
    await open({
      tabs: [
        { tab: 'two', events: later },
        { tab: 'one', events: visit },
      ],
    });
    const chooser = page.getByLabel('Browser tab');
    assert.deepEqual(await chooser.locator('option').allTextContents(), ['Tab 1 · from 0:00', 'Tab 2 · from 0:10']);
    await chooser.selectOption('1');
    assert.equal(await position(), 10_000);
    await page.getByLabel('Position').fill('1000');
    assert.equal(await chooser.inputValue(), '0');
    await page.keyboard.press('4');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await chooser.locator('option[value="1"]:checked').waitFor({ state: 'attached' });
  });

  it('says that a visit is live', async () => {
    await open({ live: true });
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('says when parts of the recording never arrived', async () => {
    await open({ missingChunks: 2 });
    await page.getByText('2 parts of this recording never arrived').waitFor();
  });

  const states: readonly (readonly [when: string, body: unknown, status: number, words: string])[] = [
    ['there is no recording', recording([], { tabs: [] }), 200, 'No recording was kept for this session'],
    ['nothing in it can be played', recording([{ type: 5 }, 'x']), 200, 'No recording was kept for this session'],
    ['the session is gone', {}, 404, 'No recording was kept for this session'],
    ['the link has expired', {}, 401, 'This replay link has expired. Go back and open it again.'],
    ['the server is in trouble', {}, 503, 'Something went wrong'],
    ['the answer is not one', 'not JSON', 200, 'Something went wrong'],
    ['the answer is of another shape', { tabs: 1 }, 200, 'Something went wrong'],
  ];
  for (const [when, body, status, words] of states) {
    it(`says so when ${when}`, async () => {
      server.answer(body, status);
      await page.goto(`${server.origin}/player#token=t`);
      await page.getByText(words).waitFor();
    });
  }

  it('tries again when it is asked to', async () => {
    server.answer({}, 503);
    await page.goto(`${server.origin}/player#token=t`);
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    server.answer(recording(visit));
    await again.click();
    await page.locator('.time').waitFor();
  });

  it('asks to open the link again after a reload, when the token is gone', async () => {
    await page.goto(`${server.origin}/player`);
    await page.getByText('This replay link has expired').waitFor();
  });

  it('tells the app the time, and goes where the app says', async () => {
    server.answer(recording(visit));
    await page.goto(app.origin);
    await page.evaluate(`window.heard = []; addEventListener('message', (event) => heard.push([event.origin, event.data]));
      const frame = document.createElement('iframe'); frame.src = '${server.origin}/player#token=t'; document.body.append(frame);`);
    await page.waitForFunction('heard.length > 0');
    await page.evaluate(`document.querySelector('iframe').contentWindow.postMessage({ leadlight: 'seek', offsetMs: 700 }, '*')`);
    await page.waitForFunction('heard.at(-1)[1].offsetMs === 700');
    assert.deepEqual(await page.evaluate('heard.at(-1)'), [server.origin, { leadlight: 'time', offsetMs: 700 }]);
  });

  it('is framed by nobody but the app', async () => {
    const other = await listen(createServer((_, response) => response.end('<!doctype html>')));
    await page.goto(other.origin);
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await page.evaluate(
      `const frame = document.createElement('iframe'); frame.src = '${server.origin}/player#token=t'; document.body.append(frame);`,
    );
    await refused;
    await other.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no barrier that can be found by a machine (${colorScheme})`, async () => {
      await page.emulateMedia({ colorScheme });
      await open({ live: true, missingChunks: 1 });
      await page.locator('.time').waitFor();
      const { violations } = await new AxeBuilder({ page }).exclude('.page iframe').analyze();
      assert.deepEqual(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        [],
      );
    });
  }

  it('fits a small screen', async () => {
    await page.setViewportSize({ width: 380, height: 640 });
    await open();
    await page.locator('.time').waitFor();
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 380);
    await page.getByRole('button', { name: 'Pages and moments' }).click();
    await page.locator('.moments').getByText('Halden Plans').waitFor();
  });

  it('writes nothing to the console and breaks no rule of its policy', async () => {
    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    page.on('pageerror', (error) => lines.push(error.message));
    await open();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('button', { name: 'Play again' }).waitFor();
    assert.deepEqual(lines, []);
  });
});
