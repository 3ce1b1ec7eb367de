/** Cancelling: the reason, then the question, then what was decided. */
import { onValidSubmit } from '../check-form.js';
import { pushEvent } from '../data-layer.js';
import { changeSubscription, planName, subscription } from '../subscription.js';

const steps = ['reason', 'confirm', 'cancelled', 'kept'];
document.querySelector('#cancel-plan').textContent = planName(subscription().plan);
if (subscription().state === 'cancelled') show('cancelled');

onValidSubmit(document.querySelector('#cancel-form'), () => {
  pushEvent('cancel_intent', { plan: planName(subscription().plan) });
  show('confirm');
});
document.querySelector('#confirm-cancel-button').addEventListener('click', () => decide('cancelled', 'cancel_confirmed'));
for (const button of document.querySelectorAll('[data-keep-plan]')) {
  button.addEventListener('click', () => decide('kept', 'cancel_saved'));
}

function decide(step, event) {
  changeSubscription({ state: step === 'cancelled' ? 'cancelled' : 'active' });
  pushEvent(event, { plan: planName(subscription().plan) });
  show(step);
}

function show(step) {
  for (const each of steps) document.querySelector(`#step-${each}`).hidden = each !== step;
  document.querySelector(`#step-${step} h2`).focus();
}
