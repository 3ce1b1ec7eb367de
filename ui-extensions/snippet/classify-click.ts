export type ClickClass = 'cta' | 'navigation' | 'product' | 'addToCart' | 'other';

const rules: readonly (readonly [ClickClass, string])[] = [
  [
    'addToCart',
    '[name*="add-to-cart"],[name="add"],[class*="add-to-cart"],[class*="add_to_cart"],[data-add-to-cart],form[action*="/cart/add"] [type="submit"]',
  ],
  ['product', 'a[href*="/product"],[itemtype$="/Product"] a,[class*="product-card"] a'],
  ['cta', 'button,[role="button"],input[type="submit"],[class*="btn"],[class*="button"],[class*="cta"]'],
  ['navigation', 'nav a,header a,footer a,[role="navigation"] a,a[href]'],
];

/** What kind of thing was clicked. */
export function classifyClick(target: Element): ClickClass {
  const control = target.closest('a,button,input,[role="button"]') ?? target;
  if (/\badd to (?:cart|bag|basket)\b/i.test((control.textContent ?? '').slice(0, 100))) return 'addToCart';
  return rules.find(([, selector]) => target.closest(selector))?.[0] ?? 'other';
}
