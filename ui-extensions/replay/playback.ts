/** What the controls steer: time, speed and tab of the session, over one replayer at a time. */
import { replayTab, type TabReplay, type TabReplayOptions } from './tab-replay.ts';
import { frameAt, idleAt, type LoadedFrame, type Timeline, type TimelineTab, tabAt } from './timeline.ts';

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
  /** The part that is wanted is not there yet, or could not be loaded. */
  readonly waiting: 'loading' | 'failed' | null;
}

export interface PlaybackOptions {
  readonly root: HTMLElement;
  onResize: TabReplayOptions['onResize'];
  /** Called on every frame while it plays, and on every change. */
  onChange(state: PlaybackState): void;
}

/** How long the note about a skipped pause stays. */
const skippedForMs = 1_200;
/** About a second. */
const stoodFrames = 60;
/** A replayer that was given so many frames is followed by a new one, so that it never holds an hour. */
const longestChain = 16;

/** The frames that the replayer has, of one tab. */
interface Chain {
  readonly tab: number;
  readonly first: number;
  last: number;
}

interface Place {
  readonly ms: number;
  readonly tab: number;
  readonly frame: number;
  readonly playing: boolean;
}

export class Playback {
  readonly #timeline: Timeline;
  readonly #options: PlaybackOptions;
  readonly #ending = new AbortController();
  #state: PlaybackState = { ms: 0, playing: false, ended: false, speed: 1, skipIdle: true, tab: -1, skipped: false, waiting: null };
  #replay: TabReplay | null = null;
  #chain: Chain | null = null;
  #skippedAt = 0;
  #stoodAt = 0;
  /** Looks in a row at which it stood at the same moment. */
  #stood = 0;
  /** Counts what was asked for: what comes too late is not shown. */
  #asked = 0;
  #extending = false;

  constructor(timeline: Timeline, options: PlaybackOptions) {
    this.#timeline = timeline;
    this.#options = options;
    // A recorded rule or node that the browser refuses stops the replayer's clock; the moment after it can still be shown.
    const goOn = () => this.#state.playing && this.#go(this.#state.ms + 50, this.#state.tab, true);
    addEventListener('error', goOn, { signal: this.ending });
    this.#watch();
  }

  /** Aborted by `end`. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** For good: nothing of it goes on. */
  end(): void {
    this.#ending.abort();
    this.#asked += 1;
    this.#replay?.destroy();
    this.#replay = null;
    this.#state = { ...this.#state, playing: false };
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
    this.#replay?.hold();
    this.#change({ playing: false });
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
    const place = { ms: at, tab, frame: frameAt(shown, at), playing };
    this.#asked += 1;
    // The replayer begins anew at the last page it has: so one that has come far is not asked to go back.
    if (this.#chain?.tab === tab && this.#chain.first === place.frame) return this.#show(place);
    const loaded = shown.frames[place.frame]?.load();
    if (loaded instanceof Promise) void this.#await(place, loaded);
    else if (loaded !== undefined) this.#open(place, loaded);
  }

  async #await(place: Place, coming: Promise<LoadedFrame>): Promise<void> {
    const asked = this.#asked;
    const { ms, tab, playing } = place;
    this.#replay?.hold();
    this.#change({ ms, tab, playing, ended: false, waiting: 'loading' });
    try {
      const loaded = await coming;
      if (asked === this.#asked) this.#open({ ...place, playing: this.#state.playing }, loaded);
    } catch {
      if (asked === this.#asked) this.#change({ playing: false, waiting: 'failed' });
    }
  }

  #open(place: Place, { events }: LoadedFrame): void {
    const [tab, frame] = [this.#timeline.tabs[place.tab], this.#timeline.tabs[place.tab]?.frames[place.frame]];
    if (tab === undefined || frame === undefined || events.length === 0) return this.#change({ playing: false, waiting: 'failed' });
    this.#replay?.destroy();
    const { root, onResize } = this.#options;
    this.#replay = replayTab({ span: tab, startMs: frame.startMs, events }, { root, onResize, speed: this.#state.speed });
    this.#chain = { tab: place.tab, first: place.frame, last: place.frame };
    this.#show(place);
  }

  #show({ ms, tab, playing }: Place): void {
    this.#stood = 0;
    if (playing) this.#replay?.play(ms);
    else this.#replay?.pause(ms);
    this.#change({ ms, playing, tab, ended: false, waiting: null });
  }

  /** Fetches the frame after the last while that is being played. */
  async #extend(chain: Chain): Promise<void> {
    const next = this.#timeline.tabs[chain.tab]?.frames[chain.last + 1];
    if (this.#extending || next === undefined || chain.last - chain.first >= longestChain) return;
    this.#extending = true;
    try {
      const loaded = await next.load();
      if (this.#chain !== chain) return;
      this.#replay?.append(loaded.events.slice(loaded.lead()));
      chain.last += 1;
    } catch {
      // It is asked for again when it is reached, and then the viewer is told.
    } finally {
      this.#extending = false;
    }
  }

  #watch(): void {
    if (this.ending.aborted) return;
    requestAnimationFrame(() => this.#watch());
    if (this.#state.skipped && performance.now() - this.#skippedAt > skippedForMs) this.#change({ skipped: false });
    const tab = this.#timeline.tabs[this.#state.tab];
    if (!this.#state.playing || this.#replay === null || tab === undefined) return;
    const chain = this.#chain;
    if (this.#state.waiting !== null || chain === null) return;
    const ms = this.#replay.now();
    const idle = this.#state.skipIdle ? idleAt(tab, ms) : null;
    if (idle !== null) return this.#skipTo(idle.endMs);
    if (frameAt(tab, ms) >= chain.last) void this.#extend(chain);
    this.#goOn(chain, tab, this.#standsAt(ms) ? Number.POSITIVE_INFINITY : ms);
  }

  /** @param ms infinite where everything that was loaded is shown. */
  #goOn({ last }: Chain, tab: TimelineTab, ms: number): void {
    const next = tab.frames[last + 1];
    if (next !== undefined && ms >= (tab.frames[last]?.endMs ?? 0)) return this.#go(next.startMs, this.#state.tab, true);
    if (ms < tab.endMs) return this.#change({ ms });
    this.#finishTab(tab.endMs);
  }

  /** The replayer stops its clock when it has shown all that it had, also a moment before what follows came. */
  #standsAt(ms: number): boolean {
    this.#stood = ms === this.#stoodAt ? this.#stood + 1 : 0;
    this.#stoodAt = ms;
    return this.#stood > stoodFrames;
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
    this.#replay?.hold();
    this.#change({ ms: endMs, playing: false, ended: true });
  }
}
