/** A row and a button for each event that a website can tell by itself. What the row shows is what the button calls. */
import { element } from '../shop/element.js';

const euros = { currency: 'EUR' };
const gateway = { productId: 'HG2-LTE', productName: 'Halden Gateway G2', value: 429, ...euros };
/** `[name, props]` of `leadlight.track`. */
const calls = [
  ['product_view', gateway],
  ['variant_select', gateway],
  ['add_to_cart', gateway],
  ['add_to_wishlist', gateway],
  ['product_compare', { productId: 'HR-250', productName: 'Halden Ring clamp meter' }],
  ['upsell_click', { productId: 'HT-OBD', productName: 'Halden Vehicle tag', value: 89, ...euros }],
  ['begin_checkout', { value: 518, ...euros }],
  ['checkout_view', { step: 'delivery', value: 518, ...euros }],
  ['checkout_form_complete', { formId: 'checkout-form' }],
  ['purchase', { orderId: 'H-2026-0412', value: 518, ...euros }],
  ['search_query', { query: 'night tariff', results: 4 }],
  ['trial_signup', { plan: 'Depot' }],
  ['pricing_engage', { plans: { Yard: 4000, Depot: 12000 } }],
  ['demo_request', { formId: 'demo-form' }],
  ['cancel_intent', {}],
  ['cancel_confirmed', {}],
  ['cancel_saved', {}],
  ['subscription_change', { from: 'Yard', to: 'Depot' }],
  ['booked a site survey', { depot: 'Tilburg', bays: 46, urgent: true }],
];
const identity = ['ada@northmoor.example', { plan: 'Depot', vehicles: 31 }];

window.leadlight = window.leadlight || { q: [] };
ask('track', 'opened the list of events', { rows: calls.length + 1 });

document.querySelector('#call-rows').append(
  ...calls.map(([name, props]) => row(name, `leadlight.track('${name}', ${JSON.stringify(props)})`, () => ask('track', name, props))),
  row('identify', `leadlight.identify('${identity[0]}', ${JSON.stringify(identity[1])})`, () => ask('identify', ...identity)),
);

function row(name, code, send) {
  const button = element('button', { type: 'button', class: 'link-button', 'data-call': name, 'aria-label': `Send ${name}` }, 'Send');
  button.addEventListener('click', () => {
    send();
    document.querySelector('#call-status').textContent = `Called: ${name}.`;
  });
  return element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, element('code', {}, code)), element('td', {}, button));
}

/** Calls the snippet, or leaves the call in its queue. */
function ask(name, ...given) {
  if (typeof window.leadlight[name] === 'function') window.leadlight[name](...given);
  else window.leadlight.q?.push([name, ...given]);
}
