/** Pages that break, block or are left at any moment, and cores that misbehave: judged by what the core has in the end. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Answer, taken } from './testing/fake-core.ts';
import { token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

/** Mulberry32: the same numbers every time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What the core has of the site's own events, each once, as it would store them. */
const names = () => [...new Map(site.core.eventsOf('custom').map(({ eid, props }) => [eid, String(props.name)])).values()];

async function misbehave(page: Page, random: () => number): Promise<void> {
  const kind = Math.floor(random() * 4);
  const ms = Math.floor(random() * 400);
  if (kind === 0)
    await page.evaluate(() =>
      setTimeout(() => {
        throw new Error('broken');
      }),
    );
  if (kind === 1)
    await page.evaluate((block) => {
      setTimeout(() => {
        const end = Date.now() + block;
        while (Date.now() < end);
      });
    }, ms);
  if (kind === 2) await page.evaluate(() => history.pushState(null, '', `/?${Math.random()}`));
  if (random() < 0.5) await page.waitForTimeout(ms);
}

describe('a page that breaks, blocks or is left at any moment', () => {
  it('loses no event and counts none twice, while the core fails now and then', async () => {
    await site.visitor();
    site.has('/');
    const random = randomFrom(20_261_122);
    site.core.answer = () => (random() < 0.15 ? { status: 503 } : taken);
    const page = await site.open(`/?ll=${token}`);
    await until('the visit', () => site.core.envelopes.length > 0);
    const told: string[] = [];
    for (let load = 0; load < 25; load++) {
      for (let time = 0; time < 4; time++) {
        const name = `event-${load}-${time}`;
        told.push(name);
        await page.evaluate((each) => window.leadlight?.track?.(each), name);
        await misbehave(page, random);
      }
      await site.open('/', page);
    }
    site.core.answer = () => taken;
    await until('the rest', () => names().length >= told.length * 0.99, 12_000);
    assert.equal(new Set(names()).size, names().length);
    assert.ok(names().every((name) => told.includes(name)));
  }).timeout(60_000);

  it('keeps its events through ten seconds without a turn', async () => {
    await site.visitor();
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await until('the visit', () => site.core.envelopes.length > 0);
    await page.evaluate(() => {
      window.leadlight?.track?.('before');
      const end = Date.now() + 10_000;
      while (Date.now() < end);
      window.leadlight?.track?.('after');
      location.href = '/?left';
    });
    await until('both', () => names().length === 2, 15_000);
    await page.waitForURL('**/?left');
  }).timeout(40_000);

  it('sends none again that arrived, when the tab is restored as it was', async function restored() {
    this.timeout(60_000);
    await site.visitor();
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await until('the visit', () => site.core.envelopes.length > 0);
    await page.evaluate(() => window.leadlight?.track?.('once'));
    let kept = '';
    const readKept = async () => (await page.evaluate(() => sessionStorage.getItem('_ll_keep'))) ?? '';
    await until('what waits is kept', async () => {
      kept = await readKept();
      return kept.includes('once');
    });
    await until('the event', () => names().length === 1, 10_000);
    await until('the answer was read', async () => !(await readKept()).includes('once'), 10_000);
    await page.evaluate((text) => addEventListener('pagehide', () => sessionStorage.setItem('_ll_keep', text)), kept);
    await site.open('/', page);
    await until('the next page', () => site.core.eventsOf('page_view').length >= 2);
    await page.waitForTimeout(600);
    assert.equal(site.core.eventsOf('custom').length, 1);
  });

  it('sends at once what waits when the tab is hidden', async () => {
    await site.visitor();
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await until('the visit', () => site.core.envelopes.length > 0);
    await page.waitForTimeout(300);
    const before = Date.now();
    await page.evaluate(() => {
      window.leadlight?.track?.('hidden');
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await until('the event', () => names().length === 1);
    assert.ok(Date.now() - before < 3_000);
  });
});

describe('a core that misbehaves', () => {
  const answers: readonly (readonly [string, Answer])[] = [
    ['sends us elsewhere', { status: 302, headers: { location: '/elsewhere' } }],
    ['answers in HTML', { status: 200, body: '<html></html>' }],
    ['answers without end', { status: 200, body: ' '.repeat(3_000_000) }],
    ['answers something else', { status: 202, body: '{"known":"yes"}' }],
  ];
  for (const [what, answer] of answers) {
    it(`that ${what} loses nothing`, async () => {
      const page = await (await site.visitor()).newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      site.has('/');
      let times = 0;
      site.core.answer = () => (++times < 3 ? answer : taken);
      await site.open(`/?ll=${token}`, page);
      await until('three tries', () => times >= 3, 15_000);
      assert.equal(
        site.core.received.some(({ url }) => url === '/elsewhere'),
        false,
      );
      assert.equal(new Set(site.core.eventsOf('page_view').map(({ eid }) => eid)).size, 1);
      assert.deepEqual(problems, []);
    });
  }
});
