import assert from 'node:assert/strict';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { launchChromium } from '#infra/testing/chromium.ts';
import { type DemoSite, startDemoSite } from './start-demo-site.ts';

const pushed = z.array(z.looseObject({ event: z.string().optional(), ecommerce: z.looseObject({}).nullish() }));

describe('browsing the demo site in Chromium', function () {
  this.timeout(60_000);
  let site: DemoSite;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let bodies: string[];

  before(async () => {
    site = await startDemoSite({ port: 0, headCode: '', dataFile: null });
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await site.close();
  });
  beforeEach(async () => {
    problems = [];
    bodies = [];
    page = await (await browser.newContext({ baseURL: site.url, reducedMotion: 'reduce' })).newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => bodies.push(`${request.url()} ${request.postData() ?? ''}`));
  });
  afterEach(async () => {
    await page.context().close();
    assert.deepEqual(problems, []);
  });

  it('reads from article to article in the docs without loading the page anew, and back', async () => {
    await page.goto('/docs');
    await page.evaluate(() => document.body.setAttribute('data-same-page', 'yes'));
    await page.getByRole('navigation', { name: 'Documentation' }).getByRole('link', { name: 'Tariffs' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tariffs' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/docs/tariffs');
    assert.equal(await page.title(), 'Tariffs – Halden');
    await page.locator('.doc-next a').click();
    await page.getByRole('heading', { level: 1, name: 'Alerts and displays' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Tariffs' }).waitFor();
    assert.equal(await page.locator('.docs-nav [aria-current]').textContent(), 'Tariffs');
    assert.equal(await page.locator('body').getAttribute('data-same-page'), 'yes');
  });

  it('buys hardware: product, cart, checkout, thank-you, and one purchase however often the page is loaded', async () => {
    await page.goto('/shop');
    await page.getByRole('link', { name: 'Halden Gateway G2' }).click();
    await page.getByText('Ethernet + LTE').click();
    assert.equal(await page.locator('#price').textContent(), '€429.00');
    await page.getByLabel('Quantity').fill('2');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    assert.deepEqual(await eventNames(page), ['view_item', 'select_item', 'add_to_cart']);

    await page.getByRole('link', { name: 'View cart' }).click();
    await page.locator('#sum-total', { hasText: '€1,038.18' }).waitFor();
    await page.getByRole('button', { name: 'Add for' }).click();
    assert.equal(await page.locator('#cart-rows > li').count(), 2);
    assert.deepEqual(await eventNames(page), ['view_cart', 'select_promotion', 'add_to_cart']);
    await page.getByRole('link', { name: 'Go to checkout' }).click();

    await page.locator('#pay-button').click();
    assert.equal(await page.locator('#checkout-email').getAttribute('aria-invalid'), 'true');
    await fillCheckout(page);
    await page.locator('#pay-button').click();
    await page.getByRole('heading', { name: 'Thank you for your order' }).waitFor();

    const [purchase] = (await pushedTo(page)).filter(({ event }) => event === 'purchase');
    assert.equal(purchase?.ecommerce?.value, 987);
    assert.equal(purchase?.ecommerce?.currency, 'EUR');
    assert.match(await orderData(page), /"@type":"Order".*"priceCurrency":"EUR","price":"1253\.56"/);
    await page.reload();
    await page.locator('#order-number').waitFor();
    assert.deepEqual(await eventNames(page), []);
    await page.goto('/cart');
    await page.getByText('Your cart is empty').waitFor();
    assertNothingLeft();
  });

  it('thanks for a demo request without leaving the page, after saying what is missing', async () => {
    await page.goto('/demo');
    await page.getByLabel('Work e-mail').fill('ada.secretive');
    await page.getByRole('button', { name: 'Request the demo' }).click();
    assert.equal(await page.locator('#demo-name-error').textContent(), 'Please fill this in.');
    assert.equal(await page.locator('#demo-email-error').textContent(), 'Please give an address like name@company.com.');
    await page.getByLabel('Name').fill('Ada Secretive');
    await page.getByLabel('Work e-mail').fill('ada@secretive.example');
    await page.getByRole('textbox', { name: 'Company' }).fill('Secretive Ltd');
    await page.getByLabel('Team size').selectOption('11-50');
    await page.getByLabel('What should we prepare?').fill('Our secretive plans');
    await page.getByRole('button', { name: 'Request the demo' }).click();
    await page.getByRole('heading', { name: 'Thank you. Your request is with us.' }).waitFor();
    assert.match((await page.locator('[data-reference]').textContent()) ?? '', /^HD-\d{6}$/);
    assert.equal(new URL(page.url()).pathname, '/demo');
    assert.deepEqual(await eventNames(page), ['generate_lead']);
    assertNothingLeft();
  });

  it('keeps the form, and says so, when the network fails', async () => {
    await page.route('**/forms/**', (route) => route.abort());
    await page.goto('/reset-password');
    await page.getByLabel('E-mail').fill('ada@secretive.example');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('That did not reach us').waitFor();
    assert.equal(await page.getByLabel('E-mail').inputValue(), 'ada@secretive.example');
  });

  it('starts a trial of the plan chosen on the pricing page', async () => {
    await page.goto('/pricing');
    await page.getByText('Annual, two months free').click();
    assert.equal(await page.locator('[data-plan="Yard"] .plan-price').textContent(), '€124');
    await page.getByRole('link', { name: 'Start with Yard' }).click();
    await page.locator('#signup-plan-yard:checked').waitFor();
    await page.getByLabel('Name').fill('Ada Secretive');
    await page.getByLabel('Work e-mail').fill('ada@secretive.example');
    await page.getByRole('textbox', { name: 'Company' }).fill('Secretive Ltd');
    await page.getByRole('textbox', { name: 'Password' }).fill('secretive-password');
    await page.getByRole('button', { name: 'Show password' }).click();
    assert.equal(await page.locator('#signup-password').getAttribute('type'), 'text');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Start the trial' }).click();
    await page.getByRole('heading', { name: 'Your trial has started' }).waitFor();
    assert.deepEqual(await eventNames(page), ['sign_up']);
    assertNothingLeft();
  });

  it('cancels a subscription only after asking again, and lets it be kept', async () => {
    await page.goto('/login');
    await page.getByLabel('E-mail').fill('ada@secretive.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('secretive-password');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('link', { name: 'Cancel subscription' }).click();
    await page.getByLabel('Reason').selectOption('It costs too much');
    await page.getByRole('button', { name: 'Continue to cancel' }).click();
    await page.locator('#step-confirm').getByRole('button', { name: 'Keep my plan' }).click();
    await page.getByRole('heading', { name: 'You keep your plan' }).waitFor();
    assert.deepEqual(await eventNames(page), ['cancel_intent', 'cancel_saved']);
    await page.goto('/account/cancel');
    await page.getByLabel('Reason').selectOption('It costs too much');
    await page.getByRole('button', { name: 'Continue to cancel' }).click();
    await page.getByRole('button', { name: 'Yes, cancel my subscription' }).click();
    await page.getByRole('heading', { name: 'Your subscription is cancelled' }).waitFor();
    assert.deepEqual(await eventNames(page), ['cancel_intent', 'cancel_confirmed']);
    await page.getByRole('link', { name: 'Back to your account' }).click();
    await page.getByRole('button', { name: 'Keep the subscription' }).click();
    assert.equal(await page.locator('#plan-state').textContent(), 'Active');
    assertNothingLeft();
  });

  it('finds pages, and says how many', async () => {
    await page.goto('/');
    await page.locator('#site-search-q').fill('day-ahead price');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Tariffs' }).waitFor();
    assert.equal(new URL(page.url()).search, '?q=day-ahead+price');
    assert.match((await page.locator('#search-note').textContent()) ?? '', /^\d pages found for “day-ahead price”\.$/);
    await page.goto('/search?q=%3Cb%3Ezeppelin');
    await page.getByText('Nothing found for “<b>zeppelin”').waitFor();
  });

  it('keeps a wishlist and a comparison', async () => {
    await page.goto('/shop/yard-display');
    await page.getByRole('button', { name: 'Add to wishlist' }).click();
    await page.getByRole('button', { name: 'Compare' }).click();
    assert.deepEqual(await eventNames(page), ['view_item', 'add_to_wishlist', 'compare_product']);
    await page.goto('/shop/compare');
    assert.equal(await page.locator('#compare-table thead th').count(), 1);
    await page.goto('/shop/wishlist');
    await page.getByRole('button', { name: 'Remove Halden Yard display' }).click();
    await page.getByText('Nothing here yet').waitFor();
  });

  it('asks for consent only where it is told to, passes the answer on, and remembers it for the visit', async () => {
    await page.addInitScript(() => {
      Object.assign(window, {
        leadlight: { consent: (granted: boolean) => document.documentElement.setAttribute('data-told', String(granted)) },
      });
    });
    await page.goto('/');
    await page.locator('[data-cart-count]').waitFor({ state: 'attached' });
    assert.equal(await page.locator('#consent-banner').count(), 0);
    await page.goto('/?consent=ask');
    await page.getByRole('button', { name: 'Allow measuring' }).click();
    assert.equal(await page.locator('html').getAttribute('data-told'), 'true');
    await page.goto('/pricing');
    await page.locator('html[data-told="true"]').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Cookie choices' }).click();
    await page.getByRole('button', { name: 'No, thanks' }).click();
    assert.equal(await page.locator('html').getAttribute('data-told'), 'false');
  });

  it('opens its menu on a small screen, fits it, and can be used by everybody', async () => {
    await page.setViewportSize({ width: 380, height: 760 });
    const more = ['/planner', '/events', '/cookies', '/products/type-2-cable', '/app', '/blog'];
    for (const path of ['/', '/pricing', '/demo', '/shop/clamp-meter-ring', '/docs/api', '/account', '/admin', ...more]) {
      await page.goto(path);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 380, path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`),
        [],
      );
    }
    await page.goto('/');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Blog' }).click();
    await page.getByRole('heading', { name: 'Notes from the yard' }).waitFor();
  });

  /** What the tests type always holds this word; it must be in no address and no body that left the page. */
  function assertNothingLeft(): void {
    assert.ok(bodies.length > 0);
    assert.deepEqual(
      bodies.filter((each) => /secretive|4242/i.test(each)),
      [],
    );
  }
});

async function fillCheckout(page: Page): Promise<void> {
  const values = {
    'checkout-email': 'ada@secretive.example',
    'given-name': 'Ada',
    'family-name': 'Secretive',
    organization: 'Secretive Ltd',
    'address-line1': 'Secretive Street 1',
    'postal-code': '3511 AB',
    city: 'Utrecht',
    'cc-name': 'Ada Secretive',
    'cc-number': '4242424242424242',
    'cc-exp': '12/30',
    'cc-csc': '123',
  };
  for (const [id, value] of Object.entries(values)) await page.locator(`#${id}`).fill(value);
  await page.getByText('Express').click();
}

async function pushedTo(page: Page): Promise<z.infer<typeof pushed>> {
  return pushed.parse(await page.evaluate(() => Reflect.get(window, 'dataLayer') ?? []));
}

async function eventNames(page: Page): Promise<string[]> {
  return (await pushedTo(page)).flatMap(({ event }) => (event === undefined ? [] : [event]));
}

async function orderData(page: Page): Promise<string> {
  return (await page.locator('script[type="application/ld+json"]').textContent()) ?? '';
}
