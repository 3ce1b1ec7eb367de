/** What every page does: menu, current link, cart count, cookie choices. */

import { offerConsent } from './consent-banner.js';
import { countPieces } from './shop/basket.js';

const menu = document.querySelector('#site-menu');
const menuButton = document.querySelector('#menu-button');
menuButton.addEventListener('click', () => {
  const open = menu.classList.toggle('open');
  menuButton.setAttribute('aria-expanded', String(open));
});

for (const link of document.querySelectorAll('.site-header .nav-list a')) {
  const section = new URL(link.href).pathname;
  if (location.pathname === section) link.setAttribute('aria-current', 'page');
  else if (location.pathname.startsWith(`${section}/`)) link.setAttribute('aria-current', 'true');
}

const cartCount = document.querySelector('[data-cart-count]');
function showCartCount() {
  const pieces = countPieces();
  cartCount.hidden = pieces === 0;
  cartCount.textContent = String(pieces);
  cartCount.setAttribute('aria-label', `${pieces} ${pieces === 1 ? 'piece' : 'pieces'}`);
}
showCartCount();
addEventListener('basketchange', showCartCount);
addEventListener('storage', showCartCount);

offerConsent();
