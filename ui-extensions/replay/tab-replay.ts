/** One tab's recording in rrweb's replayer: the recorded page, in a sandboxed frame with scripts off. */
import { type eventWithTime, Replayer, ReplayerEvents } from 'rrweb';
import * as z from 'zod';
import { replayedStyles } from './replayed-styles.ts';
import type { TimelineTab } from './timeline.ts';

export interface TabReplay {
  play(ms: number): void;
  pause(ms: number): void;
  /** Milliseconds of the session. */
  now(): number;
  setSpeed(speed: number): void;
  destroy(): void;
}

const dimension = z.object({ width: z.coerce.number(), height: z.coerce.number() });

export interface TabReplayOptions {
  readonly root: HTMLElement;
  readonly speed: number;
  onResize(width: number, height: number): void;
}

/** `tab.events` have been stripped: see `strip/strip-events.ts`. `UNSAFE_replayCanvas` would let the recording run scripts: never. */
export function replayTab(tab: TimelineTab, options: TabReplayOptions): TabReplay {
  const replayer = new Replayer([...tab.events], {
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
  const offset = (ms: number) => Math.max(ms - tab.startMs, firstFrame(tab.events));
  return {
    play: (ms) => replayer.play(offset(ms)),
    pause: (ms) => replayer.pause(offset(ms)),
    now: () => Math.min(replayer.getCurrentTime() + tab.startMs, tab.endMs),
    setSpeed: (speed) => replayer.setConfig({ speed }),
    destroy: () => replayer.destroy(),
  };
}

/** Just behind the first page: at 0 the replayer has not built it yet, and would show what was there before. */
function firstFrame(events: readonly eventWithTime[]): number {
  return events.length > 1 ? 1 : 0;
}

/** The page can be looked at and nothing else: no focus, no keyboard, no pointer. */
function seclude(frame: HTMLIFrameElement): void {
  frame.inert = true;
  frame.tabIndex = -1;
  frame.title = 'Recorded page';
  frame.referrerPolicy = 'no-referrer';
}
