/** A product of the spares shop, as a Shopify theme does it: the variant in the address, the cart filled by fetch, then the drawer. */
import { element } from '../shop/element.js';
import { money } from '../shop/money.js';
import { addSpare, spares } from '../shop/spares-cart.js';

const form = document.querySelector('[data-type="add-to-cart-form"]');
const { product } = window.ShopifyAnalytics.meta;

form.addEventListener('change', ({ target }) => {
  const variant = variantOf(target.dataset.variant);
  if (!variant) return;
  form.elements.id.value = String(variant.id);
  document.querySelector('#price').textContent = money(variant.price);
  document.querySelector('[itemprop="price"]').content = (variant.price / 100).toFixed(2);
  history.replaceState({}, '', `${location.pathname}?variant=${variant.id}`);
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = await fetch('/cart/add.js', { method: 'POST', headers: { accept: 'application/json' }, body: new FormData(form) });
  if (!answer.ok) return;
  const variant = variantOf(form.elements.id.value);
  addSpare({ id: variant.id, title: variant.name, cents: variant.price });
  showDrawer();
});

// The cart is in this browser alone: the way to the checkout is walked here.
document.querySelector('#cart-form').addEventListener('submit', (event) => {
  event.preventDefault();
  location.assign('/checkouts/information');
});

function showDrawer() {
  const rows = spares().map(({ title, cents, quantity }) =>
    element('li', {}, element('span', {}, `${quantity} × ${title}`), element('span', { class: 'numeric' }, money(cents * quantity))),
  );
  document.querySelector('#drawer-rows').replaceChildren(...rows);
  const drawer = document.querySelector('#cart-drawer');
  drawer.hidden = false;
  drawer.focus();
}

function variantOf(id) {
  return product.variants.find((each) => String(each.id) === id);
}
