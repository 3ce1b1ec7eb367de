/** Where the page and what is in it are scrolled to, and how large the window is. */
import { isObject, source } from './format.ts';
import { guard, listen, targetOf } from './host.ts';
import { emitIncrement } from './outbox.ts';
import type { IdOf } from './watch-pointer.ts';

const sampleMs = 150;

const scrolled = new Set<EventTarget>();
let timer: ReturnType<typeof setTimeout> | undefined;
let isResizing = false;
let currentIdOf: IdOf;
let writeSoon: () => void;

/** `soon`: writes when a frame was drawn. Then the browser knows the places; at any other time it would have to lay the page out for us. */
export function watchScroll(root: EventTarget, idOf: IdOf, soon: () => void): void {
  currentIdOf = idOf;
  writeSoon = soon;
  listen(root, 'scroll', noteScroll);
}

export function watchResize(): void {
  listen(window, 'resize', () => {
    if (!isResizing) setTimeout(guard(writeResize), sampleMs);
    isResizing = true;
  });
}

function writeResize(): void {
  isResizing = false;
  emitIncrement({ source: source.viewportResize, ...viewport() });
}

export function viewport(): { width: number; height: number } {
  return { width: window.innerWidth, height: window.innerHeight };
}

const noteScroll = guard((event: Event) => {
  const target = targetOf(event);
  if (target) scrolled.add(target);
  timer ??= setTimeout(guard(writeSoon), sampleMs);
});

export function writeScrolls(): void {
  clearTimeout(timer);
  timer = undefined;
  for (const target of scrolled) {
    const id = currentIdOf(target);
    const at = placeOf(target);
    if (id > 0 && at) emitIncrement({ source: source.scroll, id, ...at });
  }
  scrolled.clear();
}

function placeOf(target: EventTarget): { x: number; y: number } | null {
  if ('scrollTop' in target && 'scrollLeft' in target) return { x: Number(target.scrollLeft), y: Number(target.scrollTop) };
  const page = 'defaultView' in target ? target.defaultView : null;
  return isObject(page) && 'scrollX' in page && 'scrollY' in page ? { x: Number(page.scrollX), y: Number(page.scrollY) } : null;
}
