/** The session's time as a bar: pages, pauses, marks to jump to, and a thumb to drag. */
import type { RecordingHead } from '#contract/recording.ts';
import { formatTime, speakTime } from '../format-time.ts';
import type { PlaybackState } from '../playback.ts';
import type { Timeline } from '../timeline.ts';
import { make } from './element.ts';
import { markKind, markText } from './mark-words.ts';

export interface ScrubBar {
  readonly element: HTMLElement;
  show(state: PlaybackState): void;
}

type Place = (ms: number) => string;

/** More would be a smear; the list next to the player holds them all. */
const maxMarks = 200;

export function makeScrubBar(recording: RecordingHead, timeline: Timeline, seek: (ms: number) => void): ScrubBar {
  const place: Place = (ms) => `${timeline.endMs === 0 ? 0 : Math.min(100, (ms / timeline.endMs) * 100)}%`;
  const played = make('div', { class: 'played' });
  const idle = make('div', { class: 'idle-spans' });
  const range = makeRange(timeline.endMs, seek);
  const track = make('div', { class: 'track' }, idle, played);
  let shownTab = -1;
  return {
    element: make('div', { class: 'scrub' }, track, range, ...makeMarks(recording, place, seek)),
    show({ ms, tab }) {
      if (tab !== shownTab) idle.replaceChildren(...idleBars(timeline, tab, place));
      shownTab = tab;
      played.style.width = place(ms);
      range.value = String(Math.round(ms));
      range.setAttribute('aria-valuetext', `${speakTime(ms)} of ${speakTime(timeline.endMs)}`);
    },
  };
}

function makeRange(endMs: number, seek: (ms: number) => void): HTMLInputElement {
  const attributes = {
    type: 'range',
    min: '0',
    max: String(Math.max(1, Math.round(endMs))),
    step: '1',
    value: '0',
    'aria-label': 'Position',
  };
  const range = make('input', { class: 'range', attributes });
  range.addEventListener('input', () => seek(Number(range.value)));
  return range;
}

/** Reached with the pointer; the list next to the player is the way of the keyboard. */
function makeMarks({ marks, pages }: RecordingHead, place: Place, seek: (ms: number) => void): HTMLElement[] {
  const jump = (offsetMs: number, look: string, text: string) => {
    const label = `${formatTime(offsetMs)} ${text}`;
    const attributes = { type: 'button', tabindex: '-1', 'aria-label': label };
    const button = make('button', { class: look, title: label, attributes, onClick: () => seek(offsetMs) });
    button.style.left = place(offsetMs);
    return button;
  };
  const markButtons = marks.slice(0, maxMarks).map((mark) => jump(mark.offsetMs, `mark ${markKind(mark.type)}`, markText(mark)));
  const pageButtons = pages.slice(0, maxMarks).map((page) => jump(page.offsetMs, 'page-mark', page.title || page.path));
  return [make('div', { class: 'marks' }, ...markButtons), make('div', { class: 'page-marks' }, ...pageButtons)];
}

function idleBars(timeline: Timeline, tab: number, place: Place): HTMLElement[] {
  return (timeline.tabs[tab]?.idle ?? []).map((span) => {
    const bar = make('div', { class: 'idle-span' });
    bar.style.left = place(span.startMs);
    bar.style.width = `calc(${place(span.endMs)} - ${place(span.startMs)})`;
    return bar;
  });
}
