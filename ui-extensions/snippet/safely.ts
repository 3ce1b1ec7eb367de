/** Wraps the snippet's own work: whatever it throws stays here, because the page must never notice us. */
export function safely<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      work(...args);
    } catch {
      // A visitor's page matters more than our measurement of it.
    }
  };
}

/** Listens before the page's own handlers, without delaying scrolling. `names` are separated by spaces. */
export function listen(target: EventTarget, names: string, work: (event: Event) => void): void {
  const careful = safely(work);
  for (const name of names.split(' ')) target.addEventListener(name, careful, { capture: true, passive: true });
}

/** `setTimeout` whose work cannot throw into the page. */
export function later(work: () => void, ms: number): ReturnType<typeof setTimeout> {
  return setTimeout(safely(work), ms);
}
