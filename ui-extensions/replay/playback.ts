/** What the controls steer: time, speed and tab of the session, over one replayer at a time. */
import { replayTab, type TabReplay, type TabReplayOptions } from './tab-replay.ts';
import { idleAt, type Timeline, tabAt } from './timeline.ts';

export const speeds = [1, 2, 4, 8] as const;

export interface PlaybackState {
  /** Milliseconds of the session. */
  readonly ms: number;
  readonly playing: boolean;
  readonly ended: boolean;
  readonly speed: number;
  readonly skipIdle: boolean;
  /** Position in the timeline's tabs; -1 before the first is shown. */
  readonly tab: number;
  /** A pause in the visit was passed over just now. */
  readonly skipped: boolean;
}

export interface PlaybackOptions {
  readonly root: HTMLElement;
  onResize: TabReplayOptions['onResize'];
  /** Called on every frame while it plays, and on every change. */
  onChange(state: PlaybackState): void;
}

/** How long the note about a skipped pause stays. */
const skippedForMs = 1_200;

export class Playback {
  readonly #timeline: Timeline;
  readonly #options: PlaybackOptions;
  #state: PlaybackState = { ms: 0, playing: false, ended: false, speed: 1, skipIdle: true, tab: -1, skipped: false };
  #replay: TabReplay | null = null;
  #skippedAt = 0;

  constructor(timeline: Timeline, options: PlaybackOptions) {
    this.#timeline = timeline;
    this.#options = options;
    // A recorded rule or node that the browser refuses stops the replayer's clock; the moment after it can still be shown.
    addEventListener('error', () => this.#state.playing && this.#go(this.#state.ms + 50, this.#state.tab, true));
    this.#watch();
  }

  get state(): PlaybackState {
    return this.#state;
  }

  toggle(): void {
    if (this.#state.playing) this.pause();
    else this.play();
  }

  /** From the beginning when it has come to its end. */
  play(): void {
    const { ended, ms, tab } = this.#state;
    this.#go(ended ? 0 : ms, ended ? tabAt(this.#timeline, 0, 0) : tab, true);
  }

  pause(): void {
    this.#go(this.#state.ms, this.#state.tab, false);
  }

  seek(ms: number): void {
    this.#go(ms, tabAt(this.#timeline, ms, this.#state.tab), this.#state.playing);
  }

  setSpeed(speed: number): void {
    this.#replay?.setSpeed(speed);
    this.#change({ speed });
  }

  setSkipIdle(skipIdle: boolean): void {
    this.#change({ skipIdle });
  }

  chooseTab(tab: number): void {
    this.#go(this.#state.ms, tab, this.#state.playing);
  }

  #change(part: Partial<PlaybackState>): void {
    this.#state = { ...this.#state, ...part };
    this.#options.onChange(this.#state);
  }

  /** Shows the moment of the tab, and plays on from there or stands still. */
  #go(ms: number, wanted: number, playing: boolean): void {
    const tab = Math.max(0, wanted);
    const shown = this.#timeline.tabs[tab];
    if (shown === undefined) return;
    const at = Math.min(Math.max(ms, shown.startMs), shown.endMs);
    this.#open(tab);
    if (playing) this.#replay?.play(at);
    else this.#replay?.pause(at);
    this.#change({ ms: at, playing, tab, ended: false });
  }

  #open(tab: number): void {
    const chosen = this.#timeline.tabs[tab];
    if (tab === this.#state.tab || chosen === undefined) return;
    this.#replay?.destroy();
    const { root, onResize } = this.#options;
    this.#replay = replayTab(chosen, { root, onResize, speed: this.#state.speed });
  }

  #watch(): void {
    requestAnimationFrame(() => this.#watch());
    if (this.#state.skipped && performance.now() - this.#skippedAt > skippedForMs) this.#change({ skipped: false });
    const tab = this.#timeline.tabs[this.#state.tab];
    if (!this.#state.playing || this.#replay === null || tab === undefined) return;
    const ms = this.#replay.now();
    const idle = this.#state.skipIdle ? idleAt(tab, ms) : null;
    if (idle !== null) return this.#skipTo(idle.endMs);
    if (ms < tab.endMs) return this.#change({ ms });
    this.#finishTab(tab.endMs);
  }

  #skipTo(ms: number): void {
    this.#skippedAt = performance.now();
    this.#state = { ...this.#state, skipped: true };
    this.#go(ms, this.#state.tab, true);
  }

  /** On to the tab that goes on after this one, or to the end. */
  #finishTab(endMs: number): void {
    const next = this.#timeline.tabs.findIndex((tab, index) => index !== this.#state.tab && tab.endMs > endMs);
    if (next !== -1) return this.#go(endMs, tabAt(this.#timeline, endMs + 1, next), true);
    this.#replay?.pause(endMs);
    this.#change({ ms: endMs, playing: false, ended: true });
  }
}
