/** The visit file's side of the recorder, for every part of it: there is one recorder in a page. */
import type { RecorderHost } from '../recorder-host.ts';
import { isObject } from './format.ts';

export let host: RecorderHost;

const stopping = new AbortController();
let isOver = false;
const undo: (() => void)[] = [];

export function recordFor(given: RecorderHost): void {
  host = given;
}

/** Listeners go, and what was put in the page's way is taken out of it. */
export function stopAll(): void {
  isOver = true;
  stopping.abort();
  for (const step of undo.splice(0)) step();
}

export function isStopped(): boolean {
  return isOver;
}

/** To be done when the recording stops. */
export function whenStopped(step: () => void): void {
  undo.push(step);
}

/** Whatever our work throws stays here: the page must never notice us. */
export function guard<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    if (isOver) return;
    try {
      work(...args);
    } catch (error) {
      host.fault(error);
    }
  };
}

/** What an event is about, in shadow roots too. */
export function targetOf(event: Event): EventTarget | null {
  const { target } = event;
  return isObject(target) && 'shadowRoot' in target && target.shadowRoot ? (event.composedPath()[0] ?? target) : target;
}

/** Listens before the page's own handlers, without delaying scrolling. `names` are separated by spaces; a listener is added once. */
export function listen(target: EventTarget, names: string, work: (event: Event) => void): void {
  for (const name of names.split(' ')) target.addEventListener(name, work, { capture: true, passive: true, signal: stopping.signal });
}
