/** One tab as it is now: rrweb plays what comes in, a few seconds behind the visitor, so that it moves without a jerk. */
import { EventType, type eventWithTime, Replayer, ReplayerEvents } from 'rrweb';
import { replayedStyles } from '../replayed-styles.ts';
import { dimension, seclude } from '../tab-replay.ts';

export interface LiveTab {
  add(events: readonly eventWithTime[]): void;
  destroy(): void;
}

export interface LiveTabOptions {
  readonly root: HTMLElement;
  onResize(width: number, height: number): void;
}

/** The snippet sends every five seconds at the latest. */
const behindMs = 5000;

/** `events` are stripped and hold a page. `UNSAFE_replayCanvas` would let the recording run scripts: never. */
export function showLiveTab(events: readonly eventWithTime[], { root, onResize }: LiveTabOptions): LiveTab {
  const replayer = new Replayer([], {
    ...{ root, liveMode: true, triggerFocus: false, showWarning: false, insertStyleRules: replayedStyles },
    mouseTail: { duration: 600, lineCap: 'round', lineWidth: 2, strokeStyle: '#f59f00' },
  });
  seclude(replayer.iframe);
  replayer.on(ReplayerEvents.Resize, (size) => {
    const parsed = dimension.safeParse(size);
    if (parsed.success) onResize(parsed.data.width, parsed.data.height);
  });
  const page = lastPage(events);
  const newest = events.at(-1)?.timestamp ?? 0;
  // What lies before this moment is shown at once; the page itself always.
  replayer.startLive(Math.max(newest - behindMs, (page[1]?.timestamp ?? newest) + 1));
  const add = (more: readonly eventWithTime[]) => {
    for (const event of more) replayer.addEvent(event);
  };
  add(page);
  return { add, destroy: () => replayer.destroy() };
}

/** From the last whole page on: what was before it is seen no more. */
function lastPage(events: readonly eventWithTime[]): readonly eventWithTime[] {
  const page = events.findLastIndex(({ type }) => type === EventType.FullSnapshot);
  return events.slice(Math.max(0, page - 1));
}
