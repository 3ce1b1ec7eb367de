import { onTick } from './page-life.ts';
import { listen } from './safely.ts';
import { touchSession } from './session.ts';
import { showPerson } from './visitor.ts';

const touchEveryMs = 1_000;
const kinds = { pointerdown: 'pointer', wheel: 'scroll', keydown: 'key', touchstart: 'touch', touchmove: 'touch' } as const;

let touchedAt = 0;
let place = '';

/** Proof that a person is here, not a mail scanner: a real pointer, scroll, key or touch, or the page in front for `dwellMs`. */
export function watchPerson(dwellMs: number): void {
  listen(window, 'pointermove pointerdown wheel keydown touchstart touchmove', (event) => {
    if (!event.isTrusted || document.visibilityState !== 'visible') return;
    keepSession();
    if (event.type in kinds) showPerson(kinds[nameOf(event.type)]);
    else if (event instanceof PointerEvent && hasMoved(event)) showPerson('pointer');
  });
  const startedAt = Date.now();
  let seenMs = 0;
  let last = startedAt;
  onTick(() => {
    seenMs += Math.min(Date.now() - last, 2_000);
    last = Date.now();
    if (seenMs >= dwellMs) showPerson('dwell');
  });
}

function keepSession(): void {
  if (Date.now() - touchedAt < touchEveryMs) return;
  touchedAt = Date.now();
  touchSession();
}

/** Browsers report one move by themselves when a page opens under a resting pointer. */
function hasMoved({ screenX, screenY }: PointerEvent): boolean {
  const before = place;
  place = `${screenX} ${screenY}`;
  return before !== '' && before !== place;
}

function nameOf(type: string): keyof typeof kinds {
  return type === 'pointerdown' || type === 'wheel' || type === 'keydown' || type === 'touchmove' ? type : 'touchstart';
}
