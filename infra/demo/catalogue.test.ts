/**
 * Somebody walks the demo site in Chromium, and the core hears of everything in the catalogue: each event once, with its fields. Only what
 * the pages themselves say, as real shops and products do, tells the snippet; `/events` calls by hand.
 */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventProps, eventTypes } from '#contract/events.ts';
import { fillCheckout, person } from './testing/fill-forms.ts';
import { VisitedSite } from './testing/visited-site.ts';

describe('the catalogue of events on the demo site', function () {
  this.timeout(90_000);
  let site: VisitedSite;
  let page: Page;
  const met = new Set<string>();
  const told = (type: string) => site.told(type);

  before(async () => {
    site = await VisitedSite.start();
  });
  after(() => site.stop());
  beforeEach(async () => {
    page = await site.visit({ modes: { knownContacts: true, anonymousVisitors: false, siteAnalytics: true } });
  });
  afterEach(async () => {
    await page.context().close();
    for (const type of eventTypes) if (site.events(type).length > 0) met.add(type);
    assert.ok(
      site.core.received.every(({ text }) => !/typed-secret|4242 ?4242/i.test(text)),
      'what was typed did not leave the page',
    );
  });

  it('hears of a shop that speaks GA4 and JSON-LD, from the product to the order', async () => {
    await page.goto('/shop/gateway-g2');
    await site.seen('product_view');
    await page.getByText('Ethernet + LTE').click();
    await page.getByLabel('Quantity').fill('2');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('button', { name: 'Add to wishlist' }).click();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('link', { name: 'Cart' }).first().click();
    await page.getByRole('button', { name: 'Add for' }).click();
    await page.getByRole('link', { name: 'Go to checkout' }).click();
    await fillCheckout(page);
    await page.locator('#pay-button').click();
    await page.getByRole('heading', { name: 'Thank you for your order' }).waitFor();
    const number = await page.locator('#order-number').textContent();
    await site.seen('purchase');
    await page.reload();
    await site.leave();
    const gateway = { productName: 'Halden Gateway G2', currency: 'EUR' };
    assert.deepEqual(told('product_view'), [{ ...gateway, productId: 'HG2-ETH', valueMinor: 34900 }]);
    assert.deepEqual(told('variant_select'), [{ ...gateway, productId: 'HG2-LTE', valueMinor: 42900 }]);
    assert.deepEqual(told('add_to_cart'), [
      { ...gateway, productId: 'HG2-LTE', valueMinor: 85800 },
      { productId: 'HR-100', productName: 'Halden Ring clamp meter', valueMinor: 12900, currency: 'EUR' },
    ]);
    assert.deepEqual(told('add_to_wishlist'), [{ ...gateway, productId: 'HG2-LTE', valueMinor: 42900 }]);
    assert.deepEqual(told('product_compare'), [{ productId: 'gateway-g2', productName: 'Halden Gateway G2' }]);
    site.assertHas('upsell_click', { productId: 'HR-100', productName: 'Halden Ring clamp meter' });
    const worth = { valueMinor: 98700, currency: 'EUR' };
    assert.deepEqual(told('begin_checkout'), [worth]);
    assert.deepEqual(told('checkout_view'), [
      { ...worth, step: 'shipping' },
      { ...worth, step: 'payment' },
    ]);
    assert.deepEqual(told('checkout_form_complete'), [{ formId: 'checkout-form' }]);
    assert.deepEqual(told('purchase'), [{ ...worth, orderId: number }]);
  });

  it('hears of a Shopify theme: microdata, variant in the address, the cart form, the order status page', async () => {
    await page.goto('/products/type-2-cable');
    await site.seen('product_view');
    await page.getByText('7.5 m').click();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.locator('#drawer-rows', { hasText: 'Type 2 charging cable - 7.5 m' }).waitFor();
    await page.getByRole('button', { name: 'Check out' }).click();
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByLabel('First name').fill('Ada');
    await page.getByLabel('Last name').fill('Typed-secret');
    await page.getByLabel('Street and number').fill('Typed-secret Street 1');
    await page.getByRole('button', { name: 'Pay now' }).click();
    await page.getByText('It leaves Utrecht today').waitFor();
    const number = /#(\d+)/.exec((await page.locator('#spares-order').textContent()) ?? '')?.[1];
    await site.seen('purchase');
    await site.leave();
    site.assertHas('product_view', { productName: 'Type 2 charging cable', valueMinor: 18900, currency: 'EUR' });
    site.assertHas('variant_select', { productName: 'Type 2 charging cable' });
    site.assertHas('add_to_cart', { productName: 'Type 2 charging cable' });
    site.assertHas('begin_checkout', {});
    site.assertHas('checkout_form_complete', {});
    assert.deepEqual(told('purchase'), [{ orderId: number, valueMinor: 21900, currency: 'EUR' }]);
  });

  it('hears of a SaaS site: prices read, a trial begun, a plan changed, a subscription nearly and really cancelled', async () => {
    await page.goto('/pricing');
    await site.seen('page_view');
    await page.locator('#plan-depot').hover();
    await page.waitForTimeout(2_500);
    await page.getByRole('link', { name: 'Start with Depot' }).click();
    await page.getByLabel('Name').fill(person.name);
    await page.getByLabel('Work e-mail').fill(person.email);
    await page.getByRole('textbox', { name: 'Company' }).fill(person.company);
    await page.getByRole('textbox', { name: 'Password' }).fill('typed-secret-password');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Start the trial' }).click();
    await page.getByRole('link', { name: 'Open your account' }).click();
    await page.waitForURL('/account', { waitUntil: 'load' });
    await page.getByLabel('Change plan').selectOption('network');
    await page.getByRole('button', { name: 'Change plan' }).click();
    await page.getByText('Changed to Network').waitFor();
    for (const answer of ['Keep my plan', 'Yes, cancel my subscription']) {
      await page.goto('/account');
      await page.getByRole('link', { name: 'Cancel subscription' }).click();
      await page.getByLabel('Reason').selectOption('It costs too much');
      await page.getByRole('button', { name: 'Continue to cancel' }).click();
      await page.locator('#step-confirm').getByRole('button', { name: answer }).click();
      await page.waitForTimeout(300);
    }
    await site.leave();
    const [engaged] = told('pricing_engage').slice(-1);
    const { plans } = eventProps.pricing_engage.parse(engaged);
    assert.ok((plans.Depot ?? 0) > 1_000, JSON.stringify(plans));
    assert.deepEqual(told('trial_signup'), [{ plan: 'depot' }]);
    assert.deepEqual(told('subscription_change'), [{ from: 'Depot', to: 'Network' }]);
    assert.equal(told('cancel_intent').length, 2);
    assert.equal(told('cancel_saved').length, 1);
    assert.equal(told('cancel_confirmed').length, 1);
  });

  it('hears of forms: sent, given up, and of a plain one without any script', async () => {
    await page.goto('/demo');
    await page.getByLabel('Name').fill(person.name);
    await page.getByLabel('Work e-mail').fill(person.email);
    await page.getByRole('textbox', { name: 'Company' }).fill(person.company);
    await page.getByRole('button', { name: 'Request the demo' }).click();
    await page.locator('#demo-team-size-error').waitFor();
    assert.deepEqual(told('form_submit'), [], 'a form that was refused was not sent');
    await page.getByLabel('Team size').selectOption('11-50');
    await page.getByRole('button', { name: 'Request the demo' }).click();
    await page.getByRole('heading', { name: 'Thank you. Your request is with us.' }).waitFor();
    await page.goto('/blog');
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByRole('button', { name: 'Send me the letter' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await page.goto('/login');
    await page.getByLabel('E-mail').fill(person.email);
    await page.goto('/about');
    await site.leave();
    assert.deepEqual(
      told('form_start').map(({ formId }) => formId),
      ['demo-form', 'newsletter', 'login-form'],
    );
    const [demo, letter, ...more] = told('form_submit');
    assert.deepEqual(more, []);
    assert.equal(demo?.formId, 'demo-form');
    assert.equal(demo?.lastField, 'team_size');
    assert.ok(Number(demo?.durationMs) > 0);
    assert.deepEqual(demo?.fields, [
      { name: 'name', type: 'text' },
      { name: 'email', type: 'email' },
      { name: 'company', type: 'text' },
      { name: 'phone', type: 'tel' },
      { name: 'team_size', type: 'select' },
      { name: 'message', type: 'textarea' },
    ]);
    assert.equal(letter?.formId, 'newsletter');
    assert.deepEqual(told('demo_request'), [{ formId: 'demo-form' }]);
    const [given, ...others] = told('form_abandon');
    assert.deepEqual(others, []);
    assert.equal(given?.formId, 'login-form');
    assert.equal(given?.lastField, 'email');
  });

  it('hears of a search with the number of its results', async () => {
    await page.goto('/');
    await page.locator('#site-search-q').fill('day-ahead price');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Tariffs' }).waitFor();
    const results = await page.locator('#search-results > li').count();
    await site.seen('search_query');
    await site.leave();
    assert.deepEqual(told('search_query'), [{ query: 'day-ahead price', results }]);
  });

  it('hears of reading: page views within a page, attention, sections, clicks, rage, errors, and the sum of it', async () => {
    await page.goto('/docs');
    await page.getByRole('navigation', { name: 'Documentation' }).getByRole('link', { name: 'Tariffs' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tariffs' }).waitFor();
    await page.goto('/planner');
    await site.seen('page_view', '/planner');
    await page.getByLabel('Vehicles that come home').fill('60');
    await page.mouse.wheel(0, 300);
    for (let count = 0; count < 4; count++) await page.locator('#save-picture').click();
    await page.getByRole('button', { name: 'Load last year’s night' }).click();
    await page.waitForTimeout(2_200);
    await site.leave();
    assert.deepEqual(
      told('page_view').map(({ title }) => title),
      ['Documentation – Halden', 'Tariffs – Halden', 'Night planner – Halden', 'About – Halden'],
    );
    const planner = site.events('engagement').findLast(({ url }) => url.endsWith('/planner'));
    const { activeMs, clicks, rageClicks, scrollDepth, sections } = eventProps.engagement.parse(planner?.props);
    assert.ok(activeMs > 1_000 && scrollDepth > 0 && scrollDepth <= 100);
    assert.ok((sections?.curve ?? 0) > 1_000, JSON.stringify(sections));
    assert.equal(clicks?.cta, 5);
    assert.deepEqual(
      rageClicks?.map(({ selector }) => selector),
      ['button#save-picture.button.button-quiet'],
    );
    const ends = told('session_end').map((props) => eventProps.session_end.parse(props));
    const end = ends.at(-1);
    assert.equal(end?.pages, 4);
    assert.ok((end?.activeMs ?? 0) > 1_000 && (end?.durationMs ?? 0) >= (end?.activeMs ?? 0));
    assert.equal(
      ends.reduce((sum, { errors = 0 }) => sum + errors, 0),
      1,
    );
    assert.match(ends.flatMap(({ lastErrors = [] }) => lastErrors).join(), /Cannot read properties of undefined/);
    assert.ok((end?.meanScroll ?? 0) > 0);
    assert.ok((end?.clicks?.cta ?? 0) >= 5);
  });

  it('hears what a product says in its own code: who logged in, routes after the hash, and its own events', async () => {
    await page.goto('/app');
    await page.getByRole('button', { name: 'Plan the night' }).click();
    await page.getByRole('link', { name: 'Vehicles' }).click();
    await page.getByRole('button', { name: 'Add tags to all vans' }).click();
    await page.getByRole('link', { name: 'Team' }).click();
    await page.getByRole('link', { name: 'Billing' }).click();
    await page.getByRole('button', { name: 'Change to Network' }).click();
    await page.waitForTimeout(300);
    await site.leave();
    assert.deepEqual(told('identify'), [{}]);
    assert.ok(
      site.envelopes.some(({ identity }) => /^northmoor-\d{6}$/.test(identity?.externalId ?? '') && identity?.traits?.plan === 'Depot'),
    );
    assert.deepEqual(told('custom'), [{ name: 'planned a night', props: { bays: 12, limited: true } }]);
    assert.deepEqual(told('upsell_click'), [{ productId: 'HT-OBD', productName: 'Halden Vehicle tag', valueMinor: 8900, currency: 'EUR' }]);
    assert.deepEqual(told('subscription_change'), [{ from: 'Depot', to: 'Network' }]);
    assert.deepEqual(
      told('page_view').map(({ title }) => title),
      ['Yard board – Halden app', 'Vehicles – Halden app', 'Team – Halden app', 'Billing – Halden app', 'About – Halden'],
    );
  });

  it('hears each event that is called by hand, once', async () => {
    await page.goto('/events');
    const names = await page
      .locator('[data-call]')
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('data-call') ?? ''));
    for (const name of names) await page.getByRole('button', { name: `Send ${name}`, exact: true }).click();
    await page.waitForTimeout(300);
    await site.leave();
    for (const name of names.slice(0, -2)) assert.equal(told(name).length, 1, name);
    assert.deepEqual(told('purchase'), [{ orderId: 'H-2026-0412', valueMinor: 51800, currency: 'EUR' }]);
    assert.deepEqual(told('search_query'), [{ query: 'night tariff', results: 4 }]);
    assert.deepEqual(told('checkout_view'), [{ step: 'delivery', valueMinor: 51800, currency: 'EUR' }]);
    assert.deepEqual(told('pricing_engage'), [{ plans: { Yard: 4000, Depot: 12000 } }]);
    assert.deepEqual(told('identify'), [{}]);
    assert.deepEqual(told('custom'), [
      { name: 'opened the list of events', props: { rows: 20 } },
      { name: 'booked a site survey', props: { depot: 'Tilburg', bays: 46, urgent: true } },
    ]);
  });

  it('hears nothing before the site’s own banner, Consent Mode v2 or TCF said yes, and all of it then', async () => {
    for (const way of ['ask', 'mode', 'tcf']) {
      await page.context().close();
      page = await site.visit({ consent: 'always', modes: { knownContacts: true, anonymousVisitors: false, siteAnalytics: true } });
      await page.goto(`/cookies?consent=${way}`);
      await page.mouse.move(40, 300);
      await page.waitForTimeout(1_500);
      assert.deepEqual(site.envelopes, [], way);
      await page.getByRole('button', { name: 'Allow measuring' }).click();
      await site.seen('page_view');
      await page.goto('/pricing');
      await site.seen('page_view', '/pricing');
      await page.getByRole('button', { name: 'Cookie choices' }).click();
      await page.getByRole('button', { name: 'No, thanks' }).click();
      await page.waitForFunction(() => {
        const left = [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)];
        return !left.some((name) => name.includes('_ll_'));
      });
      assert.deepEqual([...new Set(site.told('page_view').map(({ title }) => title))], ['Cookie notice – Halden', 'Pricing – Halden'], way);
    }
  });

  it('has shown every event of the catalogue in these walks', () => {
    assert.deepEqual(
      eventTypes.filter((type) => !met.has(type)),
      [],
    );
  });
});
