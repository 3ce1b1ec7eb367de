import { toast } from './toast.js';

/** Buttons and menus of Slack messages: tells the sandbox, which tells the app. */
export function watchButtons() {
  const messages = document.querySelector('[data-channel]');
  if (!messages) return;
  messages.addEventListener('click', async (event) => {
    const control = event.target.closest('[data-action]');
    if (control && control.localName !== 'select') await press(control, messages.dataset.channel);
  });
  messages.addEventListener('change', async (event) => {
    const control = event.target.closest('select[data-action]');
    if (control?.value) await press(control, messages.dataset.channel, control.value);
  });
}

async function press(control, channelId, option) {
  const isLink = control.localName === 'a';
  if (control.dataset.ask && !window.confirm(control.dataset.ask)) return;
  const body = new URLSearchParams({
    channelId,
    ts: control.closest('[data-ts]').dataset.ts,
    blockId: control.closest('[data-block]').dataset.block,
    actionId: control.dataset.action,
    ...(option ? { option } : {}),
  });
  if (!isLink) control.disabled = true;
  const told = await tell(body);
  control.disabled = false;
  if (control.localName === 'select') {
    control.value = '';
    control.blur();
  }
  if (told && !isLink) toast(told);
}

async function tell(body) {
  try {
    const response = await fetch('/slack/press', { method: 'POST', body });
    return (await response.json()).problem;
  } catch {
    return 'The sandbox did not answer.';
  }
}
