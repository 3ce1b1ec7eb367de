/**
 * Commerce and subscription events that a page announces itself: GA4 in `dataLayer`, and schema.org in JSON-LD. Where both tell of an
 * order, GA4's `value` counts: it is the one that the site's own reports show.
 */
import { type AnnouncedType, isAnnounced } from './catalogue.ts';
import { cleanProps, isRecord } from './clean-props.ts';
import { emitOnce } from './emit.ts';
import { moneyOf } from './money.ts';
import { cleanText, onLeave, onTick, page } from './page-life.ts';
import { session } from './session.ts';
import { read, write } from './storage.ts';

/** GA4's names where they differ from ours. */
const names: Readonly<Record<string, AnnouncedType>> = {
  view_item: 'product_view',
  select_item: 'variant_select',
  compare_product: 'product_compare',
  select_promotion: 'upsell_click',
  add_shipping_info: 'checkout_view',
  add_payment_info: 'checkout_view',
  sign_up: 'trial_signup',
  generate_lead: 'demo_request',
  view_search_results: 'search_query',
};
/** The page shows one product: there, choosing an item is choosing a variant; on a list it is only a click. */
const productPage = 'meta[property="og:type"][content*="product" i],[itemscope][itemtype$="schema.org/Product"]';
const productPath = /\/(?:products?|item|dp|p)\/[^/]/i;
const boughtName = '_ll_bought';
/** Tag managers announce an order a moment after the page has described it. */
const patienceTicks = 2;

const seen = new WeakSet<object>();
/** The pages on which a product was shown, or an order told. */
let shownOn = '';
let boughtOn = '';
let bought = '';
let order: Record<string, unknown> | null = null;
let ticks = 0;

/** Looks instead of patching `push`: tag managers replace it too, and ours must not stand in their way. */
export function watchShop(): void {
  onTick(() => {
    look();
    if (ticks++ >= patienceTicks) tellOrder();
  });
  onLeave(() => {
    look();
    tellOrder();
  });
}

function look(): void {
  rememberBought();
  if ('dataLayer' in window && Array.isArray(window.dataLayer)) for (const entry of window.dataLayer) if (isNew(entry)) hearEntry(entry);
  for (const script of document.querySelectorAll('script[type="application/ld+json"]'))
    if (isNew(script)) readStructured(script.textContent);
}

function isNew(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  return true;
}

/** `{ event, ecommerce }`, or the arguments of `gtag('event', name, params)`. */
function hearEntry(entry: object): void {
  const words: Record<string, unknown> = { ...entry };
  if (words[0] === 'event') announce(String(words[1]), words[2]);
  else if (typeof words.event === 'string') announce(words.event, isRecord(words.ecommerce) ? words.ecommerce : words);
}

function announce(name: string, given: unknown): void {
  const type = names[name] ?? name;
  if (!isAnnounced(type) || (name === 'select_item' && !isProductPage())) return;
  const data = isRecord(given) ? given : {};
  const {
    event: _event,
    ecommerce: _ecommerce,
    items: _items,
    item_id,
    item_name,
    search_term,
    results,
    transaction_id,
    shipping_tier,
    payment_type,
    ...rest
  } = data;
  const item = Array.isArray(data.items) && data.items.length === 1 && isRecord(data.items[0]) ? data.items[0] : data;
  const props = {
    ...(type.startsWith('product_') || /cart|wish|variant|upsell/.test(type) ? productOf(item) : {}),
    ...(type === 'search_query' ? { query: search_term, results } : {}),
    ...(name.startsWith('add_shipping') && { step: 'shipping' }),
    ...(name.startsWith('add_payment') && { step: 'payment' }),
    ...(transaction_id ? { orderId: String(transaction_id) } : {}),
    ...rest,
  };
  tell(type, cleanProps(props));
}

function isProductPage(): boolean {
  return shownOn === page.id || productPath.test(location.pathname) || document.querySelector(productPage) !== null;
}

function tell(type: AnnouncedType, props: Record<string, unknown>): void {
  if (type === 'product_view') shownOn = page.id;
  if (type === 'purchase' && !isNewOrder(props)) return;
  emitOnce(type, props, /add_to|variant|compare|upsell|checkout_view/.test(type) ? JSON.stringify([props, Date.now()]) : '');
}

/** A page of thanks that is loaded again is not another order. */
function isNewOrder({ orderId }: Record<string, unknown>): boolean {
  const key = `;${String(orderId ?? page.id)};`;
  boughtOn = page.id;
  if ((bought + read(boughtName)).includes(key)) return false;
  bought += key;
  rememberBought();
  return true;
}

/** For a visitor who is measured: of anybody else nothing is stored. */
function rememberBought(): void {
  if (!bought || !session.sid) return;
  write(boughtName, (read(boughtName) + bought).slice(-2_000));
  bought = '';
}

function tellOrder(): void {
  if (order && boughtOn !== page.id) tell('purchase', order);
  order = null;
}

function productOf(item: Record<string, unknown>): Record<string, unknown> {
  return {
    ...(item.item_id ? { productId: String(item.item_id) } : {}),
    ...(item.item_name ? { productName: String(item.item_name) } : {}),
  };
}

function readStructured(text: string): void {
  const parsed: unknown = JSON.parse(text);
  const things = [parsed].flat().flatMap((thing) => (isRecord(thing) && Array.isArray(thing['@graph']) ? thing['@graph'] : [thing]));
  const products = things.filter((thing) => isThing(thing, 'Product'));
  const [product] = products;
  if (product && products.length === 1) tell('product_view', structuredProduct(product));
  const orders = things.filter((thing) => isThing(thing, 'Order'));
  const [only] = orders;
  // Several are a list of past orders.
  if (!only || orders.length > 1) return;
  order = structuredOrder(only);
  ticks = 0;
}

function structuredOrder({ orderNumber, price, priceCurrency }: Record<string, unknown>): Record<string, unknown> {
  return { ...(orderNumber ? { orderId: cleanText(String(orderNumber)) } : {}), ...moneyOf(price, priceCurrency) };
}

function structuredProduct(product: Record<string, unknown>): Record<string, unknown> {
  const offer = [product.offers].flat()[0];
  const { price, priceCurrency, lowPrice }: Record<string, unknown> = isRecord(offer) ? offer : {};
  return {
    ...cleanProps({ productId: product.sku ?? product.productID, productName: product.name }),
    ...moneyOf(price ?? lowPrice, priceCurrency),
  };
}

function isThing(thing: unknown, type: string): thing is Record<string, unknown> {
  return isRecord(thing) && [thing['@type']].flat().includes(type);
}
