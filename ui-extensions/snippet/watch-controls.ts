/** Carts, wish lists and the like, known by what is clicked, sent or asked for. Each is seen, and counts where nobody says it better. */
import { classifyClick } from './classify-click.ts';
import { cleanProps } from './clean-props.ts';
import { listenSince } from './early-events.ts';
import { aboutPath, isProductPage } from './page-data.ts';
import { type Click, cleanText, inPast, onClick, onPage, page } from './page-life.ts';
import { planName, planSelector } from './plans.ts';
import { safely } from './safely.ts';
import { product, see, seeCheckout } from './shop-events.ts';
import { thanksPath } from './watch-shop.ts';

const cartAddress = /\/cart\/add(?:\.js|$|\?|\/)|[?&](?:wc-ajax=add_to_cart|add-to-cart=)/;
const checkoutPath = /\/checkouts?(?:\/|$)/i;
const checkoutLink = '[name="checkout"],a[href*="/checkout"]';
const checkoutWords = /^(?:(?:proceed|continue|go) to |secure )?check ?out\b/i;
const upsell =
  '[class*="upsell"],[class*="cross-sell"],[class*="crosssell"],[class*="frequently-bought"],[class*="related-product"],[data-upsell]';
const picker = '[class*="variant"],[class*="swatch"],[class*="product-option"],[class*="product-form"],form[action*="/cart/add"]';
const quantity = /q(?:uanti)?ty/i;
/** What a field of a product's page chooses, by its name. */
const choice = /variant|option|attribute|colou?r|size|material|style/i;
const billingPath = /billing|account|subscription|settings|plan/i;
const planWords = /plan|billing|subscri/i;
const changeWords = /\b(?:upgrade|downgrade|switch|change)\b(?:.*? to (?:the )?(.{1,60}))?/i;

export function watchControls(): void {
  onClick(hearClick);
  listenSince(document, 'submit', ({ target }) => {
    if (target instanceof HTMLFormElement && cartAddress.test(target.action)) see('add_to_cart', product, 'submit');
  });
  listenSince(document, 'change', ({ target }) => {
    if (!(target instanceof Element && target.matches('select,[type="radio"]'))) return;
    const name = target.getAttribute('name') ?? '';
    if (target.closest(picker) || (choice.test(name) && isProductPage())) pick(name, 'change');
  });
  onPage(() => {
    const { pathname } = location;
    // https://woocommerce.com/document/conditional-tags/ calls this endpoint `order-received`.
    const orderId = pathname.match(/\/order-received\/(\d+)/)?.[1];
    if (orderId) see('purchase', { orderId });
    else if (checkoutPath.test(pathname) && !thanksPath.test(pathname) && !aboutPath.test(pathname)) see('checkout_view', stepOf(location));
  });
  // What the page asked for by itself, without standing in its way.
  new PerformanceObserver(
    safely((list: PerformanceObserverEntryList) => {
      for (const { name, startTime } of list.getEntries()) {
        const at = performance.timeOrigin + startTime;
        if (cartAddress.test(name) && at >= page.at) inPast(Math.round(at), () => see('add_to_cart', product, 'request'));
      }
    }),
  ).observe({ type: 'resource', buffered: true });
}

function idOf(control: Element): string | null | undefined {
  const thing = control.closest('[data-product-id],[data-product_id]');
  return thing?.getAttribute('data-product-id') ?? thing?.getAttribute('data-product_id');
}

function hearClick({ target, control, words }: Click): void {
  if (!control) return;
  const isLink = control.matches('a[href]:not([href^="#"])');
  const signs = `${control.className} ${control.id} ${control.getAttribute('aria-label') ?? ''} ${control.getAttribute('name') ?? ''} ${words}`;
  const here = { ...product, ...cleanProps({ productId: idOf(control) }) };
  // A link that does not say “add” leads to the list.
  const type =
    classifyClick(target) === 'addToCart'
      ? 'add_to_cart'
      : (!isLink || /\badd\b/i.test(signs)) && !control.closest('header,nav') && listOf(signs);
  if (type) see(type, here, 'click');
  else if (checkoutWords.test(words) || control.matches(checkoutLink)) seeCheckout(leadsOn(control));
  else if (target.closest(upsell)) see('upsell_click', here, 'click');
  else if (!isLink && control.matches('[class*="swatch"],[class*="variant"],[data-variant],[data-variant-id]')) pick('', 'click');
  else if (billingPath.test(location.pathname)) changePlan(control, words);
}

/** To a page of this site. Shopify's own checkout pages have no tags of ours. */
function leadsOn(control: Element): boolean {
  return control instanceof HTMLAnchorElement && control.origin === location.origin && !('Shopify' in window);
}

function listOf(signs: string): 'add_to_wishlist' | 'product_compare' | undefined {
  if (/(?:wish-?_?list|(?<!\bmy )favou?rite|save for later)/i.test(signs)) return 'add_to_wishlist';
  return /\bcompare\b(?! (?:\w+ )?(?:plan|pric|feature))/i.test(signs) && !aboutPath.test(location.pathname)
    ? 'product_compare'
    : undefined;
}

function pick(name: string, sign: string): void {
  if (!quantity.test(name) && !aboutPath.test(location.pathname)) see('variant_select', product, sign);
}

/** On pages of one's own plan: a button that names the next one, or stands in its column. */
function changePlan(control: Element, words: string): void {
  const change = changeWords.exec(words);
  const card = control.closest(planSelector);
  // Other things are switched in settings too.
  if (!card && /^[sc]/i.test(change?.[0] ?? '') && !planWords.test(location.pathname + words)) return;
  const to = cleanText(change?.[1] ?? (card && planName(card)) ?? '', 100).replace(/ plan$/i, '');
  const current = document.querySelector('[data-current-plan],.current-plan');
  const from = cleanText(current?.getAttribute('data-current-plan') || current?.textContent || '', 100);
  if (change && to) see('subscription_change', { ...(from && { from }), to });
}

function stepOf({ pathname, search }: Location): { step?: string } {
  const step =
    new URLSearchParams(search).get('step') ?? pathname.match(/\/(information|contact|shipping|delivery|payment|review)\b/i)?.[1];
  return step ? { step: cleanText(step, 40) } : {};
}
