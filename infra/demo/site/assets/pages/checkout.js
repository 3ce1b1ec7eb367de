/** Checkout: address, delivery, card. What is typed here is checked in the browser and then forgotten. */
import { onValidSubmit } from '../check-form.js';
import { pushCommerce } from '../data-layer.js';
import { empty, rows, totals } from '../shop/basket.js';
import { gaItem } from '../shop/catalogue.js';
import { element } from '../shop/element.js';
import { money } from '../shop/money.js';

const form = document.querySelector('#checkout-form');
const all = rows();
document.querySelector('#checkout-full').hidden = all.length === 0;
document.querySelector('#checkout-empty').hidden = all.length > 0;

if (all.length > 0) {
  showSummary();
  pushCommerce('begin_checkout', worth());
}

form.addEventListener('change', (event) => {
  if (event.target.name !== 'delivery') return;
  showSummary();
  pushCommerce('add_shipping_info', { shipping_tier: delivery(), ...worth() });
});

form.elements['cc-number'].addEventListener('input', ({ target }) => {
  const digits = target.value.replace(/\D/g, '').slice(0, 19);
  target.value = digits.replace(/(.{4})(?=.)/g, '$1 ');
  target.setCustomValidity(digits === '' || passesLuhn(digits) ? '' : 'This card number is not right.');
});

onValidSubmit(form, () => {
  pushCommerce('add_payment_info', { payment_type: 'card', ...worth() });
  const order = {
    id: `H-${Date.now().toString(36).toUpperCase()}`,
    items: all.map((row) => gaItem(row, row.quantity)),
    ...totals(delivery()),
  };
  sessionStorage.setItem('halden.order', JSON.stringify(order));
  empty();
  location.assign('/checkout/thank-you');
});

function showSummary() {
  const { goods, shipping, tax, total } = totals(delivery());
  document
    .querySelector('#summary-rows')
    .replaceChildren(
      ...all.map(({ product, variant, quantity, cents }) =>
        element(
          'li',
          {},
          element('span', {}, `${quantity} × ${product.name}, ${variant.name}`),
          element('span', { class: 'numeric' }, money(cents)),
        ),
      ),
    );
  document.querySelector('#sum-goods').textContent = money(goods);
  document.querySelector('#sum-shipping').textContent = shipping === 0 ? 'Free' : money(shipping);
  document.querySelector('#sum-tax').textContent = money(tax);
  document.querySelector('#sum-total').textContent = money(total);
  document.querySelector('#pay-button').textContent = `Pay ${money(total)}`;
}

function delivery() {
  return form.elements.delivery.value;
}

function worth() {
  return { value: totals().goods / 100, items: all.map((row) => gaItem(row, row.quantity)) };
}

/** The check digit every card number carries (ISO/IEC 7812). */
function passesLuhn(digits) {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const weighted = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return digits.length >= 12 && sum % 10 === 0;
}
