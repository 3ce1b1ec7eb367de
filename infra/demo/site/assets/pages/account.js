/** The account page: the plan in force, and changing it. */
import { pushEvent } from '../data-layer.js';
import { changeSubscription, planName, subscription } from '../subscription.js';

const form = document.querySelector('#plan-form');
const status = document.querySelector('#account-status');
show();

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const from = subscription().plan;
  const to = form.elements.plan.value;
  if (from === to) return say(`You are on ${planName(to)} already.`);
  changeSubscription({ plan: to });
  pushEvent('subscription_change', { from: planName(from), to: planName(to) });
  show();
  say(`Changed to ${planName(to)}. The next invoice follows the new plan.`);
});

document.querySelector('#resume-button').addEventListener('click', () => {
  changeSubscription({ state: 'active' });
  pushEvent('subscription_resume', { plan: planName(subscription().plan) });
  show();
  say('Welcome back. Your subscription goes on as before.');
});

function show() {
  const { plan, state } = subscription();
  document.querySelector('#plan-name').textContent = planName(plan);
  document.querySelector('#plan-state').textContent = state === 'active' ? 'Active' : 'Ends on the last day of this month';
  document.querySelector('#when-active').hidden = state !== 'active';
  document.querySelector('#when-cancelled').hidden = state === 'active';
  form.elements.plan.value = plan;
}

function say(text) {
  status.textContent = text;
  status.hidden = false;
}
