import { onValidSubmit } from '../check-form.js';
import { pushEvent } from '../data-layer.js';
import { bindPasswordToggles } from '../password-toggle.js';
import { sendAndThank } from '../send-form.js';

const form = document.querySelector('#signup-form');
const wanted = new URLSearchParams(location.search).get('plan');
for (const radio of form.querySelectorAll('[name="plan"]')) radio.checked ||= radio.value === wanted;

bindPasswordToggles();
onValidSubmit(form, async () => {
  const plan = form.elements.plan.value;
  if (await sendAndThank(form, 'trial-signup', document.querySelector('#signup-thanks'))) pushEvent('sign_up', { method: 'email', plan });
});
