/** A product's page: variant, add to cart, wishlist, comparison. */
import { pushCommerce, pushEvent } from '../data-layer.js';
import { add } from '../shop/basket.js';
import { findProduct, gaItem } from '../shop/catalogue.js';
import { chosen, toggle } from '../shop/chosen.js';
import { money } from '../shop/money.js';

const form = document.querySelector('#buy-form');
const product = findProduct(form.dataset.product);
const status = document.querySelector('#buy-status');

pushCommerce('view_item', worth(1));

form.addEventListener('change', (event) => {
  if (event.target.name !== 'variant') return;
  document.querySelector('#price').textContent = money(variant().cents);
  pushCommerce('select_item', { item_list_name: 'Variants', ...worth(1) });
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const quantity = Math.max(1, form.elements.quantity.valueAsNumber || 1);
  add(variant().sku, quantity);
  pushCommerce('add_to_cart', worth(quantity));
  status.replaceChildren(`Added ${quantity} × ${product.name}, ${variant().name}. `, link('/cart', 'View cart'));
});

bindList('wishlist', ['Add to wishlist', 'On your wishlist'], () => pushCommerce('add_to_wishlist', worth(1)));
bindList('compare', ['Compare', 'In comparison'], () => pushEvent('compare_product', { item_id: product.id, item_name: product.name }));

function bindList(list, [off, on], added) {
  const button = document.querySelector(`#${list}-button`);
  const show = (kept) => {
    button.setAttribute('aria-pressed', String(kept));
    button.textContent = kept ? on : off;
  };
  show(chosen(list).includes(product.id));
  button.addEventListener('click', () => {
    const kept = toggle(list, product.id);
    show(kept);
    if (kept) added();
    const name = list === 'compare' ? 'comparison' : 'wishlist';
    status.replaceChildren(kept ? `Kept for your ${name}. ` : `Taken off your ${name}. `, link(`/shop/${list}`, `See your ${name}`));
  });
}

function variant() {
  return product.variants.find((each) => each.sku === form.elements.variant.value);
}

function worth(quantity) {
  return { value: (variant().cents * quantity) / 100, items: [gaItem({ product, variant: variant() }, quantity)] };
}

function link(href, text) {
  const made = document.createElement('a');
  made.href = href;
  made.textContent = text;
  return made;
}
