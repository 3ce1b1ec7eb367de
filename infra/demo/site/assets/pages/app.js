/**
 * Halden's own product, after logging in: one page whose views are routes after the hash. Its code speaks to Leadlight as a customer's
 * product would: it says who logged in, and tells what no page shows.
 */
import { element } from '../shop/element.js';
import { changeSubscription, planName, subscription } from '../subscription.js';

const place = document.querySelector('#app-view');
const views = { yard: showYard, vehicles: showVehicles, team: showTeam, billing: showBilling };

window.leadlight = window.leadlight || { q: [] };
leadlight('identify', account(), { plan: planName(subscription().plan), depots: 2 });
addEventListener('hashchange', show);
show();

/** Whoever tries the demo is a customer of their own. */
function account() {
  const known = localStorage.getItem('halden-account') ?? `northmoor-${Math.floor(100_000 + Math.random() * 900_000)}`;
  localStorage.setItem('halden-account', known);
  return known;
}

function show() {
  const name = /^#\/(\w+)$/.exec(location.hash)?.[1];
  const view = views[name] ? name : 'yard';
  for (const link of document.querySelectorAll('.app-nav a')) {
    if (link.hash === `#/${view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  place.replaceChildren(...views[view]());
  document.title = `${place.querySelector('h1').textContent} – Halden app`;
}

function showYard() {
  const bays = Array.from({ length: 12 }, (_, index) =>
    element('li', {}, element('strong', {}, `Bay ${index + 1}`), element('p', { class: 'soft numeric' }, `${(index * 37) % 100}%`)),
  );
  const plan = element('button', { type: 'button', class: 'button' }, 'Plan the night');
  plan.addEventListener('click', () => {
    leadlight('track', 'planned a night', { bays: bays.length, limited: true });
    plan.replaceWith(element('p', { class: 'notice', role: 'status' }, 'Planned: all 12 are ready by 05:10, at most 388 kW.'));
  });
  return [element('h1', {}, 'Yard board'), element('ul', { class: 'bays' }, ...bays), element('p', { class: 'space-top' }, plan)];
}

function showVehicles() {
  const rows = [
    ['4412', 'eCitaro', '82%'],
    ['4413', 'eCitaro', '41%'],
    ['V-07', 'e-Transit', '96%'],
  ];
  const body = element(
    'tbody',
    {},
    ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', { class: 'numeric' }, cell)))),
  );
  const offer = element('button', { type: 'button', class: 'button button-quiet' }, 'Add tags to all vans, €89 each');
  offer.addEventListener('click', () => {
    leadlight('track', 'upsell_click', { productId: 'HT-OBD', productName: 'Halden Vehicle tag', value: 89, currency: 'EUR' });
    offer.textContent = 'Noted: we will send an offer';
    offer.disabled = true;
  });
  return [element('h1', {}, 'Vehicles'), element('table', {}, body), element('p', { class: 'space-top' }, offer)];
}

/** Names of people: masked by the owner of the site. */
function showTeam() {
  const people = ['Ada Verhoeven, dispatcher', 'Idris Claes, electrician', 'Marit Solberg, night shift'];
  return [
    element('h1', {}, 'Team'),
    element('ul', { class: 'results', 'data-ll-mask': '' }, ...people.map((person) => element('li', {}, person))),
    element('p', { class: 'soft space-top' }, 'Names are masked in every recording of this page.'),
  ];
}

function showBilling() {
  const { plan } = subscription();
  const next = plan === 'network' ? 'depot' : 'network';
  const change = element('button', { type: 'button', class: 'button' }, `Change to ${planName(next)}`);
  change.addEventListener('click', () => {
    changeSubscription({ plan: next });
    leadlight('track', 'subscription_change', { from: planName(plan), to: planName(next) });
    show();
  });
  return [
    element('h1', {}, 'Billing'),
    element('p', {}, 'You are on ', element('strong', {}, planName(plan)), '.'),
    element('p', {}, change),
  ];
}

function leadlight(name, ...given) {
  if (typeof window.leadlight[name] === 'function') window.leadlight[name](...given);
  else window.leadlight.q?.push([name, ...given]);
}
