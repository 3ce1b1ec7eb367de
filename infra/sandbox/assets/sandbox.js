import { keepFresh } from './live.js';
import { watchButtons } from './slack.js';
import { toast } from './toast.js';

keepFresh(2000);
watchButtons();

document.addEventListener('submit', (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener('change', (event) => {
  event.target.closest('form[data-submit-on-change]')?.requestSubmit();
});

const told = new URLSearchParams(location.search).get('told');
if (told) toast(told);
