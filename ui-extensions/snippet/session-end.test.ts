import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventProps, type SentEvent } from '#contract/events.ts';
import { takenAndRecorded } from './testing/fake-core.ts';
import { token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

const ends = () => site.core.eventsOf('session_end');
const totals = (event: SentEvent | undefined) => eventProps.session_end.parse(event?.props);

/** A page of the visit, once the core has heard of it. */
async function visit(path: string, page?: Page): Promise<Page> {
  const before = site.core.eventsOf('page_view').length;
  const tab = await site.open(path, page);
  await until(path, () => site.core.eventsOf('page_view').length === before + 1);
  return tab;
}

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (now ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

describe('leaving', () => {
  it('tells what the session came to, as the last event of all', async () => {
    await site.visitor();
    site.has('/');
    site.has('/two', { body: '<script>setTimeout(() => { throw new Error("of the page") }, 50)</script>' });
    const page = await visit(`/?ll=${token}`);
    await visit('/two', page);
    await page.waitForTimeout(1_200);
    await page.close({ runBeforeUnload: true });
    await until('both farewells', () => ends().length === 2);
    const [first, second] = ends();
    assert.equal(totals(first).pages, 1);
    assert.equal(totals(first).errors, undefined);
    const { pages, durationMs, activeMs, errors } = totals(second);
    assert.deepEqual([pages, errors], [2, 1]);
    assert.ok(durationMs >= 1_200 && activeMs > 200 && activeMs <= durationMs);
    const { events } = site.core.envelopes.at(-1) ?? { events: [] };
    assert.ok(JSON.stringify(events.at(-1)).includes('session_end'));
    assert.ok(site.core.events.every(({ eid, at }) => eid === second?.eid || at < (second?.at ?? 0)));
  });

  it('counts what happens while the other tabs are asked which session is open', async () => {
    await site.visitor();
    const fail = "ask.onmessage = () => { ask.close(); setTimeout(() => { throw new Error('meanwhile') }); }";
    site.has('/', { body: `<script>{ const ask = new BroadcastChannel('_ll_site_key_1'); ${fail} }</script>` });
    const page = await visit(`/?ll=${token}`);
    await page.close({ runBeforeUnload: true });
    await until('the farewell', () => ends().length === 1);
    assert.equal(totals(ends()[0]).errors, 1);
  });

  it('tells how far was read, what was clicked, searched for and filled in, and the last errors, over pages and tabs', async () => {
    await site.visitor();
    const fail = (...names: string[]) =>
      `<script>for (const name of ${JSON.stringify(names)}) setTimeout(() => { throw new Error(name + ' of ada@example.com') })</script>`;
    site.has('/', { body: `<button>Go</button><div style="height:4000px"></div>${fail('first', 'second')}` });
    site.has('/search', { body: `<form id="ask"><input name="a"></form>${fail('third', 'fourth')}` });
    const page = await visit(`/?ll=${token}`);
    await page.click('button');
    await page.waitForTimeout(300);
    const other = await visit('/search?q=lamps');
    await other.fill('input', 'typed');
    await other.waitForTimeout(300);
    await other.close({ runBeforeUnload: true });
    await page.waitForTimeout(500);
    await page.close({ runBeforeUnload: true });
    await until('the farewell', () => ends().length === 1);
    const { pages, meanScroll, clicks, forms, searches, errors, lastErrors } = totals(ends()[0]);
    assert.deepEqual({ pages, clicks, searches, errors }, { pages: 2, clicks: { cta: 1 }, searches: 1, errors: 4 });
    assert.deepEqual(forms, { started: 1, completed: 0, abandoned: 1 });
    assert.ok(meanScroll && meanScroll > 30 && meanScroll < 90, String(meanScroll));
    assert.equal(lastErrors?.length, 3);
    assert.ok(
      lastErrors.every((message) => / of •••$/.test(message)),
      lastErrors.join(),
    );
  });

  it('is told in the one request that was sent anyway', async () => {
    await site.visitor();
    site.has('/');
    site.has('/two');
    const page = await visit(`/?ll=${token}`);
    await page.evaluate(() => window.leadlight?.track?.('something'));
    const before = site.core.envelopes.length;
    await page.goto('about:blank');
    await until('the farewell', () => ends().length === 1);
    assert.deepEqual(
      site.core.envelopes.slice(before).map(({ events }) => events.length > 1),
      [true],
    );
  });

  it('is not hiding the tab, nor navigating within the page', async () => {
    await site.visitor();
    site.has('/');
    const page = await visit(`/?ll=${token}`);
    await page.evaluate(() => history.pushState(null, '', '/within'));
    await setHidden(page, true);
    await setHidden(page, false);
    await page.evaluate(() => window.leadlight?.track?.('purchase', { orderId: '1' }));
    await until('what came after', () => site.core.eventsOf('purchase').length === 1);
    assert.deepEqual(ends(), []);
  });

  it('is told by the last of several tabs, with what the others counted', async () => {
    await site.visitor();
    site.has('/');
    site.has('/two');
    const one = await visit(`/?ll=${token}`);
    const two = await visit('/two');
    await visit('/', two);
    await two.close({ runBeforeUnload: true });
    await one.waitForTimeout(300);
    assert.deepEqual(ends(), []);
    await one.close({ runBeforeUnload: true });
    await until('the farewell', () => ends().length === 1);
    assert.equal(totals(ends()[0]).pages, 3);
  });

  it('is told also when another tab was killed without a farewell', async () => {
    const context = await site.visitor();
    site.has('/');
    const one = await context.newPage();
    await one.clock.install();
    await visit(`/?ll=${token}`, one);
    const other = await visit('/');
    // What a killed tab leaves: no word, and no answer.
    await other.evaluate(() => {
      BroadcastChannel.prototype.postMessage = () => {};
    });
    await other.close();
    for (let time = 0; time < 3; time++) {
      await one.clock.fastForward(11_000);
      await one.mouse.click(20 + time, 20);
      await one.waitForTimeout(100);
    }
    await one.close({ runBeforeUnload: true });
    await until('the farewell', () => ends().length >= 1);
    assert.equal(ends().length, 1);
  });

  it('is told again after a page came back from the memory of the browser, which goes on counting where the tab is', async () => {
    await site.visitor();
    site.core.answer = () => takenAndRecorded;
    site.has('/', { body: '<p>Text</p>' });
    const page = await visit(`/?ll=${token}`);
    await until('a recording', () => site.core.chunks.length > 0);
    await page.evaluate(() => {
      const move = (name: string) => window.dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
      move('pagehide');
      const kept = JSON.parse(sessionStorage.getItem('_ll_tab') ?? '');
      // Another page of the tab, meanwhile.
      sessionStorage.setItem('_ll_tab', JSON.stringify({ ...kept, seq: kept.seq + 5, open: 0 }));
      sessionStorage.setItem('_ll_pc', String(Number(sessionStorage.getItem('_ll_pc')) + 1));
      move('pageshow');
    });
    await until('the page again', () => site.core.eventsOf('page_view').length === 2);
    await until('its picture', () => site.core.chunks.some(({ seq }) => seq > 4));
    await page.close({ runBeforeUnload: true });
    await until('the second farewell', () => ends().length === 2);
    assert.deepEqual(
      ends().map((event) => totals(event).pages),
      [1, 3],
    );
    const seqs = site.core.chunks.map(({ seq }) => seq);
    assert.equal(new Set(seqs).size, seqs.length);
  });

  it('is nothing when the session was over long before', async () => {
    const page = await (await site.visitor()).newPage();
    site.has('/');
    await page.clock.install();
    await visit(`/?ll=${token}`, page);
    await page.clock.fastForward(31 * 60_000);
    const before = site.core.events.length;
    await page.close({ runBeforeUnload: true });
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(site.core.events.slice(before), []);
  });
});

describe('a sign of life', () => {
  it('reaches the core every half minute while somebody reads, and not while nobody does', async () => {
    const page = await (await site.visitor()).newPage();
    site.has('/', { body: '<p style="height:3000px">Long</p>' });
    await page.clock.install();
    await visit(`/?ll=${token}`, page);
    const heardIn = async (seconds: number, active: boolean) => {
      const before = site.core.envelopes.length;
      for (let second = 0; second < seconds; second += 5) {
        if (active) await page.mouse.move(30 + second, 30);
        await page.clock.runFor(5_000);
      }
      await page.waitForTimeout(100);
      return site.core.envelopes.slice(before);
    };
    // Nobody has touched anything yet.
    assert.deepEqual(await heardIn(60, false), []);
    await page.mouse.move(10, 10);
    await page.mouse.click(20, 20);
    await page.clock.runFor(6_000);
    for (let time = 0; time < 2; time++) assert.ok((await heardIn(30, true)).length > 0);
    assert.ok(site.core.eventsOf('engagement').length >= 2);
    for (let time = 0; time < 6; time++) {
      await page.clock.runFor(10_000);
      await page.waitForTimeout(100);
    }
    assert.deepEqual(await heardIn(60, false), []);
  });

  it('does not come from a hidden page', async () => {
    const page = await (await site.visitor()).newPage();
    site.has('/');
    await page.clock.install();
    await visit(`/?ll=${token}`, page);
    await page.mouse.click(20, 20);
    await setHidden(page, true);
    await page.clock.runFor(6_000);
    await page.waitForTimeout(200);
    const before = site.core.envelopes.length;
    await page.clock.runFor(25_000);
    await page.mouse.click(30, 30);
    await page.clock.runFor(25_000);
    await page.waitForTimeout(200);
    assert.equal(site.core.envelopes.length, before);
  });
});
