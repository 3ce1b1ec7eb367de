/** What shops and subscriptions show without announcing it. */
import assert from 'node:assert/strict';
import { type EventType, eventProps } from '#contract/events.ts';
import { type PageOptions, token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

/** Opens a page, does something there, leaves it, and answers what was told of `type`. */
async function seen(type: EventType, page: PageOptions & { readonly path?: string; readonly act?: string }): Promise<unknown[]> {
  await site.visitor();
  const path = page.path ?? '/page';
  site.has(path, page);
  site.has('/end');
  const tab = await site.open(`${path}${path.includes('?') ? '&' : '?'}ll=${token}`);
  await until('the page', () => site.core.eventsOf('page_view').length === 1);
  if (page.act) await tab.evaluate(page.act);
  await tab.waitForTimeout(250);
  await site.open('/end', tab);
  await until('the next page', () => site.core.eventsOf('page_view').length === 2);
  const told = site.core.eventsOf(type).map(({ props }) => props);
  for (const props of told) eventProps[type].parse(props);
  return told;
}

const click = "document.querySelector('#it').click()";
const lamp = { productId: 'L1', productName: 'Lamp', valueMinor: 1_234_050, currency: 'BHD' };
const microdata = `<div itemscope itemtype="https://schema.org/Product"><meta itemprop="sku" content="L1"><h1 itemprop="name">Lamp</h1>
  <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="BHD"><span itemprop="price" content="1234.05">1.234</span></div></div>`;

describe('a page that shows a product', () => {
  it('is seen through microdata, JSON-LD and Shopify, once, with its price in minor units', async () => {
    const ld = JSON.stringify({
      '@graph': [{ '@type': ['Product'], sku: 'L1', name: 'Lamp', offers: [{ price: '1,234.05', priceCurrency: 'BHD' }] }],
    });
    const shopify = JSON.stringify({ product: { id: 7, variants: [{ id: 70, price: 499_000, name: 'Lamp - red' }] }, currency: 'JPY' });
    assert.deepEqual(await seen('product_view', { body: microdata }), [lamp]);
    assert.deepEqual(await seen('product_view', { body: `${microdata}<script type="application/ld+json">${ld}</script>` }), [lamp]);
    assert.deepEqual(await seen('product_view', { head: `<script>window.ShopifyAnalytics = { meta: ${shopify} }</script>` }), [
      { productId: '7', productName: 'Lamp - red', valueMinor: 4_990, currency: 'JPY' },
    ]);
  }).timeout(60_000);

  it('knows what is done with it: a variant, the cart, a wish list, a comparison, something more', async () => {
    const picker = `<form action="/x" class="product-form"><select id="it" name="size"><option>S<option>M</select></form>`;
    assert.deepEqual(
      await seen('variant_select', {
        body: microdata + picker,
        act: "document.querySelector('#it').dispatchEvent(new Event('change', { bubbles: true }))",
      }),
      [lamp],
    );
    for (const [type, button] of [
      ['add_to_wishlist', '<button id="it" aria-label="Add to wishlist">♥</button>'],
      ['product_compare', '<button id="it">Compare</button>'],
      ['upsell_click', '<div class="cross-sell"><a id="it" href="#x">Bulb</a></div>'],
      ['add_to_cart', '<button id="it">Add to cart</button>'],
    ] as const)
      assert.deepEqual(await seen(type, { body: microdata + button, act: click }), [lamp], type);
    assert.deepEqual(await seen('begin_checkout', { body: '<button id="it">Proceed to checkout</button>', act: click }), [{}]);
    assert.deepEqual(await seen('add_to_wishlist', { body: '<a id="it" href="#wishlist">My account</a>', act: click }), []);
  }).timeout(60_000);

  it('counts adding to the cart once, however many signs there are', async () => {
    const form = `<form action="/cart/add"><button id="it" name="add">Add to cart</button></form>
      <script>document.forms[0].addEventListener('submit', (event) => { event.preventDefault(); fetch('/cart/add.js').catch(() => {}) })</script>`;
    assert.equal((await seen('add_to_cart', { body: form, act: click })).length, 1);
    assert.equal((await seen('add_to_cart', { act: "fetch('/cart/add.js')" })).length, 1);
    const said = `window.dataLayer = [{ event: 'add_to_cart', ecommerce: { currency: 'EUR', items: [{ item_id: 'L1', item_name: 'Lamp', price: 4.5, quantity: 2 }] } }];`;
    assert.deepEqual(await seen('add_to_cart', { body: form, act: said + click }), [
      { productId: 'L1', productName: 'Lamp', valueMinor: 900, currency: 'EUR' },
    ]);
  }).timeout(60_000);
});

describe('an order', () => {
  it('is found on a page of thanks, in the data layer or in Shopify, never in its text', async () => {
    const layer = (words: unknown) => `<script>window.dataLayer = [${JSON.stringify(words)}]</script>`;
    const order = { orderId: 'A-17', valueMinor: 5_790, currency: 'EUR' };
    for (const head of [
      layer({ transactionId: 'A-17', transactionTotal: '57,90', transactionCurrency: 'EUR' }),
      layer({ order: { id: 'A-17', total: 57.9, currency: 'eur' } }),
      layer({ event: 'shop', ecommerce: { currencyCode: 'EUR', purchase: { actionField: { id: 'A-17', revenue: '57.90' } } } }),
      `<script>window.Shopify = { checkout: { order_id: 'A-17', total_price: '57.90', currency: 'EUR' } }</script>`,
    ])
      assert.deepEqual(await seen('purchase', { path: '/checkout/thank-you', head }), [order], head);
    assert.deepEqual(await seen('purchase', { path: '/thank-you', body: 'Order A-17: EUR 57.90' }), []);
    assert.deepEqual(await seen('purchase', { path: '/basket', head: layer({ order: { id: 'A-17', total: 57.9, currency: 'EUR' } }) }), []);
  }).timeout(60_000);

  it('that the site tells twice is one, and a checkout has steps', async () => {
    const twice = "for (const _ of [1, 2]) leadlight.track('purchase', { orderId: 'A-1', value: 5, currency: 'EUR' })";
    assert.equal((await seen('purchase', { act: twice })).length, 1);
    assert.deepEqual(await seen('checkout_view', { path: '/checkout/shipping' }), [{ step: 'shipping' }]);
  }).timeout(60_000);
});

describe('a form', () => {
  const form = (id: string, more = '') => `<form id="${id}">${more}<button id="it">Send</button></form>
    <script>document.forms[0].addEventListener('submit', (event) => event.preventDefault())</script>`;
  it('is known for what it is for', async () => {
    assert.equal((await seen('trial_signup', { body: form('free-trial'), act: click })).length, 1);
    assert.equal(
      (await seen('trial_signup', { body: form('account', '<input type="password" autocomplete="new-password">'), act: click })).length,
      1,
    );
    assert.equal((await seen('demo_request', { body: form('talk-to-sales'), act: click })).length, 1);
    assert.equal((await seen('checkout_form_complete', { path: '/checkout', body: form('address'), act: click })).length, 1);
    assert.deepEqual(await seen('trial_signup', { body: form('login'), act: click }), []);
    assert.deepEqual(await seen('demo_request', { body: form('newsletter'), act: click }), []);
  }).timeout(60_000);

  it('of a search that the page answers itself is a search, once', async () => {
    const search = form('s', '<input type="search" value="red lamps">');
    assert.deepEqual(await seen('search_query', { body: search, act: `${click}; history.pushState(null, '', '?q=red+lamps')` }), [
      { query: 'red lamps' },
    ]);
  }).timeout(60_000);
});

describe('a subscription', () => {
  it('that is changed on its own page is told with both plans', async () => {
    const body = '<p class="current-plan">Basic</p><button id="it">Upgrade to Pro</button>';
    assert.deepEqual(await seen('subscription_change', { path: '/account/billing', body, act: click }), [{ from: 'Basic', to: 'Pro' }]);
    assert.deepEqual(await seen('subscription_change', { path: '/blog', body, act: click }), []);
  }).timeout(60_000);
});
