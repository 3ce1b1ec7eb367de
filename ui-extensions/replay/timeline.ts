/** The session's time: where each tab lies in it, and where nobody did anything. */
import { EventType, type eventWithTime, IncrementalSource } from 'rrweb';

/** Milliseconds from the first recorded event of the session. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

export interface TimelineTab extends Span {
  readonly events: readonly eventWithTime[];
  /** The visitor neither moved, nor clicked, nor scrolled, nor typed. */
  readonly idle: readonly Span[];
}

export interface Timeline {
  readonly tabs: readonly TimelineTab[];
  readonly endMs: number;
}

/** A pause shorter than this is a part of looking at a page. */
const idleAfterMs = 5_000;

/** Each tab's events are sorted and begin with a page; a tab without events is left out. */
export function readTimeline(tabs: readonly (readonly eventWithTime[])[]): Timeline {
  const played = tabs.filter((events) => events.length > 0).toSorted((one, other) => startOf(one) - startOf(other));
  const first = Math.min(...played.map(startOf));
  const placed = played.map((events) => ({
    events,
    startMs: startOf(events) - first,
    endMs: (events.at(-1)?.timestamp ?? first) - first,
    idle: idleSpans(events, first),
  }));
  return { tabs: placed, endMs: Math.max(0, ...placed.map((tab) => tab.endMs)) };
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
