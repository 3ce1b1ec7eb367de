/** The cart: rows with quantities, totals, and one thing that goes well with what is in it. */
import { pushCommerce } from '../data-layer.js';
import { add, rows, setQuantity, totals } from '../shop/basket.js';
import { gaItem, products } from '../shop/catalogue.js';
import { element } from '../shop/element.js';
import { money } from '../shop/money.js';

const list = document.querySelector('#cart-rows');
const upsell = document.querySelector('#upsell');

show();
if (rows().length > 0) {
  pushCommerce('view_cart', { value: totals().goods / 100, items: rows().map((row) => gaItem(row, row.quantity)) });
}
addEventListener('storage', show);

function show() {
  const all = rows();
  document.querySelector('#cart-full').hidden = all.length === 0;
  document.querySelector('#cart-empty').hidden = all.length > 0;
  list.replaceChildren(...all.map(cartRow));
  const { goods, shipping, tax, total } = totals();
  document.querySelector('#sum-goods').textContent = money(goods);
  document.querySelector('#sum-shipping').textContent = shipping === 0 ? 'Free' : money(shipping);
  document.querySelector('#sum-tax').textContent = money(tax);
  document.querySelector('#sum-total').textContent = money(total);
  showUpsell(all);
}

function cartRow(row) {
  const { product, variant, quantity, cents } = row;
  const id = `quantity-${variant.sku}`;
  const input = element('input', { type: 'number', id, name: id, min: '1', max: '99', value: String(quantity), inputmode: 'numeric' });
  input.addEventListener('change', () => change(row, Math.max(1, input.valueAsNumber || 1)));
  const remove = element(
    'button',
    { type: 'button', class: 'link-button', 'aria-label': `Remove ${product.name}, ${variant.name}` },
    'Remove',
  );
  remove.addEventListener('click', () => change(row, 0));
  const name = element(
    'div',
    { class: 'cart-name' },
    element('a', { href: product.path }, product.name),
    element('p', { class: 'soft' }, variant.name),
    remove,
  );
  const label = element('label', { for: id, class: 'visually-hidden' }, `Pieces of ${product.name}, ${variant.name}`);
  const image = element('img', { src: product.image, alt: '', width: '96', height: '72' });
  return element(
    'li',
    { class: 'cart-row' },
    image,
    name,
    element('div', { class: 'cart-quantity' }, label, input),
    element('p', { class: 'cart-cents numeric' }, money(cents)),
  );
}

function change(row, quantity) {
  const step = quantity - row.quantity;
  setQuantity(row.variant.sku, quantity);
  if (step !== 0) {
    const item = gaItem(row, Math.abs(step));
    pushCommerce(step > 0 ? 'add_to_cart' : 'remove_from_cart', { value: item.price * item.quantity, items: [item] });
  }
  show();
  if (quantity === 0) document.querySelector('#cart-title').focus();
}

function showUpsell(all) {
  const held = new Set(all.map((row) => row.product.id));
  const product = products.find((each) => !held.has(each.id));
  upsell.hidden = product === undefined;
  if (product === undefined) return;
  const variant = product.variants[0];
  const button = element(
    'button',
    { type: 'button', class: 'button button-quiet button-small', 'data-upsell': product.id },
    `Add for ${money(variant.cents)}`,
  );
  button.addEventListener('click', () => {
    const item = gaItem({ product, variant });
    pushCommerce('select_promotion', { promotion_id: 'goes-well-with', promotion_name: 'Goes well with', items: [item] });
    add(variant.sku, 1);
    pushCommerce('add_to_cart', { value: item.price, items: [item] });
    show();
  });
  const text = element('p', {}, element('a', { href: product.path }, product.name), `, ${variant.name}. ${product.summary}`);
  upsell
    .querySelector('#upsell-offer')
    .replaceChildren(element('img', { src: product.image, alt: '', width: '96', height: '72' }), text, button);
}
