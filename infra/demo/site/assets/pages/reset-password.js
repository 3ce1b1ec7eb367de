import { onValidSubmit } from '../check-form.js';
import { sendAndThank } from '../send-form.js';

onValidSubmit(document.querySelector('#reset-form'), (form) =>
  sendAndThank(form, 'password-reset', document.querySelector('#reset-thanks')),
);
