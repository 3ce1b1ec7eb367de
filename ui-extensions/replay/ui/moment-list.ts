/** Pages and marks as a list to jump from: what the bar shows, for the keyboard and for reading. */
import type { RecordingHead } from '#contract/recording.ts';
import { formatTime } from '../format-time.ts';
import type { PlaybackState } from '../playback.ts';
import { icon, make } from './element.ts';
import { markKind, markText } from './mark-words.ts';

export interface MomentList {
  readonly element: HTMLElement;
  show(state: PlaybackState): void;
}

interface Moment {
  readonly ms: number;
  readonly button: HTMLButtonElement;
  readonly isPage: boolean;
}

const maxMoments = 1_000;

export function makeMomentList(recording: RecordingHead, seek: (ms: number) => void, close: () => void): MomentList {
  const pages = recording.pages.map((page) =>
    moment(page.offsetMs, { look: 'page-moment', text: page.title || page.path, detail: page.path }),
  );
  const marks = recording.marks.map((mark) =>
    moment(mark.offsetMs, { look: `mark ${markKind(mark.type)}`, text: markText(mark), detail: '' }),
  );
  const moments = [...pages, ...marks]
    .toSorted((one, other) => one.ms - other.ms || Number(other.isPage) - Number(one.isPage))
    .slice(0, maxMoments);

  function moment(ms: number, { look, text, detail }: { look: string; text: string; detail: string }): Moment {
    const words = make('span', { class: 'moment-words' }, make('span', { class: 'moment-text', text }));
    if (detail !== '' && detail !== text) words.append(make('span', { class: 'moment-detail', text: detail }));
    const time = make('time', { text: formatTime(ms) });
    const button = make(
      'button',
      { class: `moment ${look}`, title: text, attributes: { type: 'button' }, onClick: () => seek(ms) },
      time,
      words,
    );
    return { ms, button, isPage: look === 'page-moment' };
  }

  const items = moments.map(({ button }) => make('li', {}, button));
  const heading = make('header', {}, make('h2', { text: 'Pages and moments' }), closeButton(close));
  const empty = make('p', { class: 'hint', text: 'No pages or events were noted in this session.' });
  const element = make(
    'aside',
    { class: 'moments', attributes: { 'aria-label': 'Pages and moments' } },
    heading,
    items.length > 0 ? make('ol', {}, ...items) : empty,
  );
  let shown: HTMLButtonElement | undefined;
  return {
    element,
    show({ ms }) {
      const now = moments.findLast((one) => one.isPage && one.ms <= ms)?.button;
      if (now === shown) return;
      shown?.removeAttribute('aria-current');
      now?.setAttribute('aria-current', 'true');
      shown = now;
    },
  };
}

function closeButton(close: () => void): HTMLButtonElement {
  return make(
    'button',
    { class: 'icon-button', title: 'Close the list', attributes: { type: 'button', 'aria-label': 'Close the list' }, onClick: close },
    icon('close'),
  );
}
