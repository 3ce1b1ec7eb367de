/** What looks like something that happened, and what it really was: one visit over the pages of each kind of site. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventProps, eventTypes } from '#contract/events.ts';
import { type PageOptions, token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

interface Step extends PageOptions {
  readonly path: string;
  readonly act?: (page: Page) => Promise<unknown>;
}

/** Leaves each page once all that it told before has been heard; answers what was told beside the page views and totals. */
async function told(steps: readonly Step[]): Promise<string[]> {
  await site.visitor();
  for (const step of steps) site.has(step.path, step);
  site.has('/end');
  let page: Page | undefined;
  for (const [place, { path, act }] of [...steps, { path: '/end', act: undefined }].entries()) {
    page = await site.open(place === 0 ? `${path}?ll=${token}` : path, page);
    await until(`page ${path}`, () => site.core.eventsOf('page_view').some(({ url }) => url === site.origin + path));
    if (act) await act(page);
  }
  const once = new Map(site.core.events.map((event) => [event.eid, event]));
  return [...once.values()]
    .filter(({ type }) => !/^(?:page_view|engagement|session_end|form_)/.test(type))
    .sort((one, other) => one.at - other.at)
    .map(({ type, props }) => {
      const known = eventTypes.find((each) => each === type);
      assert.ok(known);
      return `${type} ${JSON.stringify(eventProps[known].parse(props))}`;
    });
}

const ld = (thing: unknown) => `<script type="application/ld+json">${JSON.stringify(thing)}</script>`;
const clickAll = async (page: Page) => {
  for (const button of await page.locator('button,[type=radio]').all()) await button.click();
};
const lamp = '{"productId":"12","productName":"Lamp","valueMinor":4990,"currency":"EUR"}';

describe('a shop', () => {
  it('is understood where numbers are no texts, things stand within things, and fields have no class', async () => {
    const offers = { price: 49.9, priceCurrency: 'EUR' };
    const radio = (name: string) => `<form><label><input type="radio" name="${name}">Red</label></form>`;
    const bulb = '<div itemprop="isRelatedTo" itemscope itemtype="https://schema.org/Product"><b itemprop="name">Bulb</b></div>';
    const micro = `<div itemscope itemtype="https://schema.org/Product"><b itemprop="sku">12</b><b itemprop="name">Lamp</b>
      <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><b itemprop="price">49,90 €</b><meta itemprop="priceCurrency" content="EUR"></div>${bulb}</div>`;
    const order = `<div itemscope itemtype="https://schema.org/Order"><b itemprop="orderNumber">M-7</b><b itemprop="price">49.90</b>
      <meta itemprop="priceCurrency" content="EUR"></div>`;
    const product = ld({ '@type': 'WebPage', mainEntity: { '@type': 'Product', sku: 12, name: 'Lamp', offers } });
    assert.deepEqual(
      await told([
        { path: '/products/lamp', head: product, body: radio('color') + radio('sort'), act: clickAll },
        { path: '/lamp', body: micro },
        {
          path: '/shop',
          body: '<a href="#x" data-product_id="33" class="add_to_cart_button">Add to cart</a>',
          act: (page) => page.click('a'),
        },
        { path: '/done', body: order },
      ]),
      [
        `product_view ${lamp}`,
        `variant_select ${lamp}`,
        `product_view ${lamp}`,
        'add_to_cart {"productId":"33"}',
        'purchase {"orderId":"M-7","valueMinor":4990,"currency":"EUR"}',
      ],
    );
  }).timeout(30_000);

  it('hears two clicks as two, and a number in a call as the text it stands for', async () => {
    const twice = async (page: Page) => {
      await page.click('button');
      await page.click('button');
      await page.evaluate(() => window.leadlight?.track?.('product_compare', { productId: 7, value: 5, currency: 'KWD' }));
    };
    assert.deepEqual(await told([{ path: '/cart', body: '<button>Add to cart</button>', act: twice }]), [
      'add_to_cart {}',
      'add_to_cart {}',
      'product_compare {"productId":"7","valueMinor":5000,"currency":"KWD"}',
    ]);
  }).timeout(30_000);

  it('counts an order once, with the value of GA4 where the page describes it too', async () => {
    await site.visitor();
    const order = (number: string) => ({ '@type': 'Order', orderNumber: number, price: '57.90', priceCurrency: 'EUR' });
    const described = (...orders: unknown[]) => `<script type="application/ld+json">${JSON.stringify(orders)}</script>`;
    // On the page's own clock: a machine under load is as late with our wait.
    const ga4 = (number: string, ms: number) =>
      `<script>setTimeout(() => { window.dataLayer = [{ event: 'purchase', ecommerce: { transaction_id: '${number}', currency: 'EUR', value: 49.9 } }] }, ${ms})</script>`;
    // Said in the same look that reads the page: where it was heard, the page was read.
    const looked = '<script>window.dataLayer = [{ event: "subscription_change", ecommerce: { to: location.pathname } }]</script>';
    site.has('/thanks', { head: described(order('O-12')) + ga4('T-12', 300) });
    site.has('/thanks-too', { head: described(order('O-1')) + looked });
    site.has('/');
    site.has('/my-orders', { head: described(order('O-7'), order('O-8')) + looked });
    const page = await site.open(`/thanks?ll=${token}`);
    await until('the order', () => site.core.eventsOf('purchase').length === 1);
    for (const [place, path] of ['/thanks-too', '/my-orders', '/thanks-too'].entries()) {
      await site.open(path, page);
      await until(path, () => new Set(site.core.eventsOf('subscription_change').map(({ eid }) => eid)).size > place);
    }
    // GA4 comes when the page's own number was told already: no other order.
    await page.evaluate(() => {
      const order = { transaction_id: 'T-1', currency: 'EUR', value: 57.9 };
      Object.assign(window, {
        dataLayer: [
          { event: 'purchase', ecommerce: order },
          { event: 'compare_product', ecommerce: {} },
        ],
      });
    });
    await until('the late word', () => site.core.eventsOf('product_compare').length > 0);
    await site.open('/', page);
    await until('the other order', () => site.core.eventsOf('purchase').length >= 2);
    // A page that is left while the core is slow sends again: the same event.
    const orders = new Map(site.core.eventsOf('purchase').map(({ eid, props }) => [eid, props]));
    assert.deepEqual(
      [...orders.values()],
      [
        { orderId: 'T-12', valueMinor: 4990, currency: 'EUR' },
        { orderId: 'O-1', valueMinor: 5790, currency: 'EUR' },
      ],
    );
  });
});

describe('a subscription', () => {
  it('is kept or given up in a box on the page, too', async () => {
    const body = `<button id="ask">Cancel subscription</button><div role="dialog"><button id="keep">Keep my plan</button>
      <button id="go">Cancel subscription</button></div>`;
    const act = async (page: Page) => {
      for (const id of ['#ask', '#keep', '#ask', '#go']) await page.click(id);
    };
    assert.deepEqual(await told([{ path: '/account/billing', body, act }, { path: '/account/cancelled' }]), [
      'cancel_intent {}',
      'cancel_saved {}',
      'cancel_confirmed {}',
    ]);
  }).timeout(30_000);
});

describe('a page that only writes about it', () => {
  it('tells nothing', async () => {
    const buttons = (...words: string[]) => words.map((each) => `<button class="variant">${each}</button>`).join('');
    const form = (id: string, word: string) => `<form id="${id}" onsubmit="return false"><button>${word}</button></form>`;
    assert.deepEqual(
      await told([
        { path: '/blog/how-to-cancel-a-subscription', body: buttons('Add to calendar', 'Next'), act: clickAll },
        { path: '/docs/git/checkout', body: buttons('Compare branches'), act: clickAll },
        { path: '/cancellation-policy', body: buttons('Yes, accept cookies').replace('variant', ''), act: clickAll },
        { path: '/settings', body: '<button>Switch to dark mode</button><button>Change password</button>', act: clickAll },
        { path: '/forms', body: form('flight-booking', 'Search flights') + form('rsvp', 'Register for the webinar'), act: clickAll },
        { path: '/more', body: '<button>My favourite things</button><button>Compare all plans</button>', act: clickAll },
      ]),
      [],
    );
  }).timeout(30_000);
});
