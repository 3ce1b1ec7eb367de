/**
 * Cuts one tab's clean events into frames that can be played each by itself: a frame begins with a page, the recorded one or one retold
 * from what came before. So a seek reads one frame, however long the recording is.
 */
import type { RecordedEvent } from '#contract/recording-events.ts';
import { openPage, type PageModel } from './page-model.ts';

export interface CutFrame {
  /** First the retold page, `lead` events of it; then what was recorded. */
  readonly events: RecordedEvent[];
  readonly lead: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface FrameCutter {
  /** The next chunk; `size` is the length of its JSON. */
  add(events: readonly RecordedEvent[], size: number): CutFrame[];
  end(): CutFrame[];
}

/** Characters after which a frame is full: it is read, rebuilt and played forward within the time that a seek may take. */
const fullAt = 768 * 1024;
/** A large page is retold less often, so that the retelling never outweighs what was recorded. Characters per node, roughly. */
const nodeSize = 100;

export function cutFrames(): FrameCutter {
  const page = openPage();
  let open: { events: RecordedEvent[]; lead: number; size: number } = { events: [], lead: 0, size: 0 };
  let now = Number.NEGATIVE_INFINITY;
  const close = (): CutFrame[] => {
    const { events, lead } = open;
    const [firstAt, lastAt] = [events[0]?.timestamp ?? 0, events.at(-1)?.timestamp ?? 0];
    open = { events: [], lead: 0, size: 0 };
    return events.length > lead ? [{ events, lead, firstAt, lastAt }] : [];
  };
  return {
    add(events, size) {
      const frames: CutFrame[] = [];
      for (const [index, event] of events.entries()) {
        // A clock that was corrected between two chunks may run back a little.
        now = Math.max(now, event.timestamp);
        const inTime = { ...event, timestamp: now };
        if (isPageBegin(events, index)) frames.push(...close());
        else if (isFull(open.size, page)) frames.push(...closeAndRetell(now));
        page.apply(structuredClone(inTime));
        open.events.push(inTime);
        open.size += size / events.length;
      }
      return frames;
    },
    end: close,
  };

  function closeAndRetell(at: number): CutFrame[] {
    const lead = page.begin(at);
    if (lead === null) return [];
    const frames = close();
    open = { events: lead, lead: lead.length, size: 0 };
    return frames;
  }
}

function isFull(size: number, page: PageModel): boolean {
  return size >= Math.max(fullAt, 2 * nodeSize * page.nodes());
}

/** A recorded page, with the event before it that says where it is. */
function isPageBegin(events: readonly RecordedEvent[], index: number): boolean {
  const [event, before, after] = [events[index], events[index - 1], events[index + 1]];
  return event?.type === 4 ? after?.type === 2 : event?.type === 2 && before?.type !== 4;
}
