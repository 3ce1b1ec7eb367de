/** Monthly or annual: the price of each plan follows the choice. */
import { pushEvent } from '../data-layer.js';

const choice = document.querySelector('#billing');
choice.addEventListener('change', () => {
  show();
  pushEvent('billing_period_change', { period: period() });
});
for (const link of document.querySelectorAll('[data-plan] a.button')) {
  const plan = link.closest('[data-plan]').dataset.plan;
  link.addEventListener('click', () => pushEvent('select_plan', { plan, period: period() }));
}
show();

function show() {
  for (const place of document.querySelectorAll('[data-monthly]')) place.textContent = place.dataset[period()];
}

function period() {
  return choice.querySelector(':checked').value;
}
