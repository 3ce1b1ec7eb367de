import { onSign, onTick } from './page-life.ts';
import { touchSession } from './session.ts';
import { type Evidence, showPerson } from './visitor.ts';

const touchEveryMs = 1_000;
const kinds: Readonly<Record<string, Evidence>> = {
  pointerdown: 'pointer',
  wheel: 'scroll',
  keydown: 'key',
  touchstart: 'touch',
  touchmove: 'touch',
};

let touchedAt = 0;
/** Since then, it was shown that there is a person. */
let isShown = false;
let place = '';

/** Proof that a person is here, not a mail scanner: a real pointer, scroll, key or touch, or the page in front for `dwellMs`. */
export function watchPerson(dwellMs: number): void {
  onSign((event) => {
    const isDue = Date.now() - touchedAt > touchEveryMs;
    // A hand on a mouse moves a hundred times a second.
    if ((isShown && !isDue) || document.visibilityState !== 'visible') return;
    if (isDue) {
      touchedAt = Date.now();
      touchSession();
    }
    const kind = kinds[event.type] ?? (event instanceof PointerEvent && hasMoved(event) ? 'pointer' : undefined);
    isShown = kind !== undefined;
    if (kind) showPerson(kind);
  });
  if (!dwellMs) return;
  let seenMs = 0;
  let last = Date.now();
  onTick(() => {
    seenMs += Math.min(Date.now() - last, 2_000);
    last = Date.now();
    if (seenMs >= dwellMs) showPerson('dwell');
  });
}

/** Browsers report one move by themselves when a page opens under a resting pointer. */
function hasMoved({ screenX, screenY }: PointerEvent): boolean {
  const before = place;
  place = `${screenX} ${screenY}`;
  return before !== '' && before !== place;
}
