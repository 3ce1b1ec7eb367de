import { onValidSubmit } from '../check-form.js';
import { pushEvent } from '../data-layer.js';
import { sendAndThank } from '../send-form.js';

const thanks = document.querySelector('#demo-thanks');
onValidSubmit(document.querySelector('#demo-form'), async (form) => {
  if (await sendAndThank(form, 'demo-request', thanks)) pushEvent('generate_lead', { form_id: form.id, lead_source: 'demo request' });
});
