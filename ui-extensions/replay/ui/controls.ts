/** The row under the bar: play, time, tab, speed, skip idle, list. */
import { formatTime } from '../format-time.ts';
import { type Playback, type PlaybackState, speeds } from '../playback.ts';
import type { Timeline } from '../timeline.ts';
import { type IconName, icon, make } from './element.ts';

export interface Controls {
  readonly element: HTMLElement;
  show(state: PlaybackState): void;
}

export interface ControlsOptions {
  readonly timeline: Timeline;
  readonly live: boolean;
  readonly playback: Playback;
  readonly listButton: HTMLElement;
}

export function makeControls({ timeline, live, playback, listButton }: ControlsOptions): Controls {
  const play = playButton(() => playback.toggle());
  const time = make('span', { class: 'time' });
  const skip = make(
    'button',
    {
      class: 'toggle',
      title: 'Skip the time in which nothing happens',
      attributes: { type: 'button' },
      onClick: () => playback.setSkipIdle(!playback.state.skipIdle),
    },
    icon('skip'),
    make('span', { class: 'label', text: 'Skip idle' }),
  );
  skip.setAttribute('aria-label', 'Skip idle');
  const speed = speedGroup((value) => playback.setSpeed(value));
  const tab = tabChooser(timeline, (chosen) => playback.chooseTab(chosen));
  const badge = live ? [make('span', { class: 'live', text: 'Live', title: 'The visit goes on' })] : [];
  return {
    element: make(
      'div',
      { class: 'controls' },
      play.element,
      time,
      ...badge,
      make('span', { class: 'gap' }),
      ...tab.elements,
      speed.element,
      skip,
      listButton,
    ),
    show(state) {
      play.show(state);
      speed.show(state.speed);
      tab.show(state.tab);
      skip.setAttribute('aria-pressed', String(state.skipIdle));
      const text = `${formatTime(state.ms)} / ${formatTime(timeline.endMs)}`;
      if (time.textContent !== text) time.textContent = text;
    },
  };
}

function playButton(onClick: () => void) {
  const element = make('button', { class: 'play', attributes: { type: 'button' }, onClick });
  let shown: IconName | null = null;
  return {
    element,
    show({ playing, ended }: PlaybackState) {
      const name: IconName = playing ? 'pause' : ended ? 'again' : 'play';
      if (name === shown) return;
      shown = name;
      const label = { play: 'Play', pause: 'Pause', again: 'Play again' }[name];
      element.replaceChildren(icon(name));
      element.setAttribute('aria-label', label);
      element.title = `${label} (space)`;
    },
  };
}

function speedGroup(choose: (speed: number) => void) {
  const buttons = speeds.map((speed, index) =>
    make('button', {
      text: `${speed}×`,
      title: `${speed}× speed (${index + 1})`,
      attributes: { type: 'button', 'aria-label': `${speed}× speed` },
      onClick: () => choose(speed),
    }),
  );
  return {
    element: make('div', { class: 'speeds', attributes: { role: 'group', 'aria-label': 'Speed' } }, ...buttons),
    show(speed: number) {
      for (const [index, button] of buttons.entries()) button.setAttribute('aria-pressed', String(speeds[index] === speed));
    },
  };
}

function tabChooser(timeline: Timeline, choose: (tab: number) => void) {
  const options = timeline.tabs.map((tab, index) =>
    make('option', { text: `Tab ${index + 1} · from ${formatTime(tab.startMs)}`, attributes: { value: String(index) } }),
  );
  const select = make('select', { class: 'tabs', attributes: { 'aria-label': 'Browser tab' } }, ...options);
  select.addEventListener('change', () => choose(Number(select.value)));
  return {
    elements: timeline.tabs.length > 1 ? [select] : [],
    show(tab: number) {
      if (select.value !== String(tab)) select.value = String(tab);
    },
  };
}
