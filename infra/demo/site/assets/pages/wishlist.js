import { products } from '../shop/catalogue.js';
import { chosen, toggle } from '../shop/chosen.js';
import { element } from '../shop/element.js';
import { productCard } from '../shop/product-cards.js';

show();

function show() {
  const kept = products.filter((product) => chosen('wishlist').includes(product.id));
  document.querySelector('#wishlist-empty').hidden = kept.length > 0;
  document.querySelector('#wishlist').replaceChildren(...kept.map(wishCard));
}

function wishCard(product) {
  const card = productCard(product);
  const remove = element(
    'button',
    { type: 'button', class: 'link-button', 'aria-label': `Remove ${product.name} from the wishlist` },
    'Remove',
  );
  remove.addEventListener('click', () => {
    toggle('wishlist', product.id);
    show();
    document.querySelector('main h1').focus();
  });
  card.append(remove);
  return card;
}
