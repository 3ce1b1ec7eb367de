import assert from 'node:assert/strict';
import { type EventType, eventProps, eventTypes } from '#contract/events.ts';
import { token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());
afterEach(() => {
  for (const { type, props } of site.core.events) {
    const known = eventTypes.find((each): each is EventType => each === type);
    assert.ok(known, `${type} is in the catalogue`);
    const parsed = eventProps[known].safeParse(props);
    assert.ok(parsed.success, `${type} ${JSON.stringify(props)} ${parsed.error?.message}`);
  }
});

function propsOf(type: EventType): Record<string, unknown>[] {
  return site.core.eventsOf(type).map(({ props }) => props);
}

describe('what happens on a page', () => {
  it('counts navigation within a page as page views, and a jump to a heading not', async () => {
    await site.visitor();
    site.has('/', { body: '<h2 id="part">Part</h2>' });
    const page = await site.open(`/?ll=${token}`);
    await until('the first page view', () => propsOf('page_view').length === 1);
    await page.evaluate(() => {
      location.hash = '#part';
      history.replaceState(null, '', '?filter=red');
      history.pushState(null, '', '/next');
      document.title = 'Next page';
    });
    await page.waitForTimeout(300);
    await page.evaluate(() => {
      location.hash = '#/route/one';
    });
    await page.waitForTimeout(300);
    await page.goBack();
    await until('the page views', () => propsOf('page_view').length >= 4);
    const views = site.core.eventsOf('page_view');
    assert.deepEqual(
      views.map(({ url }) => url.replace(site.origin, '')),
      ['/', '/next', '/next#/route/one', '/next'],
    );
    assert.equal(views[1]?.props.title, 'Next page');
    assert.equal(views[1]?.props.referrer, `${site.origin}/`);
    assert.equal(new Set(views.map(({ pageId }) => pageId)).size, 4);
  });

  it('counts a page that comes back from the memory of the browser', async () => {
    await site.visitor();
    site.has('/', { body: '<a href="/two">Two</a>' });
    site.has('/two');
    const page = await site.open(`/?ll=${token}`);
    await until('the first', () => propsOf('page_view').length === 1);
    await page.click('a');
    await until('the second', () => propsOf('page_view').length === 2);
    await page.goBack();
    await until('the third', () => propsOf('page_view').length === 3);
  });

  it('tells what was looked at and clicked, in totals of the page', async () => {
    await site.visitor();
    site.has('/', {
      body: `<nav><a href="#x">Menu</a></nav><button id="go">Go</button><div id="dead" style="width:50px;height:50px">dead</div>
        <section id="prices" style="height:600px">Prices</section><section id="end" style="height:3000px">End</section>`,
    });
    site.has('/two');
    const page = await site.open(`/?ll=${token}`);
    await page.click('nav a');
    await page.click('#go');
    await page.click('#dead', { clickCount: 1 });
    for (let count = 0; count < 3; count++) await page.mouse.click(20, 70);
    await page.waitForTimeout(2_200);
    await site.open('/two', page);
    await until('the engagement', () => propsOf('engagement').length > 0);
    const told = propsOf('engagement').at(-1);
    assert.ok(Number(told?.activeMs) > 1_000);
    assert.ok(Number(told?.scrollDepth) > 0 && Number(told?.scrollDepth) < 100);
    const parsed = eventProps.engagement.parse(told);
    assert.equal(parsed.clicks?.navigation, 1);
    assert.ok((parsed.clicks?.cta ?? 0) >= 1);
    assert.ok((parsed.sections?.prices ?? 0) > 500);
    assert.equal(parsed.rageClicks?.length, 1);
  });

  it('tells names and types of a form, and no value: started, sent, abandoned', async () => {
    await site.visitor();
    const form = `<form id="newsletter" action="/x"><input name="full_name" type="text"><input name="email" type="email" required>
      <input type="hidden" name="csrf" value="hiddencanary"><button>Send</button></form>
      <script>newsletter.addEventListener('submit', (event) => event.preventDefault())</script>`;
    site.has('/', { body: form });
    site.has('/other', { body: form.replaceAll('newsletter', 'other') });
    site.has('/two');
    const page = await site.open(`/?ll=${token}`);
    await page.fill('[name=full_name]', 'Typedcanary');
    await page.fill('[name=email]', 'typedcanary@example.com');
    await page.click('button');
    await until('the sent form', () => propsOf('form_submit').length === 1);
    const [sent] = propsOf('form_submit');
    assert.equal(sent?.formId, 'newsletter');
    assert.deepEqual(sent?.fields, [
      { name: 'full_name', type: 'text' },
      { name: 'email', type: 'email' },
    ]);
    assert.equal(sent?.lastField, 'email');
    await site.open('/other', page);
    await page.fill('[name=full_name]', 'Typedcanary');
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('ll-shop')));
    await site.open('/two', page);
    await until('the abandoned form', () => propsOf('form_abandon').length === 1);
    // What was under way when its page was left may come twice, under one id.
    assert.equal(new Set(site.core.eventsOf('form_start').map(({ eid }) => eid)).size, 2);
    assert.equal(propsOf('form_abandon')[0]?.formId, 'other');
    assert.equal(
      site.core.received.some(({ text }) => /typedcanary|hiddencanary/i.test(text)),
      false,
    );
  });

  it('tells that a form was given up in a tab that was hidden before', async () => {
    await site.visitor();
    site.has('/', { body: '<form id="order"><input name="first"></form>' });
    const page = await site.open(`/?ll=${token}`);
    await page.fill('input', 'Ada');
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await until('the start', () => propsOf('form_start').length === 1);
    assert.equal(propsOf('form_abandon').length, 0);
    await page.close({ runBeforeUnload: true });
    await until('the end', () => propsOf('form_abandon').length === 1);
  });

  it('does not count a form that the page refused to send', async () => {
    await site.visitor();
    site.has('/demo', {
      body: `<form id="demo-form" novalidate><input name="email" type="email" required><button>Send</button></form>
        <script>document.forms[0].addEventListener('submit', (event) => event.preventDefault())</script>`,
    });
    const page = await site.open(`/demo?ll=${token}`);
    await page.click('button');
    await page.fill('input', 'ada@example.com');
    await page.click('button');
    await until('the request', () => propsOf('demo_request').length === 1);
    assert.equal(propsOf('form_submit').length, 1);
    assert.equal(propsOf('demo_request')[0]?.formId, 'demo-form');
  });

  it('hears a shop that speaks GA4: each step once, with money in cents', async () => {
    await site.visitor();
    site.has('/product', {
      head: `<script>window.dataLayer = [{ event: 'view_item', ecommerce: { currency: 'EUR', value: 49.9, items: [{ item_id: 'P1', item_name: 'Lamp' }] } }]</script>
        <script type="application/ld+json">{"@type":"Product","sku":"P1","name":"Lamp","offers":{"price":"49.90","priceCurrency":"EUR"}}</script>`,
    });
    const page = await site.open(`/product?ll=${token}`);
    await page.evaluate(() => {
      if (!('dataLayer' in window) || !Array.isArray(window.dataLayer)) return;
      window.dataLayer.push({
        event: 'add_to_cart',
        ecommerce: { currency: 'EUR', value: 49.9, items: [{ item_id: 'P1', item_name: 'Lamp' }] },
      });
      window.dataLayer.push(['event', 'begin_checkout', { currency: 'JPY', value: 500 }]);
      for (let count = 0; count < 2; count++)
        window.dataLayer.push({ event: 'purchase', ecommerce: { transaction_id: 'O-1', currency: 'EUR', value: 49.9 } });
    });
    await until('the purchase', () => propsOf('purchase').length > 0);
    const lamp = { productId: 'P1', productName: 'Lamp', valueMinor: 4990, currency: 'EUR' };
    assert.deepEqual(propsOf('product_view'), [lamp]);
    assert.deepEqual(propsOf('add_to_cart'), [lamp]);
    assert.deepEqual(propsOf('begin_checkout'), [{ valueMinor: 500, currency: 'JPY' }]);
    assert.deepEqual(propsOf('purchase'), [{ orderId: 'O-1', valueMinor: 4990, currency: 'EUR' }]);
  });

  it('takes choosing an item for choosing a variant on the page of a product, not on a list', async () => {
    await site.visitor();
    const item = { event: 'select_item', ecommerce: { items: [{ item_id: 'P1-red', item_name: 'Red lamp' }] } };
    const head = `<script>window.dataLayer = [${JSON.stringify(item)}]</script>`;
    site.has('/collections/lamps', { head });
    site.has('/lamp', { head: `<meta property="og:type" content="product">${head}` });
    site.has('/products/lamp', { head });
    const page = await site.open(`/collections/lamps?ll=${token}`);
    for (const path of ['/lamp', '/products/lamp', '/collections/lamps']) {
      await page.waitForTimeout(300);
      await site.open(path, page);
    }
    await until('the variants', () => propsOf('variant_select').length === 2);
    await until('the last page', () => propsOf('page_view').length === 4);
    assert.deepEqual(propsOf('variant_select')[0], { productId: 'P1-red', productName: 'Red lamp' });
    assert.ok(site.core.eventsOf('variant_select').every(({ url }) => !url.includes('collections')));
  });

  it('takes a wish to cancel for a wish, and a second step for the cancellation', async () => {
    await site.visitor();
    const body = '<button>Cancel subscription</button><a href="#kept">Keep my plan</a><a href="#sure">Yes, I am sure</a>';
    site.has('/account', { body: '<a href="/cancel">Cancel my plan</a>' });
    site.has('/account/cancel', { body });
    site.has('/cancel', { body });
    const told = () => site.core.events.map(({ type }) => type).filter((type) => type.startsWith('cancel'));
    const page = await site.open(`/account/cancel?ll=${token}`);
    await page.click('button');
    await page.waitForTimeout(300);
    await page.click('[href="#kept"]');
    await page.reload();
    await until('the first page', () => told().length === 3);
    assert.deepEqual(told(), ['cancel_intent', 'cancel_saved', 'cancel_intent']);
    await page.click('button');
    await page.click('button');
    await page.reload();
    await until('the second', () => told().length === 5);
    assert.deepEqual(told().slice(3), ['cancel_confirmed', 'cancel_intent']);
    await site.open('/account', page);
    await page.click('a');
    await page.click('button');
    await site.open('/account', page);
    await until('the third', () => told().length === 7);
    assert.deepEqual(told().slice(5), ['cancel_intent', 'cancel_confirmed']);
    await site.open('/cancel', page);
    await page.click('[href="#sure"]');
    await site.open('/account', page);
    await until('the fourth', () => told().length === 9);
    assert.deepEqual(told().slice(7), ['cancel_intent', 'cancel_confirmed']);
  });

  it('knows a page of search results, and hides what is personal in the query', async () => {
    await site.visitor();
    site.has('/search');
    const page = await site.open(`/search?q=refund+for+ada@example.com&ll=${token}`);
    await page.waitForTimeout(300);
    await site.open('/search', page);
    await until('the query', () => propsOf('search_query').length === 1);
    assert.equal(propsOf('search_query')[0]?.query, 'refund for •••');
  });

  it('knows which plan of a pricing page was looked at', async () => {
    await site.visitor();
    const plan = (name: string) => `<article class="plan" data-plan="${name}" style="height:150px"><h2>${name}</h2></article>`;
    site.has('/pricing', { body: plan('Small') + plan('Large') });
    site.has('/two');
    const page = await site.open(`/pricing?ll=${token}`);
    await page.mouse.move(20, 40);
    await page.mouse.move(60, 60);
    await page.waitForTimeout(2_300);
    await site.open('/two', page);
    await until('the plans', () => propsOf('pricing_engage').length > 0);
    const { plans } = eventProps.pricing_engage.parse(propsOf('pricing_engage').at(-1));
    assert.ok((plans.Small ?? 0) > (plans.Large ?? 0));
  });

  it('takes what the site tells by itself, also before the file was there', async () => {
    await site.visitor();
    site.has('/', {
      head: `<script>window.leadlight = { q: [['identify', 'user-7', { plan: 'pro' }], ['track', 'opened_door', { count: 2, who: 'ada@example.com', nested: {} }]] }</script>`,
    });
    const page = await site.open('/');
    await page.evaluate(() => window.leadlight?.track?.('purchase', { orderId: 'A1', value: 12.5, currency: 'usd' }));
    await until('the purchase', () => propsOf('purchase').length === 1);
    assert.deepEqual(propsOf('purchase')[0], { orderId: 'A1', valueMinor: 1250, currency: 'USD' });
    assert.deepEqual(propsOf('custom')[0], { name: 'opened_door', props: { count: 2, who: '•••' } });
    assert.equal(
      site.core.envelopes.some(({ identity }) => identity?.externalId === 'user-7'),
      true,
    );
  });
});
