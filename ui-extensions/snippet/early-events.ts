/**
 * Remembers, in memory only and bounded, what happens before the second file looks at the page: its listeners are told of it. Of fields
 * each state is remembered, because it becomes known later only what must not be sent.
 */
import { listen } from './safely.ts';

const mostEvents = 50;
const mostTyped = 300;
const longest = 2_000;

interface Early {
  readonly events: Event[];
  /** Fields, and the states that they were in. */
  readonly typed: (readonly [field: HTMLElement, value: string])[];
  isOver: boolean;
}
export const early: Early = { events: [], typed: [], isOver: false };

/** `field`: only of an event that is told late to the shop file (`shop-signs.ts`). */
type Told = (event: Event, field?: EventTarget | null) => void;

export function watchEarly(): void {
  listen(window, 'click submit input change error unhandledrejection', (event) => {
    if (early.isOver) return;
    const field = event.composedPath()[0];
    if (/^i|ch/.test(event.type) && field instanceof HTMLElement) {
      early.typed.push([field, String(Reflect.get(field, 'value') ?? field.textContent).slice(0, longest)]);
      if (early.typed.length > mostTyped) early.typed.shift();
      if (early.events.at(-1)?.target === event.target) return;
    }
    if (early.events.length < mostEvents) early.events.push(event);
  });
}

/** As `listen`, told also of what happened early. */
export function listenSince(target: EventTarget, names: string, work: Told): void {
  const careful = listen(target, names, work);
  for (const event of early.events) if (names.split(' ').includes(event.type)) careful(event);
}
