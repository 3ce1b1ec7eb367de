/** What the player shows when there is nothing to play. */
import { make } from './element.ts';

export type MessageKind = 'loading' | 'empty' | 'expired' | 'failed' | 'tooLarge';

const words: Readonly<Record<MessageKind, { readonly title: string; readonly text: string }>> = {
  loading: { title: 'Loading the replay', text: '' },
  empty: {
    title: 'No recording',
    text: 'No recording was kept for this session, because recording was off, the visitor did not agree to it, or its time of keeping has passed.',
  },
  expired: { title: 'Link expired', text: 'This replay link has expired. Go back and open it again.' },
  failed: { title: 'The replay did not load', text: 'Something went wrong on the way. Check your connection and try again.' },
  tooLarge: {
    title: 'Too large to play',
    text: 'This recording is too large to play safely. The pages and events of the session are still in its timeline.',
  },
};

/** `retry` adds a button where trying again can help. */
export function makeMessage(kind: MessageKind, retry?: () => void): HTMLElement {
  const { title, text } = words[kind];
  const role = kind === 'loading' || kind === 'empty' ? 'status' : 'alert';
  const element = make('section', { class: `message ${kind}`, attributes: { role } }, make('h1', { text: title }));
  if (kind === 'loading') element.prepend(make('div', { class: 'spinner' }));
  if (text !== '') element.append(make('p', { text }));
  if (retry !== undefined)
    element.append(make('button', { class: 'primary', text: 'Try again', attributes: { type: 'button' }, onClick: retry }));
  return element;
}
