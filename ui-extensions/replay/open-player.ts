/** Puts the player together for one recording. */
import type { PlayerIndex, PlayerRecording, RecordingHead } from '#contract/recording.ts';
import { linkApp } from './app-link.ts';
import { frameLoader } from './load-frames.ts';
import { Playback, type PlaybackState } from './playback.ts';
import { startBudget } from './strip/budget.ts';
import { stripEvents } from './strip/strip-events.ts';
import { indexedTimeline, readTimeline, type Timeline } from './timeline.ts';
import { makeControls } from './ui/controls.ts';
import { icon, make } from './ui/element.ts';
import { watchKeys } from './ui/keys.ts';
import { makeMomentList } from './ui/moment-list.ts';
import { makeNotices } from './ui/notices.ts';
import { makeScrubBar } from './ui/scrub-bar.ts';
import { makeStage } from './ui/stage.ts';

export interface OpenPlayer {
  readonly element: HTMLElement;
  /** Once the element is in the document. */
  start(startMs: number, plays?: boolean): void;
  /** For who takes the element away and goes on with another. */
  end(): void;
}

/** A recording that was read whole. Null when nothing in it can be played. Throws a `Failure` of kind `tooLarge`. */
export function openWhole(recording: PlayerRecording): OpenPlayer | null {
  const budget = startBudget();
  const timeline = readTimeline(recording.tabs.map((tab) => stripEvents(tab.events, budget)));
  const { missingChunks } = recording;
  return timeline.tabs.length === 0 ? null : assemble(recording, timeline, makeNotices({ missingChunks, leftOut: budget.leftOut() }));
}

/** One of which the index is known. Its parts are loaded when they are wanted. */
export function openIndexed({ token, tabs, first, ...head }: PlayerIndex): OpenPlayer | null {
  const notices = make('div', {}, ...makeNotices({ missingChunks: head.missingChunks, leftOut: 0 }));
  const onLeftOut = () => notices.replaceChildren(...makeNotices({ missingChunks: head.missingChunks, leftOut: 1 }));
  const timeline = indexedTimeline(tabs ?? [], frameLoader({ token, first, onLeftOut }));
  return timeline.tabs.length === 0 ? null : assemble(head, timeline, [notices]);
}

function assemble(recording: RecordingHead, timeline: Timeline, notices: readonly HTMLElement[]): OpenPlayer {
  const show: ((state: PlaybackState) => void)[] = [];
  const stage = makeStage(() => playback.toggle());
  const playback: Playback = new Playback(timeline, {
    root: stage.root,
    onResize: stage.resize,
    onChange: (state) => {
      for (const part of show) part(state);
    },
  });
  const link = linkApp((ms) => playback.seek(ms), playback.ending);
  const seek = (ms: number) => playback.seek(ms);
  const panel = makePanel();
  const list = makeMomentList(recording, seek, panel.toggle);
  const bar = makeScrubBar(recording, timeline, seek);
  const controls = makeControls({ timeline, live: recording.live, playback, listButton: panel.button });
  show.push(list.show, bar.show, controls.show, link.tellTime, (state) => stage.note(noteOf(state)));
  const heading = make('h1', { class: 'unseen', text: 'Session replay' });
  const main = make(
    'main',
    { class: 'watch' },
    heading,
    ...notices,
    stage.element,
    make('div', { class: 'bar' }, bar.element, controls.element),
  );
  panel.attach(main, list.element);
  return {
    element: make('div', { class: 'player' }, main, list.element),
    start(startMs, plays = true) {
      watchKeys(playback);
      playback.seek(startMs);
      if (plays && !matchMedia('(prefers-reduced-motion: reduce)').matches) playback.play();
    },
    end: () => playback.end(),
  };
}

function noteOf({ skipped, waiting }: PlaybackState): string {
  if (waiting === 'loading') return 'Loading…';
  if (waiting === 'failed') return 'This part could not be loaded. Press play to try again, or open the replay again.';
  return skipped ? 'Skipping idle time' : '';
}

/** The list opens by itself where there is room for it. */
function makePanel() {
  const button = make(
    'button',
    { class: 'toggle list-toggle', title: 'Pages and moments', attributes: { type: 'button' } },
    icon('list'),
    make('span', { class: 'label', text: 'Pages' }),
  );
  let toggle = () => {};
  button.setAttribute('aria-label', 'Pages and moments');
  button.addEventListener('click', () => toggle());
  return {
    button,
    toggle: () => {
      toggle();
      button.focus();
    },
    attach(main: HTMLElement, panel: HTMLElement) {
      const set = (open: boolean): void => {
        panel.hidden = !open;
        button.setAttribute('aria-expanded', String(open));
        main.classList.toggle('with-list', open);
      };
      toggle = () => set(panel.hidden !== false);
      set(matchMedia('(min-width: 1080px)').matches);
    },
  };
}
