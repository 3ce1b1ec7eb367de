/** Where in a tab's recording the visitor neither moved, nor clicked, nor scrolled, nor typed. */
import type { RecordedEvent } from '#contract/recording-events.ts';

/** From, to: moments. */
type Span = readonly [from: number, to: number];

/** A pause shorter than this is a part of looking at a page. */
const idleAfterMs = 5_000;
/** Left before and after, so that a pause still reads as one. */
const marginMs = 1_000;

export function findIdle(): { see(event: RecordedEvent): void; spans(): Span[] } {
  const spans: Span[] = [];
  let acted = Number.NaN;
  let last = Number.NaN;
  const act = (at: number) => {
    if (at - acted > idleAfterMs) spans.push([acted + marginMs, at - marginMs]);
    acted = Number.isNaN(acted) ? at : Math.max(acted, at);
  };
  return {
    see(event) {
      last = Number.isNaN(last) ? event.timestamp : Math.max(last, event.timestamp);
      if (Number.isNaN(acted) || isAct(event)) act(last);
    },
    spans() {
      act(last);
      return spans;
    },
  };
}

function isAct(event: RecordedEvent): boolean {
  if (event.type === 2) return true;
  return event.type === 3 && ((event.data.source >= 1 && event.data.source <= 6) || event.data.source === 12);
}
