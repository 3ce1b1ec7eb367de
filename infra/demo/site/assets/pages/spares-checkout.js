/** The checkout of the spares shop. What is typed is checked here and forgotten; the order goes to the next page in sessionStorage. */
import { onValidSubmit } from '../check-form.js';
import { element } from '../shop/element.js';
import { money } from '../shop/money.js';
import { spares, sumOf, takeSpares } from '../shop/spares-cart.js';

const rows = spares();
document.querySelector('#spares-empty').hidden = rows.length > 0;
document.querySelector('#spares-full').hidden = rows.length === 0;
document.querySelector('#spares-total').textContent = money(sumOf(rows));
document
  .querySelector('#spares-rows')
  .replaceChildren(
    ...rows.map(({ title, cents, quantity }) =>
      element('li', {}, element('span', {}, `${quantity} × ${title}`), element('span', { class: 'numeric' }, money(cents * quantity))),
    ),
  );

onValidSubmit(document.querySelector('#Form1'), () => {
  const order = { id: 5_400_000_000 + (Date.now() % 1_000_000_000), rows: takeSpares() };
  sessionStorage.setItem('halden.spares.order', JSON.stringify(order));
  location.assign('/checkouts/thank-you');
});
