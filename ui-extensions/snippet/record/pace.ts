import { guard, isStopped } from './host.ts';

/** After each piece of work comes rest, so that we never take more than about a tenth of the page's time. */
const restFactor = 9;
const longestRestMs = 2_000;
/** As often as the pointer is looked at: what moves by script at each frame need not be written at each. */
const shortestRestMs = 50;
const retakeEveryMs = 4_000;
/** Where no frame comes (a window behind others), work is done all the same. */
const longestFrameMs = 200;

interface Work {
  readonly write: () => void;
  readonly retake: () => void;
}

export interface Pace {
  /** Write, when the browser has drawn its next frame. */
  soon(): void;
  /** Take the page anew, a few seconds after the last time at the earliest. */
  retake(): void;
}

export function createPace({ write, retake }: Work): Pace {
  let isComing = false;
  let restUntil = 0;
  let isRetaking = false;
  let retakenAt = Number.NEGATIVE_INFINITY;

  return {
    soon() {
      if (isComing) return;
      isComing = true;
      const rest = restUntil - performance.now();
      if (rest > 0) setTimeout(afterFrame, rest);
      else afterFrame();
    },
    retake() {
      if (isRetaking) return;
      isRetaking = true;
      setTimeout(
        guard(() => {
          isRetaking = false;
          retakenAt = performance.now();
          timed(retake);
        }),
        Math.max(500, retakenAt + retakeEveryMs - performance.now()),
      );
    },
  };

  function afterFrame(): void {
    const work = once(() => {
      isComing = false;
      if (!isStopped()) timed(write);
    });
    requestAnimationFrame(() => setTimeout(work));
    setTimeout(work, longestFrameMs);
  }

  function timed(work: () => void): void {
    const start = performance.now();
    work();
    const end = performance.now();
    restUntil = end + Math.max(shortestRestMs, Math.min((end - start) * restFactor, longestRestMs));
  }
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
