/** The row under a live page: how things stand, and the way to what was before and back. */
import { make } from '../ui/element.ts';

export type LiveStanding = 'live' | 'waiting' | 'broken' | 'behind' | 'left' | 'lost';

export interface LiveBar {
  readonly element: HTMLElement;
  show(standing: LiveStanding, page: string): void;
}

const words: Readonly<Record<LiveStanding, string>> = {
  live: 'Live, a few seconds behind',
  waiting: 'Waiting for the first moments',
  broken: 'The connection was lost. Connecting again…',
  behind: 'The visit goes on',
  left: 'The visitor has left: this is now the replay',
  lost: 'This cannot be followed any more: go back and open it again',
};

export function makeLiveBar(on: { lookBack(): void; jumpToLive(): void }): LiveBar {
  const badge = make('span', { class: 'live', text: 'Live' });
  const text = make('span', { class: 'live-words', attributes: { role: 'status' } });
  const page = make('span', { class: 'live-page' });
  const back = make('button', { class: 'toggle', text: 'Pause and look back', attributes: { type: 'button' }, onClick: on.lookBack });
  const jump = make('button', { class: 'toggle', text: 'Jump to live', attributes: { type: 'button' }, onClick: on.jumpToLive });
  return {
    element: make('div', { class: 'live-bar' }, badge, text, page, make('span', { class: 'gap' }), back, jump),
    show(standing, title) {
      badge.hidden = standing === 'left' || standing === 'lost';
      badge.classList.toggle('paused', standing !== 'live');
      back.hidden = standing !== 'live' && standing !== 'broken';
      jump.hidden = standing !== 'behind';
      if (text.textContent !== words[standing]) text.textContent = words[standing];
      page.textContent = standing === 'live' ? title : '';
    },
  };
}
