/** What Shopify's pages say in their own variables. Prices of products are in hundredths, of whatever currency; those of orders are not. */
import { cleanProps } from './clean-props.ts';
import { isRecord } from './is-record.ts';
import { moneyOf } from './money.ts';
import { pageCurrency } from './page-data.ts';
import { see } from './shop-events.ts';

const at = (place: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((thing, name) => (isRecord(thing) ? thing[name] : undefined), place);

export function lookAtShopify(isNew: (value: unknown) => boolean): void {
  const meta = at(Reflect.get(window, 'ShopifyAnalytics'), 'meta') ?? Reflect.get(window, 'meta');
  const product = at(meta, 'product');
  if (isRecord(product) && isNew(product)) see('product_view', productOf(product, at(meta, 'currency')));
  const checkout = at(Reflect.get(window, 'Shopify'), 'checkout');
  if (isRecord(checkout) && isNew(checkout)) seeCheckout(checkout);
}

function productOf({ variants, id, title, price }: Record<string, unknown>, currency: unknown): Record<string, unknown> {
  const [variant] = Array.isArray(variants) ? variants : [];
  return {
    ...cleanProps({ productId: String(id ?? ''), productName: at(variant, 'name') ?? title }),
    ...moneyOf(Number(at(variant, 'price') ?? price) / 100, currency ?? pageCurrency()),
  };
}

function seeCheckout(checkout: Record<string, unknown>): void {
  const money = moneyOf(checkout.total_price, checkout.presentment_currency ?? checkout.currency ?? pageCurrency());
  const id = checkout.order_id ?? at(checkout.order, 'id');
  if (id) see('purchase', { orderId: String(id), ...money });
  else see('checkout_view', money);
}
