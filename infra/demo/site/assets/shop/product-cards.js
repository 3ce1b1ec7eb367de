import { element } from './element.js';
import { money } from './money.js';

/** Product → its card, as the shop lists it. */
export function productCard(product) {
  const from = Math.min(...product.variants.map((variant) => variant.cents));
  const image = element('img', { src: product.image, alt: '', width: '320', height: '240', loading: 'lazy' });
  const title = element('h3', {}, element('a', { href: product.path }, product.name));
  const price = element('p', { class: 'price numeric' }, `from ${money(from)}`);
  return element(
    'li',
    { class: 'product-card', 'data-product': product.id },
    image,
    title,
    element('p', { class: 'soft' }, product.summary),
    price,
  );
}
