/** Loads the frames of a packed recording as they are wanted, and keeps the last few. */
import type { eventWithTime } from 'rrweb';
import { Failure } from '#contract/failure.ts';
import { type IndexedFrame, playerFrame } from '#contract/recording.ts';
import { ask } from './load-recording.ts';
import { startBudget } from './strip/budget.ts';
import { stripEvents } from './strip/strip-events.ts';
import type { LoadedFrame } from './timeline.ts';

/** Enough to go back and forth around a moment. */
const mostKept = 8;

/** `onLeftOut`: a stylesheet of the frame was too complex to be played. */
export function frameLoader(token: string, onLeftOut: () => void): (frame: IndexedFrame) => Promise<LoadedFrame> {
  const kept = new Map<number, Promise<LoadedFrame>>();
  return ({ number }) => {
    const known = kept.get(number);
    kept.delete(number);
    const coming = known ?? loadFrame(token, number, onLeftOut);
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
  const { events: raw, lead } = frame.data;
  const budget = startBudget();
  const events = stripEvents(raw, budget);
  if (budget.leftOut() > 0) onLeftOut();
  return { events, lead: () => strippedLead(raw.slice(0, lead)) };
}

/** Some of them may have been stripped. */
function strippedLead(lead: readonly unknown[]): number {
  const stripped: readonly eventWithTime[] = stripEvents(lead, startBudget());
  return stripped.length;
}
