import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { unknown } from './testing/fake-core.ts';
import { quiet, siteKey, stored, token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

describe('a visitor nobody knows', () => {
  it('leaves no trace: two files are asked for, nothing is stored and nothing sent', async () => {
    const context = await site.visitor();
    site.has('/', { body: '<form id="f"><input name="a"></form>' });
    const page = await site.open('/?utm_source=mail');
    await page.locator('input').fill('something typed');
    await quiet(page);
    assert.deepEqual(
      site.core.received.map(({ method, url }) => `${method} ${url}`),
      ['GET /ll.js', `GET /v1/sites/${siteKey}/config`],
    );
    assert.equal(site.core.received[1]?.headers.cookie, undefined);
    assert.deepEqual(await stored(page), { cookie: '', names: [] });
    assert.deepEqual(await context.cookies(), []);
  });

  it('is not made known by a parameter that is no token', async () => {
    await site.visitor();
    site.has('/');
    let page: Page | undefined;
    for (const value of [
      '',
      '{{ contact.leadlight_link_token }}',
      '%7B%7Bcontact.token%7D%7D',
      'short',
      'in the middle',
      'ada@example.com-and-more',
    ]) {
      page = await site.open(`/?ll=${value}`, page);
      await page.waitForTimeout(250);
      assert.equal(site.core.envelopes.length, 0, value);
      assert.deepEqual(await stored(page), { cookie: '', names: [] });
    }
  });

  it('is known to the core from the moment the site says who it is, with what happened before', async () => {
    await site.visitor();
    site.has('/');
    const page = await site.open('/');
    await page.waitForTimeout(300);
    await page.evaluate(() => window.leadlight?.identify?.('ada@example.com', { plan: 'pro', seats: 3 }));
    await until('the identity', () => site.core.eventsOf('identify').length > 0);
    assert.deepEqual(site.core.envelopes[0]?.identity, { email: 'ada@example.com', traits: { plan: 'pro', seats: 3 } });
    assert.equal(site.core.eventsOf('page_view').length, 1);
  });
});

describe('a browser of the site’s own people', () => {
  it('asks, stores and sends nothing more, from the moment the address says so', async () => {
    const context = await site.visitor();
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await until('a visit', () => site.core.envelopes.length > 0);
    await page.waitForTimeout(300);
    await site.open(`/?a=1&ll_internal=1&ll=${token}`, page);
    assert.equal(page.url(), `${site.origin}/?a=1`);
    await page.waitForTimeout(300);
    const before = site.core.received.length;
    await site.open('/', page);
    await page.evaluate(() => {
      window.leadlight?.identify?.('ada@example.com');
      window.leadlight?.consent?.(false);
      window.leadlight?.consent?.(true);
      window.leadlight?.track?.('purchase', { orderId: '1' });
    });
    await quiet(page);
    await site.open(`/?ll=${token}`, page);
    await quiet(page);
    assert.deepEqual(
      site.core.received.slice(before).map(({ url }) => url),
      ['/ll.js', '/ll.js'],
    );
    assert.deepEqual(await stored(page), { cookie: '', names: ['ll_internal'] });
    assert.deepEqual(await context.cookies(), []);
  });

  it('is a visitor again after the address said so', async () => {
    await site.visitor();
    site.has('/');
    const page = await site.open('/?ll_internal=1');
    await site.open('/?ll_internal=2', page);
    assert.equal(page.url(), `${site.origin}/?ll_internal=2`);
    assert.deepEqual((await stored(page)).names, ['ll_internal']);
    await site.open(`/?ll_internal=0&ll=${token}`, page);
    assert.equal(page.url(), `${site.origin}/`);
    await until('the visit', () => site.core.eventsOf('page_view').length === 1);
  });
});

describe('a visitor nobody knows, in a shop', () => {
  it('leaves no trace of an order either', async () => {
    await site.visitor();
    site.has('/');
    site.has('/thanks', {
      head: `<script>window.dataLayer = [{ event: 'purchase', ecommerce: { transaction_id: 'O-1', currency: 'EUR', value: 5 } }]</script>`,
      body: '<button>Cancel subscription</button>',
    });
    const page = await site.open('/thanks');
    await page.click('button');
    await page.waitForTimeout(1_500);
    assert.deepEqual(await stored(page), { cookie: '', names: [] });
    await page.evaluate(() => window.leadlight?.identify?.('ada@example.com'));
    await until('the order, once it is known whose it is', () => site.core.eventsOf('purchase').length === 1);
    await page.waitForTimeout(1_200);
    await page.reload();
    await until('the page again', () => site.core.eventsOf('page_view').length === 2);
    await page.waitForTimeout(1_500);
    await site.open('/', page);
    await page.waitForTimeout(300);
    assert.equal(site.core.eventsOf('purchase').length, 1);
  });
});

describe('a visitor who comes through a link', () => {
  it('has the token taken out of the address before the next script of the page reads it', async () => {
    await site.visitor();
    site.has('/', { body: '<script>window.seen = [location.href, document.URL, location.search]</script>' });
    const page = await site.open(`/?b=2&ll=${token}&a=%C3%A4+1&utm_source=x#part`);
    assert.equal(await page.evaluate(() => location.href), `${site.origin}/?b=2&a=%C3%A4+1&utm_source=x#part`);
    const seen = await page.evaluate(() => JSON.stringify('seen' in window ? window.seen : null));
    assert.ok(!seen.includes(token));
    await until('a page view', () => site.core.eventsOf('page_view').length > 0);
    const [view] = site.core.eventsOf('page_view');
    assert.equal(view?.url, `${site.origin}/?utm_source=x`);
    assert.equal(site.core.envelopes[0]?.identity?.token, token);
    assert.equal(JSON.stringify(site.core.events).includes(token), false);
  });

  it('is one session over two page loads, with a cookie that only this site reads', async () => {
    const context = await site.visitor();
    site.has('/', { body: '<a href="/two">Two</a>' });
    site.has('/two');
    const page = await site.open(`/?ll=${token}`);
    await until('the first page view', () => site.core.eventsOf('page_view').length === 1);
    await page.click('a');
    await until('the second page view', () => site.core.eventsOf('page_view').length === 2);
    const [first, ...rest] = site.core.envelopes;
    assert.ok(first);
    for (const { vid, sid, tab } of rest) assert.deepEqual({ vid, sid, tab }, { vid: first.vid, sid: first.sid, tab: first.tab });
    const [cookie] = await context.cookies();
    assert.equal(cookie?.name, '_ll_vid');
    assert.equal(cookie?.value, first.vid);
    assert.equal(cookie?.sameSite, 'Lax');
    assert.equal(cookie?.secure, true);
    assert.equal(
      rest.some(({ identity, context: told }) => identity !== undefined || told !== undefined),
      false,
    );
    assert.equal(site.core.eventsOf('page_view')[1]?.props.referrer, `${site.origin}/`);
  });

  it('is one session over two tabs', async () => {
    await site.visitor();
    site.has('/');
    const one = await site.open(`/?ll=${token}`);
    await until('the first tab', () => site.core.eventsOf('page_view').length === 1);
    await site.open('/');
    await until('the second tab', () => site.core.eventsOf('page_view').length === 2);
    await one.bringToFront();
    const sessions = new Set(site.core.envelopes.map(({ sid }) => sid));
    const tabs = new Set(site.core.envelopes.map(({ tab }) => tab));
    assert.equal(sessions.size, 1);
    assert.equal(tabs.size, 2);
  });

  it('is forgotten, with all that was stored, when the core keeps nothing of them', async () => {
    const context = await site.visitor();
    site.core.answer = () => unknown;
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await until('the answer', () => site.core.envelopes.length > 0);
    await until('an empty browser', async () => (await stored(page)).names.length === 0);
    assert.deepEqual(await context.cookies(), []);
    const before = site.core.received.length;
    await quiet(page);
    await page.evaluate(() => window.leadlight?.track?.('late'));
    await page.waitForTimeout(600);
    assert.equal(site.core.received.length, before);
  });

  it('is not mistaken for the mail scanner that opened the link: a real pointer proves a person, and is told once', async () => {
    await site.visitor();
    site.has('/', { body: '<p style="height:3000px">Long</p>' });
    const page = await site.open(`/?ll=${token}`);
    await until('the page view', () => site.core.eventsOf('page_view').length === 1);
    await page.evaluate(() => {
      window.scrollTo(0, 500);
      document.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      document.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: 'a' }));
    });
    await page.waitForTimeout(500);
    assert.deepEqual(site.core.envelopes.map(({ evidence }) => evidence).filter(Boolean), []);
    await page.mouse.move(20, 20);
    await page.mouse.move(80, 90);
    await until('the proof', () => site.core.envelopes.some(({ evidence }) => evidence === 'pointer'));
    await page.mouse.click(50, 50);
    await page.waitForTimeout(500);
    assert.deepEqual(site.core.envelopes.map(({ evidence }) => evidence).filter(Boolean), ['pointer']);
  });

  it('counts as a person after the page was in front for the time the site set', async () => {
    await site.visitor();
    site.core.config = { dwellMs: 1_500 };
    site.has('/');
    await site.open(`/?ll=${token}`);
    await until('the proof', () => site.core.envelopes.some(({ evidence }) => evidence === 'dwell'));
  });
});
