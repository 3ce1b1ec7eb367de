/** Products and orders that a page describes for machines: schema.org in JSON-LD and microdata, and Open Graph. Never its text. */
import { cleanProps } from './clean-props.ts';
import { isRecord } from './is-record.ts';
import { moneyOf } from './money.ts';
import { cleanText, onPage } from './page-life.ts';
import { see } from './shop-events.ts';

type Thing = Record<string, unknown>;

const productPage = 'meta[property="og:type"][content*="product" i]';
/** Pages that write about things, and do none of them. */
export const aboutPath = /\/(?:blogs?|docs?|help|faqs?|articles?|guides?|news|support|legal)\//i;
const productPath = /\/(?:products?|item|dp|p)\/[^/]/i;

/** Scripts and what they said: a page that is rebuilt within itself may keep the element. */
const texts = new WeakMap<Element, string>();
/** What scripts said on this page. Several products are a list, except on the page of one of them. */
let products: Thing[] = [];

export function watchPageData(): void {
  onPage(() => {
    products = [];
  });
}

export function lookAtPage(isNew: (value: unknown) => boolean): void {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const text = script.textContent;
    if (texts.get(script) === text) continue;
    texts.set(script, text);
    readJsonLd(text);
  }
  const isOne = isProductPage();
  const [product] = products;
  if (product && (products.length === 1 || isOne) && isNew(product)) see('product_view', structuredProduct(product));
  const items = document.querySelectorAll('[itemscope][itemtype$="schema.org/Product"]:not([itemprop^=is])');
  const [item] = items;
  if (item && (items.length === 1 || isOne) && isNew(item)) see('product_view', describedBy(item));
  const orders = document.querySelectorAll('[itemscope][itemtype$="schema.org/Order"]');
  if (orders[0] && !orders[1] && isNew(orders[0])) see('purchase', describedOrder(orders[0]));
}

/** The page is about one product, as far as its address or its head says. */
export function isProductPage(): boolean {
  return (productPath.test(location.pathname) && !aboutPath.test(location.pathname)) || document.querySelector(productPage) !== null;
}

/** Where it is not said with the amount. */
export function pageCurrency(): string | undefined {
  const tag = document.querySelector('[property$="price:currency"],[itemprop="priceCurrency"]');
  const shop: unknown = Reflect.get(window, 'Shopify');
  const active = isRecord(shop) && isRecord(shop.currency) ? shop.currency.active : undefined;
  return tag?.getAttribute('content') ?? (typeof active === 'string' ? active : undefined);
}

function readJsonLd(text: string): void {
  const parsed = parse(text);
  const things = [parsed].flat().flatMap((thing: unknown) => (isRecord(thing) ? (thing['@graph'] ?? thing.mainEntity ?? thing) : []));
  const ofType = (type: RegExp) =>
    things.filter((thing): thing is Thing => isRecord(thing) && [thing['@type']].flat().some((each) => type.test(String(each))));
  products.push(...ofType(/(?:^|\/)Product(?:Group|Model)?$/));
  const orders = ofType(/(?:^|\/)Order$/);
  const [order] = orders;
  // Several are a list of past orders.
  if (order && orders.length === 1) see('purchase', structuredOrder(order));
}

/** Pages hold JSON that is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function structuredOrder({ orderNumber, price, priceCurrency, totalPaymentDue, acceptedOffer }: Thing): Thing {
  const due = [totalPaymentDue, acceptedOffer].flat().find(isRecord) ?? {};
  return {
    ...(orderNumber ? { orderId: cleanText(String(orderNumber)) } : {}),
    ...moneyOf(price ?? due.price ?? due.value, priceCurrency ?? due.priceCurrency ?? due.currency),
  };
}

function structuredProduct(product: Thing): Thing {
  const offer = [product.offers ?? product.hasVariant].flat()[0];
  const { price, priceCurrency, lowPrice, offers, priceSpecification }: Thing = isRecord(offer) ? offer : {};
  const more = [offers, priceSpecification].flat().find(isRecord) ?? {};
  return {
    ...cleanProps({ productId: product.sku ?? product.productID ?? product.productGroupID, productName: product.name }, 'product_view'),
    ...moneyOf(price ?? lowPrice ?? more.price, priceCurrency ?? more.priceCurrency),
  };
}

function describedOrder(item: Element): Thing {
  const value = valuesOf(item);
  const orderId = value('orderNumber');
  return { ...(orderId && { orderId: cleanText(orderId) }), ...moneyOf(value('price'), value('priceCurrency')) };
}

function describedBy(item: Element): Thing {
  const value = valuesOf(item);
  return {
    ...cleanProps({ productId: value('sku') ?? value('productID'), productName: value('name') }),
    ...moneyOf(value('price') ?? value('lowPrice'), value('priceCurrency')),
  };
}

/** Microdata: https://html.spec.whatwg.org/multipage/microdata.html#values */
function valuesOf(item: Element): (name: string) => string | undefined {
  return (name) => {
    const found = [...item.querySelectorAll(`[itemprop~="${name}"]`)].find((each) => isOf(each, item, name));
    return found?.getAttribute('content') ?? found?.textContent ?? undefined;
  };
}

/** Properties of things within the thing are not its own, but those of its offer. */
function isOf(property: Element, item: Element, name: string): boolean {
  const owner = property.parentElement?.closest('[itemscope]');
  return owner === item || (name.startsWith('price') && /Offer$/.test(owner?.getAttribute('itemtype') ?? '')) || name === 'lowPrice';
}
