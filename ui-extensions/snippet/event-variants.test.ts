/** What sites do to events: said twice, late, in other words, over reloads. Each counts once, with its fields. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type EventType, eventProps } from '#contract/events.ts';
import { type PageOptions, token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

interface Stop extends PageOptions {
  readonly path: string;
  readonly act?: string;
  readonly waitMs?: number;
  readonly reload?: boolean;
}

/** Walks over pages, and answers what was told of `type`, each event once. */
async function walked(type: EventType, ...stops: readonly Stop[]): Promise<Record<string, unknown>[]> {
  await site.visitor();
  site.has('/end');
  let tab: Page | undefined;
  for (const stop of stops) {
    site.has(stop.path, stop);
    tab = await site.open(`${stop.path}?ll=${token}`, tab);
    const shown = tab;
    await shown.waitForFunction(() => typeof window.leadlight?.track === 'function');
    await shown.waitForTimeout(stop.waitMs ?? 150);
    if (stop.act) await shown.evaluate(stop.act);
    await shown.waitForTimeout(stop.waitMs ?? 250);
    if (stop.reload) await shown.reload();
  }
  await site.open('/end', tab);
  await until('the last page', () => site.core.eventsOf('page_view').some(({ url }) => url.endsWith('/end')));
  return told(type);
}

function told(type: EventType): Record<string, unknown>[] {
  const unique = new Map(site.core.eventsOf(type).map((event) => [event.eid, event.props]));
  return [...unique.values()].map((props) => eventProps[type].parse(props));
}

const layer = (...entries: unknown[]) => `<script>window.dataLayer = ${JSON.stringify(entries)}</script>`;
const ld = (thing: unknown) => `<script type="application/ld+json">${JSON.stringify(thing)}</script>`;
const gtag = 'var gtag = function () { (window.dataLayer ??= []).push(arguments) };';
const item = { item_id: 'L1', item_name: 'Lamp', price: 4.5, quantity: 2 };
const order = { transaction_id: 'O-1', value: 49.9, currency: 'EUR', items: [item] };

describe('what a site says to GA4', () => {
  it('before the file was there, through dataLayer or gtag, or twice, counts once', async () => {
    const lamp = { productId: 'L1', productName: 'Lamp', valueMinor: 900, currency: 'EUR' };
    const shop = { currency: 'EUR', items: [item] };
    const pushed = layer({ ecommerce: null }, { event: 'add_to_cart', ecommerce: shop });
    assert.deepEqual(await walked('add_to_cart', { path: '/one', head: pushed }), [lamp]);
    const called = `${gtag} gtag('js', new Date()); gtag('event', 'add_to_cart', ${JSON.stringify(shop)});`;
    assert.deepEqual(await walked('add_to_cart', { path: '/one', body: '<button>Add to cart</button>', act: called }), [lamp]);
    const both = `${called} dataLayer.push(${JSON.stringify({ event: 'add_to_cart', ecommerce: shop })})`;
    assert.deepEqual(await walked('add_to_cart', { path: '/one', body: '<button>Add to cart</button>', act: both }), [lamp]);
    const byHand = `leadlight.track('add_to_cart', { productId: 'L1', productName: 'Lamp', value: 9, currency: 'EUR' }); ${called}`;
    assert.deepEqual(await walked('add_to_cart', { path: '/one', body: '<button>Add to cart</button>', act: byHand }), [lamp]);
  });

  it('of two different things counts twice', async () => {
    const push = (id: string) => `dataLayer.push(${JSON.stringify({ event: 'add_to_cart', ecommerce: { items: [{ item_id: id }] } })});`;
    const body = '<button>Add to cart</button>';
    const act = `window.dataLayer ??= []; ${push('A')} ${push('B')}`;
    assert.deepEqual(await walked('add_to_cart', { path: '/one', body, act }), [{ productId: 'A' }, { productId: 'B' }]);
  });

  it('has its worth in minor units, whatever the currency and however it is written', async () => {
    for (const [value, currency, worth] of [
      [500, 'JPY', { valueMinor: 500, currency: 'JPY' }],
      [1.2345, 'BHD', { valueMinor: 1235, currency: 'BHD' }],
      ['1.234,56', 'EUR', { valueMinor: 123_456, currency: 'EUR' }],
      ['1.234.567', 'EUR', { valueMinor: 123_456_700, currency: 'EUR' }],
      ['$1,234.50', 'usd', { valueMinor: 123_450, currency: 'USD' }],
      [10, undefined, {}],
    ] as const) {
      const head = layer({ event: 'purchase', ecommerce: { transaction_id: 'O-1', value, currency } });
      assert.deepEqual(await walked('purchase', { path: '/one', head }), [{ orderId: 'O-1', ...worth }], String(value));
    }
  }).timeout(60_000);

  it('of several things is their sum, and of one its own price where no value is given', async () => {
    const two = [item, { item_id: 'L2', item_name: 'Bulb', price: '1,50' }];
    const head = layer({ event: 'begin_checkout', ecommerce: { currency: 'EUR', items: two } });
    assert.deepEqual(await walked('begin_checkout', { path: '/one', head }), [{ valueMinor: 1_050, currency: 'EUR' }]);
    const promotion = layer({ event: 'select_promotion', ecommerce: { promotion_id: 'P', currency: 'EUR', items: [item] } });
    assert.deepEqual(await walked('upsell_click', { path: '/one', head: promotion }), [
      { productId: 'L1', productName: 'Lamp', valueMinor: 900, currency: 'EUR' },
    ]);
  });
});

describe('an order', () => {
  const shopify = `<script>window.Shopify = { checkout: { order_id: 77, total_price: '57.90', currency: 'EUR' } }</script>`;
  const described = ld({ '@type': 'Order', orderNumber: 'N-9', price: '57.90', priceCurrency: 'EUR' });
  it('that GA4, JSON-LD and Shopify tell under numbers of their own is one, also after a reload', async () => {
    const head = layer({ event: 'purchase', ecommerce: order }) + described + shopify;
    const stop = { path: '/thank-you', head, reload: true };
    assert.deepEqual(await walked('purchase', stop), [{ orderId: 'O-1', valueMinor: 4_990, currency: 'EUR' }]);
    const later = { path: '/thank-you-too', head: described + shopify };
    assert.deepEqual((await walked('purchase', stop, later)).length, 1);
  }).timeout(30_000);

  it('without a number is not bought again by a reload', async () => {
    const head = layer({ event: 'purchase', ecommerce: { value: 5, currency: 'EUR' } });
    assert.equal((await walked('purchase', { path: '/thank-you', head, reload: true })).length, 1);
  });

  it('begins with one checkout over its pages, and the next order with another', async () => {
    const worth = layer({ event: 'begin_checkout', ecommerce: { value: 10, currency: 'EUR' } });
    const cart = { path: '/cart', body: '<a href="/checkout">Go to checkout</a>', act: "document.querySelector('a').click()" };
    const checkout = { path: '/checkout', head: worth, waitMs: 400 };
    const thanks = { path: '/thank-you', head: layer({ event: 'purchase', ecommerce: order }), waitMs: 400 };
    site.has('/checkout', checkout);
    const money = { valueMinor: 1_000, currency: 'EUR' };
    assert.deepEqual(await walked('begin_checkout', checkout, cart, checkout), [money]);
    assert.deepEqual(await walked('begin_checkout', checkout, thanks, checkout), [money, money]);
  }).timeout(30_000);
});

describe('the page of a product', () => {
  const product = (id: string) => ({ '@type': 'Product', sku: id, name: `Lamp ${id}`, offers: { price: '5', priceCurrency: 'EUR' } });
  it('is one view each where the page is rebuilt within itself', async () => {
    const head = ld(product('A')).replace('<script', '<script id="ld"');
    const act = `history.pushState(null, '', '/products/b'); ld.textContent = ${JSON.stringify(JSON.stringify(product('B')))}`;
    const views = await walked('product_view', { path: '/products/a', head, act, waitMs: 2_300 });
    assert.deepEqual(
      views.map(({ productId }) => productId),
      ['A', 'B'],
    );
  }).timeout(30_000);

  it('is one view where GA4 speaks late and calls the product by another number', async () => {
    const view = { event: 'view_item', ecommerce: { currency: 'EUR', items: [{ item_id: 'shopify_1', item_name: 'Lamp A' }] } };
    const stop = { path: '/products/a', head: ld(product('A')), waitMs: 3_300, act: `window.dataLayer = [${JSON.stringify(view)}]` };
    assert.equal((await walked('product_view', stop)).length, 1);
  }).timeout(30_000);

  it('is not a list that grows, nor JSON that is none', async () => {
    const many = ['A', 'B', 'C', 'D'].map((id) => ld(product(id))).join('');
    const more = `for (const id of 'EFGH') document.head.insertAdjacentHTML('beforeend', ${JSON.stringify(ld(product('X')))}.replaceAll('X', id))`;
    assert.deepEqual(await walked('product_view', { path: '/lamps', head: many, act: more, waitMs: 1_300 }), []);
    const broken = '<script type="application/ld+json">{ "@type": "Product", </script>';
    assert.equal((await walked('product_view', { path: '/one', head: broken + ld(product('A')) })).length, 1);
  }).timeout(30_000);
});

describe('a form', () => {
  const send = "document.querySelector('button').click()";
  it('that is sent twice, or by the page itself, is sent once', async () => {
    const body = `<form id="contact"><input name="name"><button>Send</button></form>
      <script>document.forms[0].addEventListener('submit', (event) => { event.preventDefault(); fetch('/end') })</script>`;
    assert.equal((await walked('form_submit', { path: '/one', body, act: `${send}; ${send}` })).length, 1);
    assert.equal(told('form_abandon').length, 0);
    assert.equal(told('form_start').length, 1);
  });

  it('that the page refused in its own way was not sent, but abandoned', async () => {
    const body = `<form id="contact" novalidate><input name="name"><button>Send</button></form>
      <script>document.forms[0].addEventListener('submit', (event) => { event.preventDefault(); document.querySelector('input').ariaInvalid = 'true' })</script>`;
    assert.deepEqual(await walked('form_submit', { path: '/one', body, act: send }), []);
    assert.equal(told('form_abandon').length, 1);
  });

  it('in a shadow root is a form', async () => {
    const body = `<div id="host"></div><script>
      const root = host.attachShadow({ mode: 'open' });
      root.innerHTML = '<form id="inside"><input name="email"><button>Send</button></form>';
      root.querySelector('form').addEventListener('submit', (event) => event.preventDefault());</script>`;
    const act = `const input = host.shadowRoot.querySelector('input'); input.value = 'canary-typed';
      input.dispatchEvent(new Event('input', { bubbles: true, composed: true })); host.shadowRoot.querySelector('button').click()`;
    const [sent] = await walked('form_submit', { path: '/one', body, act });
    assert.deepEqual(sent?.fields, [{ name: 'email', type: 'input' }]);
    assert.equal(sent?.formId, 'inside');
    assert.ok(site.core.received.every(({ text }) => !text.includes('canary-typed')));
  });

  it('tells the plan that was chosen, and the form that asked for a demo', async () => {
    const trial = `<form id="trial"><select name="plan"><option value="basic">Basic<option value="network" selected>Network, €9</select>
      <button>Start</button></form><script>document.forms[0].addEventListener('submit', (event) => event.preventDefault())</script>`;
    const choose = "document.querySelector('select').dispatchEvent(new Event('change', { bubbles: true }));";
    assert.deepEqual(await walked('trial_signup', { path: '/one', body: trial, act: choose + send }), [{ plan: 'network' }]);
    const change = `${choose} window.dataLayer = [{ event: 'subscription_change', from: 'Basic', to: 'Network' }]`;
    assert.deepEqual(await walked('subscription_change', { path: '/account', body: trial, act: change }), [
      { from: 'Basic', to: 'Network' },
    ]);
    const demo = trial.replace('id="trial"', 'id="book-a-demo"');
    const lead = "; (window.dataLayer ??= []).push({ event: 'generate_lead' })";
    assert.deepEqual(await walked('demo_request', { path: '/one', body: demo, act: send + lead }), [{ formId: 'book-a-demo' }]);
  }).timeout(30_000);

  it('does not let what was typed out as a plan', async () => {
    const body = '<form><input name="plan"></form>';
    const act = `const input = document.querySelector('input'); input.value = 'Typedcanary';
      input.dispatchEvent(new Event('input', { bubbles: true })); leadlight.track('subscription_change', { to: 'Typedcanary' })`;
    assert.deepEqual(await walked('subscription_change', { path: '/one', body, act }), [{ to: '•••' }]);
  });
});

describe('a search', () => {
  it('in a box without a form, or with a page of results, is one', async () => {
    const body = '<input type="search">';
    const act = `const box = document.querySelector('input'); box.value = 'red lamps'; box.dispatchEvent(new Event('change', { bubbles: true }))`;
    assert.deepEqual(await walked('search_query', { path: '/one', body, act }), [{ query: 'red lamps' }]);
  });
});

describe('clicks in anger', () => {
  it('counts a click on a label once', async () => {
    await site.visitor();
    site.has('/', { body: '<label>Yes <input type="checkbox"></label>' });
    site.has('/two');
    const page = await site.open(`/?ll=${token}`);
    await until('the page view', () => site.core.eventsOf('page_view').length === 1);
    for (let count = 0; count < 2; count++) await page.click('label', { position: { x: 5, y: 8 } });
    await site.open('/two', page);
    await until('the engagement', () => site.core.eventsOf('engagement').length > 0);
    const told = eventProps.engagement.parse(site.core.eventsOf('engagement')[0]?.props);
    assert.deepEqual([told.clicks, told.rageClicks], [{ other: 2 }, []]);
  });

  it('are told once as long as they go on, with what was clicked', async () => {
    await site.visitor();
    site.has('/', { body: '<button id="slow">Slow</button>' });
    site.has('/end');
    const page = await site.open(`/?ll=${token}`);
    await until('the page', () => told('page_view').length === 1);
    for (let count = 0; count < 8; count++) {
      await page.click('#slow');
      await page.waitForTimeout(200);
    }
    await page.waitForTimeout(1_100);
    for (let count = 0; count < 3; count++) await page.click('#slow');
    await site.open('/end', page);
    await until('the end', () => told('page_view').length === 2);
    const [last] = told('engagement').slice(-1);
    assert.deepEqual(eventProps.engagement.parse(last).rageClicks, [{ selector: 'button#slow', count: 2 }]);
  });
});

describe('the totals', () => {
  it('of a page only grow, and the session ends once over two pages and two tabs', async () => {
    const context = await site.visitor();
    site.has('/', { body: '<div style="height:3000px"><button>Go</button></div>' });
    site.has('/two');
    const page = await site.open(`/?ll=${token}`);
    await until('the page', () => told('page_view').length === 1);
    await page.click('button');
    await site.open('/two', page);
    const other = await site.open('/two');
    await until('the tabs', () => told('page_view').length === 3);
    await other.close({ runBeforeUnload: true });
    await until('the first tab is closed', () => context.pages().length === 1);
    await page.waitForTimeout(400);
    await page.close({ runBeforeUnload: true });
    const ends = () => told('session_end').map((props) => eventProps.session_end.parse(props));
    await until('the end', () => ends().some(({ pages }) => pages === 3));
    const end = eventProps.session_end.parse(told('session_end').at(-1));
    assert.equal(end.pages, 3);
    assert.equal(end.clicks?.cta, 1);
    const sums = new Map<string, number>();
    for (const { pageId, props } of site.core.eventsOf('engagement')) {
      const { activeMs } = eventProps.engagement.parse(props);
      assert.ok(activeMs >= (sums.get(pageId) ?? 0));
      sums.set(pageId, activeMs);
    }
  });
});
