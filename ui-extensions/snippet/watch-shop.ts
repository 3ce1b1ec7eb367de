/**
 * What a page announces in `dataLayer`: GA4's names, the older ones of Universal Analytics, and values without an event on a page of thanks.
 * Looks instead of patching `push`: tag managers replace it too, and ours must not stand in their way.
 */
import { type AnnouncedType, isAnnounced } from './catalogue.ts';
import { cleanProps } from './clean-props.ts';
import { isRecord } from './is-record.ts';
import { moneyOf, numberOf } from './money.ts';
import { isProductPage, lookAtPage, pageCurrency, watchPageData } from './page-data.ts';
import { cleanText, onLeave, onPage, onTick } from './page-life.ts';
import { hear, product, see } from './shop-events.ts';
import { lookAtShopify } from './shopify.ts';

/** GA4's names where they differ from ours. */
const names: Readonly<Record<string, AnnouncedType>> = {
  view_item: 'product_view',
  select_item: 'variant_select',
  compare_product: 'product_compare',
  select_promotion: 'upsell_click',
  add_shipping_info: 'checkout_view',
  add_payment_info: 'checkout_view',
  sign_up: 'trial_signup',
  start_trial: 'trial_signup',
  generate_lead: 'demo_request',
  view_search_results: 'search_query',
  search: 'search_query',
};
export const thanksPath = /thank|order[-_]?(?:received|confirm|complete|success)|checkout\/(?:success|complete|done)|confirmation/i;

const seen = new WeakSet<object>();
/** What was said in one look: tags that are on a page twice say it twice. */
let heard = new Set<string>();

export function watchShop(): void {
  watchPageData();
  onPage(look);
  onTick(look);
  onLeave(look);
}

function look(): void {
  heard = new Set();
  const layer: unknown = Reflect.get(window, 'dataLayer');
  if (Array.isArray(layer)) for (const entry of layer) if (isNew(entry)) hearEntry({ ...entry });
  lookAtPage(isNew);
  lookAtShopify(isNew);
}

function isNew(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  return true;
}

/** `{ event, ecommerce }`, or the arguments of `gtag('event', name, params)`. */
function hearEntry(words: Record<string, unknown>): void {
  const shop = isRecord(words.ecommerce) ? words.ecommerce : words;
  if (words[0] === 'event') hearEvent(String(words[1]), isRecord(words[2]) ? words[2] : {});
  else if (isRecord(shop.purchase)) hearOldPurchase(shop, shop.purchase);
  else if (typeof words.event === 'string') hearEvent(words.event, shop);
  else if (thanksPath.test(location.pathname)) hearOrder(words);
}

function hearEvent(name: string, data: Record<string, unknown>): void {
  const type = names[name] ?? name;
  // On a list, choosing an item is only a click.
  if (!isAnnounced(type) || (name === 'select_item' && product.productId === undefined && !isProductPage())) return;
  const { event: _event, ecommerce: _ecommerce, items, item_id, item_name, search_term, results, transaction_id, ...rest } = data;
  const things = Array.isArray(items) ? items.filter(isRecord) : [];
  const [first = data] = things;
  const isOne = things.length < 2 || type === 'product_view';
  const currency = rest.currency ?? first.currency ?? pageCurrency();
  const worth = (isOne ? [first] : things).reduce((sum, item) => sum + numberOf(item.price, currency) * Number(item.quantity ?? 1), 0);
  const props = cleanProps(
    {
      ...(isOne && /product|cart|wish|variant|upsell/.test(type) && productOf(first)),
      ...(type === 'search_query' && { query: search_term ?? data.query, results }),
      ...(/^add_(?:shipping|payment)/.test(name) && { step: name.slice(4, -5) }),
      ...(transaction_id !== undefined && { orderId: String(transaction_id) }),
      value: worth,
      ...rest,
      currency,
    },
    type,
  );
  const key = type + JSON.stringify(props);
  if (!heard.has(key)) hear(type, props);
  heard.add(key);
}

function productOf({ item_id, item_name, id, name }: Record<string, unknown>): Record<string, unknown> {
  const productId = item_id ?? id;
  const productName = item_name ?? name;
  return { ...(productId ? { productId: String(productId) } : {}), ...(productName ? { productName: String(productName) } : {}) };
}

/** https://developers.google.com/analytics/devguides/collection/ua/gtm/enhanced-ecommerce */
function hearOldPurchase({ currencyCode }: Record<string, unknown>, { actionField }: Record<string, unknown>): void {
  if (!isRecord(actionField)) return;
  seeOrder(actionField.id, actionField.revenue, currencyCode);
}

/** Values of an order under the names that shops give them. */
function hearOrder(words: Record<string, unknown>): void {
  const given = [words, words.order, words.transaction, words.ecommerce].filter(isRecord);
  const find = (name: RegExp) => given.flatMap(Object.entries).find(([key]) => name.test(key))?.[1];
  const id = find(/^(?:transaction|order)_?(?:id|number)$|^id$/i);
  const total = find(/^(?:transaction|order)_?(?:total|value)$|^(?:total|value|revenue)$/i);
  if (id !== undefined && total !== undefined) seeOrder(id, total, find(/currency(?:_?code)?$/i));
}

function seeOrder(id: unknown, total: unknown, currency: unknown): void {
  see('purchase', { ...(id ? { orderId: cleanText(String(id)) } : {}), ...moneyOf(total, currency ?? pageCurrency()) });
}
