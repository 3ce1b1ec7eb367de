import assert from 'node:assert/strict';
import { takenAndRecorded } from './testing/fake-core.ts';
import { quiet, token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

const files = () => site.core.received.map(({ url }) => url).filter((url) => url.endsWith('.js'));

describe('the second file', () => {
  it('is loaded by a visitor who is known, and while consent is awaited, but not once it was refused', async () => {
    for (const [tag, body, expected] of [
      ['', '', ['/ll.js', '/ll-visit.js']],
      ['data-consent="false"', '', ['/ll.js', '/ll-visit.js']],
      ['', '<script>leadlight.consent(false)</script>', ['/ll.js']],
    ] as const) {
      await site.visitor();
      site.core.config = { modes: { knownContacts: false, anonymousVisitors: true, siteAnalytics: false } };
      site.has('/', { tag, body });
      const page = await site.open('/');
      await page.waitForTimeout(700);
      assert.deepEqual(files(), expected);
    }
  });

  it('may come late: a page view has the time of the page, and early clicks, forms, errors and calls count', async () => {
    const context = await site.visitor();
    await context.route('**/ll-visit.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
    site.has('/', {
      body: `<form id="early"><input name="a"></form><button>Go</button>
        <script>leadlight.track('called'); setTimeout(() => { throw new Error('early') })</script>`,
    });
    const page = await site.open(`/?ll=${token}`);
    const openedAt = Date.now();
    await page.fill('input', 'Typedcanary');
    await page.click('button');
    await until('the page view', () => site.core.eventsOf('page_view').length === 1);
    await page.evaluate(() => window.leadlight?.track?.('Typedcanary is repeated'));
    await page.waitForTimeout(300);
    await page.close({ runBeforeUnload: true });
    await until('the farewell', () => site.core.eventsOf('session_end').length === 1);
    assert.ok((site.core.eventsOf('page_view')[0]?.at ?? 0) <= openedAt);
    assert.deepEqual(
      site.core.eventsOf('custom').map(({ props }) => props.name),
      ['called', '••• is repeated'],
    );
    assert.equal(site.core.eventsOf('form_start').length, 1);
    const { clicks, errors } = site.core.eventsOf('session_end')[0]?.props ?? {};
    assert.deepEqual([clicks, errors], [{ cta: 1 }, 1]);
  });

  it('that never came leaves calls to the next page', async () => {
    const context = await site.visitor();
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await until('the visit', () => site.core.eventsOf('page_view').length === 1);
    await page.waitForTimeout(300);
    await context.route('**/ll-visit.js', (route) => route.abort());
    await page.goto(`${site.origin}/`);
    await page.evaluate(() => window.leadlight?.track?.('kept'));
    await context.unroute('**/ll-visit.js');
    await site.open('/', page);
    await until('the call', () => site.core.eventsOf('custom').length === 1);
  });

  it('that never came leaves the views of its pages too, without query, title and traits', async () => {
    const context = await site.visitor();
    site.has('/');
    site.has('/lost');
    const page = await site.open(`/?ll=${token}`);
    await until('the visit', () => site.core.eventsOf('page_view').length === 1);
    await page.waitForTimeout(300);
    await context.route('**/ll-visit.js', (route) => route.abort());
    await site.open('/lost?of=1#them', page);
    await page.evaluate(() => window.leadlight?.identify?.('ada@example.com', { plan: 'traitcanary' }));
    await site.open('/lost', page);
    await context.unroute('**/ll-visit.js');
    await site.open('/', page);
    await until('all views', () => site.core.eventsOf('page_view').length === 4);
    await until('who it is', () => site.core.envelopes.some(({ identity }) => identity?.email === 'ada@example.com'));
    const told = site.core.eventsOf('page_view').map(({ url, props }) => ({ url, ...props }));
    const lost = { url: `${site.origin}/lost`, title: '' };
    assert.deepEqual(
      told.filter(({ url }) => url.includes('lost')),
      [lost, lost],
    );
    assert.equal(JSON.stringify(site.core.envelopes).includes('traitcanary'), false);
  });

  it('takes what the loader hands over, and leaves nothing of it on the page; alone it does nothing', async () => {
    const page = await (await site.visitor()).newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    site.has('/');
    await site.open(`/?ll=${token}`, page);
    await until('the visit', () => site.core.eventsOf('page_view').length === 1);
    assert.equal(await page.evaluate(() => 'leadlightVisit' in window), false);
    await page.addScriptTag({ url: `${site.core.origin}/ll-visit.js` });
    await page.addScriptTag({ url: `${site.core.origin}/ll-recorder.js` });
    await page.waitForTimeout(300);
    assert.equal(site.core.eventsOf('page_view').length, 1);
    assert.deepEqual(problems, []);
  });

  it('counts a page once on which the tag was pasted twice', async () => {
    await site.visitor();
    site.has('/', { head: `<script src="${site.core.origin}/ll.js" data-key="site_key_1"></script>` });
    const page = await site.open(`/?ll=${token}`);
    await quiet(page);
    assert.equal(site.core.eventsOf('page_view').length, 1);
  });

  it('is pinned by the loader that is pinned', async () => {
    await site.visitor();
    const { integrity } = site.built.loader;
    site.core.answer = () => takenAndRecorded;
    site.has('/', { tag: `integrity="${integrity}" crossorigin` });
    const page = await site.open(`/?ll=${token}`);
    await until('a recording', () => site.core.chunks.length > 0);
    const pins = await page.evaluate(() => [...document.scripts].map((script) => script.integrity));
    assert.deepEqual(pins, [integrity, site.built.visit.pin, site.built.recorder.pin]);
  });
});

describe('a fault of ours', () => {
  it('is told once a page, by its name and place, and the page does not notice', async () => {
    const context = await site.visitor();
    await context.addInitScript(() => {
      Math.random = () => 0;
      Object.defineProperty(document, 'title', {
        get: () => {
          throw new RangeError('secretcanary of the page');
        },
      });
    });
    site.has('/');
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    await site.open(`/?ll=${token}`, page);
    await page.evaluate(() => window.leadlight?.track?.('x'));
    await page.evaluate(() => history.pushState(null, '', '/next'));
    await page.waitForTimeout(700);
    await page.close({ runBeforeUnload: true });
    const faults = () => site.core.envelopes.flatMap((envelope) => envelope.faults ?? []);
    await until('the fault', () => faults().length > 0);
    assert.equal(faults().length, 1);
    assert.equal(faults()[0]?.message, 'RangeError');
    assert.match(faults()[0]?.where ?? '', /^ll-visit\.js:\d+:\d+$/);
    assert.equal(JSON.stringify(site.core.envelopes).includes('secretcanary'), false);
    assert.deepEqual(problems, []);
  });
});

describe('a stylesheet of the recording', () => {
  it('is told by its hash once a session, and sent once when it is wanted', async () => {
    await site.visitor();
    const body = `<style>${Array.from({ length: 200 }, (_, place) => `.rule-${place} { color: rgb(${place}, 0, 0) }`).join('\n')}</style><p>Text</p>`;
    site.has('/', { body });
    site.has('/two', { body });
    const known = new Set<string>();
    site.core.answer = ({ sheets = [] }) => {
      for (const { hash, css } of sheets) if (css) known.add(hash);
      const wanted = sheets.map(({ hash }) => hash).filter((hash) => !known.has(hash));
      return { status: 202, body: JSON.stringify({ known: true, record: true, accepted: 0, refused: [], wanted }) };
    };
    const page = await site.open(`/?ll=${token}`);
    await until('the text', () => known.size === 1);
    await page.waitForTimeout(500);
    await site.open('/two', page);
    await until('a recording of the next page', () => site.core.eventsOf('page_view').length === 2);
    await page.waitForTimeout(1_500);
    const sheets = site.core.envelopes.flatMap((envelope) => envelope.sheets ?? []);
    assert.deepEqual(
      sheets.map(({ css }) => css !== undefined),
      [false, true],
    );
  });
});
