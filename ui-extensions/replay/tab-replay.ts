/** One tab's recording in rrweb's replayer: the recorded page, in a sandboxed frame with scripts off. */
import { type eventWithTime, Replayer, ReplayerEvents } from 'rrweb';
import * as z from 'zod';
import { replayedStyles } from './replayed-styles.ts';
import type { Span } from './timeline.ts';

export interface TabReplay {
  play(ms: number): void;
  pause(ms: number): void;
  /** Stands still where it is. */
  hold(): void;
  /** What comes after its last event. */
  append(events: readonly eventWithTime[]): void;
  /** Milliseconds of the session. */
  now(): number;
  setSpeed(speed: number): void;
  destroy(): void;
}

export const dimension = z.object({ width: z.coerce.number(), height: z.coerce.number() });

export interface TabReplayOptions {
  readonly root: HTMLElement;
  readonly speed: number;
  onResize(width: number, height: number): void;
}

export interface Played {
  /** Of the tab. */
  readonly span: Span;
  /** Where the first event lies. */
  readonly startMs: number;
  /** Stripped: see `strip/strip-events.ts`. */
  readonly events: readonly eventWithTime[];
}

/** `UNSAFE_replayCanvas` would let the recording run scripts: never. */
export function replayTab({ span, startMs, events }: Played, options: TabReplayOptions): TabReplay {
  const replayer = new Replayer([...events], {
    root: options.root,
    speed: options.speed,
    skipInactive: false,
    triggerFocus: false,
    showWarning: false,
    insertStyleRules: replayedStyles,
    mouseTail: { duration: 600, lineCap: 'round', lineWidth: 2, strokeStyle: '#f59f00' },
  });
  seclude(replayer.iframe);
  replayer.on(ReplayerEvents.Resize, (size) => {
    const parsed = dimension.safeParse(size);
    if (parsed.success) options.onResize(parsed.data.width, parsed.data.height);
  });
  const offset = (ms: number) => Math.max(ms - startMs, firstFrame(events));
  return {
    play: (ms) => replayer.play(offset(ms)),
    pause: (ms) => replayer.pause(offset(ms)),
    hold: () => replayer.pause(),
    append: (more) => {
      for (const event of more) replayer.addEvent(event);
    },
    now: () => Math.min(replayer.getCurrentTime() + startMs, span.endMs),
    setSpeed: (speed) => replayer.setConfig({ speed }),
    destroy: () => replayer.destroy(),
  };
}

/** Just behind the first page: at 0 the replayer has not built it yet, and would show what was there before. */
function firstFrame(events: readonly eventWithTime[]): number {
  return events.length > 1 ? 1 : 0;
}

/** The page can be looked at and nothing else: no focus, no keyboard, no pointer. */
export function seclude(frame: HTMLIFrameElement): void {
  frame.inert = true;
  frame.tabIndex = -1;
  frame.title = 'Recorded page';
  frame.referrerPolicy = 'no-referrer';
}
