import { type Html, html } from './html.ts';

const steps: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
];

/** "3 minutes ago", with the moment itself behind it. */
export function ago(moment: string, now: Date): Html {
  return html`<time datetime="${moment}" title="${moment}">${agoText(Date.parse(moment), now)}</time>`;
}

function agoText(at: number, now: Date): string {
  const seconds = Math.round((now.getTime() - at) / 1000);
  if (Number.isNaN(seconds)) return '';
  const step = steps.find(([size]) => Math.abs(seconds) >= size);
  if (!step) return 'just now';
  const count = Math.floor(Math.abs(seconds) / step[0]);
  const text = `${count} ${step[1]}${count === 1 ? '' : 's'}`;
  return seconds > 0 ? `${text} ago` : `in ${text}`;
}

/** "5 Oct 2026, 07:30 UTC" */
export function moment(iso: string): Html {
  const at = new Date(iso);
  const text = Number.isNaN(at.getTime()) ? iso : `${dayOf(at)}, ${at.toISOString().slice(11, 16)} UTC`;
  return html`<time datetime="${iso}">${text}</time>`;
}

export function dayOf(at: Date): string {
  return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}
