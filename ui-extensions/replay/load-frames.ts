/** Loads the frames of a packed recording as they are wanted, and keeps the last few. */
import type { eventWithTime } from 'rrweb';
import { Failure } from '#contract/failure.ts';
import { type IndexedFrame, isObject, type PlayerFrame, type PlayerIndex, playerFrame } from '#contract/recording.ts';
import type { RecordedEvent } from '#contract/recording-events.ts';
import { fromDistances } from '#contract/shift-numbers.ts';
import { ask } from './load-recording.ts';
import { startBudget } from './strip/budget.ts';
import { stripEvents } from './strip/strip-events.ts';
import type { LoadedFrame } from './timeline.ts';

/** Enough to go back and forth around a moment. */
const mostKept = 8;

interface FrameSource extends Pick<PlayerIndex, 'token' | 'first'> {
  /** A stylesheet of a frame was too complex to be played. */
  onLeftOut(): void;
}

export function frameLoader({ token, first, onLeftOut }: FrameSource): (frame: IndexedFrame) => Promise<LoadedFrame> {
  const kept = new Map<number, Promise<LoadedFrame>>();
  let came = first;
  return ({ number }) => {
    const known = kept.get(number);
    kept.delete(number);
    const coming = known ?? (came?.number === number ? readFrame(came, onLeftOut) : loadFrame(token, number, onLeftOut));
    if (came?.number === number) came = null;
    kept.set(number, coming);
    for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
    // What failed is asked for again next time.
    coming.catch(() => kept.get(number) === coming && kept.delete(number));
    return coming;
  };
}

async function loadFrame(token: string, number: number, onLeftOut: () => void): Promise<LoadedFrame> {
  const answer = await ask(`/recording/frames/${number}`, token);
  const frame = typeof answer === 'string' ? null : playerFrame.safeParse(answer.json);
  if (frame?.success !== true) throw new Failure('busy', 'This part of the recording could not be loaded', { code: 'frame-not-loaded' });
  return readFrame(frame.data, onLeftOut);
}

/** Takes the events over. */
async function readFrame({ events, lead }: PlayerFrame, onLeftOut: () => void): Promise<LoadedFrame> {
  const raw = events.filter(isEvent);
  fromDistances(raw);
  const budget = startBudget();
  const stripped = stripEvents(raw, budget);
  if (budget.leftOut() > 0) onLeftOut();
  return { events: stripped, lead: () => strippedLead(raw.slice(0, lead)) };
}

/** No more is said of it than reading its numbers needs: what it may hold is told by the stripping. */
function isEvent(event: unknown): event is RecordedEvent {
  return isObject(event) && isObject(event.data ?? {});
}

/** Some of them may have been stripped. */
function strippedLead(lead: readonly unknown[]): number {
  const stripped: readonly eventWithTime[] = stripEvents(lead, startBudget());
  return stripped.length;
}
