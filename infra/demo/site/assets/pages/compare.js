/** The comparison: kept products side by side; all four where none was kept. */
import { pushCommerce } from '../data-layer.js';
import { gaItem, products } from '../shop/catalogue.js';
import { chosen, toggle } from '../shop/chosen.js';
import { element } from '../shop/element.js';
import { money } from '../shop/money.js';

const table = document.querySelector('#compare-table');
show();
const compared = shownProducts().map((product) => gaItem({ product, variant: product.variants[0] }));
pushCommerce('view_item_list', { item_list_id: 'compare', item_list_name: 'Comparison', items: compared });

function shownProducts() {
  const kept = products.filter((product) => chosen('compare').includes(product.id));
  return kept.length > 0 ? kept : products;
}

function show() {
  const shown = shownProducts();
  const kept = chosen('compare').length > 0;
  document.querySelector('#compare-note').textContent = kept
    ? 'The products you chose to compare.'
    : 'You have not chosen any yet, so here are all four. “Compare” on a product page narrows it down.';
  const head = element('tr', {}, element('td', {}), ...shown.map((product) => productHead(product, kept)));
  const facts = Object.keys(shown[0].facts).map((fact) =>
    row(
      fact,
      shown.map((product) => product.facts[fact]),
    ),
  );
  const prices = row(
    'Price',
    shown.map((product) => `from ${money(Math.min(...product.variants.map((variant) => variant.cents)))}`),
  );
  const variants = row(
    'Variants',
    shown.map((product) => product.variants.map((variant) => variant.name).join(', ')),
  );
  table.replaceChildren(element('thead', {}, head), element('tbody', {}, prices, variants, ...facts));
}

function productHead(product, removable) {
  const link = element('a', { href: product.path }, product.name);
  const head = element('th', { scope: 'col' }, element('img', { src: product.image, alt: '', width: '160', height: '120' }), link);
  if (!removable) return head;
  const remove = element(
    'button',
    { type: 'button', class: 'link-button', 'aria-label': `Remove ${product.name} from the comparison` },
    'Remove',
  );
  remove.addEventListener('click', () => {
    toggle('compare', product.id);
    show();
  });
  head.append(remove);
  return head;
}

function row(name, values) {
  return element('tr', {}, element('th', { scope: 'row' }, name), ...values.map((value) => element('td', { class: 'numeric' }, value)));
}
