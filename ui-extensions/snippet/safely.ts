/** The snippet's own work, kept apart from the page's: whatever it throws stays here, because the page must never notice us. */
import type { SnippetFault } from '#contract/events.ts';

/** What went wrong on this page: at most one, of one page in ten. It goes out with the next batch, if this visitor is measured at all. */
export const faults: SnippetFault[] = [];
let isTold = false;

/** Keeps the name of an error and the place in our file: never a message, because messages hold text of the page. */
export function noteFault(error: unknown): void {
  if (isTold || Math.random() > 0.1) return;
  isTold = true;
  const { name, stack }: Partial<Error> = Object(error);
  faults.push({ where: stack?.match(/[\w.-]+\.js:\d+:\d+/)?.[0] ?? '', message: String(name ?? 'Error').slice(0, 40) });
}

export function safely<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      work(...args);
    } catch (error) {
      noteFault(error);
    }
  };
}

/** Listens before the page's own handlers, without delaying scrolling. `names` are separated by spaces. Answers the listener. */
export function listen(target: EventTarget, names: string, work: (event: Event) => void): (event: Event) => void {
  const careful = safely(work);
  for (const name of names.split(' ')) target.addEventListener(name, careful, { capture: true, passive: true });
  return careful;
}

/** `setTimeout` whose work cannot throw into the page. */
export function later(work: () => void, ms: number): ReturnType<typeof setTimeout> {
  return setTimeout(safely(work), ms);
}
