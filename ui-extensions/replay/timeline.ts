/** The session's time: where each tab lies in it, and where nobody did anything. */
import { EventType, type eventWithTime, IncrementalSource } from 'rrweb';
import type { IndexedFrame, PlayerIndex } from '#contract/recording.ts';

/** Milliseconds from the first recorded event of the session. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** A part of a tab's recording that can be played by itself: it begins with a page. */
export interface Frame extends Span {
  load(): LoadedFrame | Promise<LoadedFrame>;
}

export interface LoadedFrame {
  /** Stripped: see `strip/strip-events.ts`. */
  readonly events: readonly eventWithTime[];
  /** How many at the beginning retell the page: whoever comes from the frame before leaves them out. */
  lead(): number;
}

export interface TimelineTab extends Span {
  /** In the order of time, at least one. */
  readonly frames: readonly Frame[];
  /** The visitor neither moved, nor clicked, nor scrolled, nor typed. */
  readonly idle: readonly Span[];
}

export interface Timeline {
  readonly tabs: readonly TimelineTab[];
  readonly endMs: number;
}

/** A pause shorter than this is a part of looking at a page. */
const idleAfterMs = 5_000;

/** Of a recording that was read whole. Each tab's events are sorted and begin with a page; a tab without events is left out. */
export function readTimeline(tabs: readonly (readonly eventWithTime[])[]): Timeline {
  const played = tabs.filter((events) => events.length > 0).toSorted((one, other) => startOf(one) - startOf(other));
  const first = Math.min(...played.map(startOf));
  return joinTabs(
    played.map((events) => {
      const span = { startMs: startOf(events) - first, endMs: (events.at(-1)?.timestamp ?? first) - first };
      return { ...span, frames: [{ ...span, load: () => ({ events, lead: () => 0 }) }], idle: idleSpans(events, first) };
    }),
  );
}

/** Of a packed recording, whose frames are loaded when they are wanted. */
export function indexedTimeline(
  tabs: NonNullable<PlayerIndex['tabs']>,
  load: (frame: IndexedFrame) => LoadedFrame | Promise<LoadedFrame>,
): Timeline {
  const placed = tabs.flatMap(({ idle, frames }) => {
    const [first, last] = [frames[0], frames.at(-1)];
    if (first === undefined || last === undefined) return [];
    return {
      startMs: first.firstMs,
      endMs: last.lastMs,
      frames: frames.map((frame) => ({ startMs: frame.firstMs, endMs: frame.lastMs, load: () => load(frame) })),
      idle: idle.map(([startMs, endMs]) => ({ startMs, endMs })),
    };
  });
  return joinTabs(placed.toSorted((one, other) => one.startMs - other.startMs));
}

function joinTabs(tabs: readonly TimelineTab[]): Timeline {
  return { tabs, endMs: Math.max(0, ...tabs.map((tab) => tab.endMs)) };
}

/** The last frame that has begun at this moment. */
export function frameAt({ frames }: TimelineTab, ms: number): number {
  return Math.max(
    0,
    frames.findLastIndex(({ startMs }) => startMs <= ms),
  );
}

/** The tab to show at this moment: the one already shown if it has it, else the one that was opened last, else the next one. */
export function tabAt(timeline: Timeline, ms: number, current: number): number {
  const has = (tab: TimelineTab | undefined) => tab !== undefined && tab.startMs <= ms && ms <= tab.endMs;
  if (has(timeline.tabs[current])) return current;
  const open = timeline.tabs.findLastIndex(has);
  if (open !== -1) return open;
  const next = timeline.tabs.findIndex((tab) => tab.startMs > ms);
  return next === -1 ? Math.max(0, timeline.tabs.length - 1) : next;
}

/** The idle span that this moment is in, or null. */
export function idleAt(tab: TimelineTab, ms: number): Span | null {
  return tab.idle.find(({ startMs, endMs }) => startMs <= ms && ms < endMs) ?? null;
}

function startOf(events: readonly eventWithTime[]): number {
  return events[0]?.timestamp ?? 0;
}

function idleSpans(events: readonly eventWithTime[], first: number): Span[] {
  const acts = events
    .filter((event, index) => index === 0 || index === events.length - 1 || isAct(event))
    .map((event) => event.timestamp - first);
  return acts.flatMap((endMs, index) => {
    const startMs = acts[index - 1] ?? endMs;
    // A second is left before and after, so that a pause still reads as one.
    return endMs - startMs > idleAfterMs ? [{ startMs: startMs + 1_000, endMs: endMs - 1_000 }] : [];
  });
}

function isAct(event: eventWithTime): boolean {
  if (event.type === EventType.FullSnapshot) return true;
  if (event.type !== EventType.IncrementalSnapshot) return false;
  const { source } = event.data;
  return (source >= IncrementalSource.MouseMove && source <= IncrementalSource.TouchMove) || source === IncrementalSource.Drag;
}
