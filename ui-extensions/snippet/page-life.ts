/** What the watchers share: the page that is open now, and the moments at which they look at it. */

import { listenSince } from './early-events.ts';
import { newId } from './new-id.ts';
import { later, listen, safely } from './safely.ts';
import { scrubText } from './scrub-text.ts';
import { scrubUrl } from './scrub-url.ts';
import { hideEchoes, repeatsField } from './typed-echoes.ts';

const tickMs = 1_000;
const restMs = 250;
const tellingMoves = 5;
/** A person who did nothing for this long is not reading any more. */
const attentionMs = 30_000;
const controls = 'a,button,summary,[role="button"],input[type="submit"],input[type="button"],input[type="image"]';

export const page = { id: '', url: '', at: Date.now() };
let queryKeys: readonly string[] = [];

/** A click of whoever it was. `control`: what can be clicked, around `target`. `words`: what is written on it. */
export interface Click {
  readonly event: MouseEvent;
  readonly target: Element;
  readonly control: Element | null;
  readonly words: string;
}

/** Set while what happened earlier is told. */
let past = 0;
/** The newest clicks on this page, for those who come late. */
let recent: Click[] = [];
const mostRecent = 20;

const opened: (() => void)[] = [];
const left: ((isOver: boolean) => void)[] = [];
const ticked: ((ms: number, active: boolean) => void)[] = [];
const clicked: ((click: Click) => void)[] = [];
const signed: ((event: Event) => void)[] = [];
let lastTick = Date.now();
const startedAt = Date.now();
/** When a person last did something. */
let lastSign = 0;
let inFront = document.visibilityState === 'visible';

/** The work is done for each page that opens, the first one included. */
export function onPage(work: () => void): void {
  const careful = safely(work);
  opened.push(careful);
  if (page.id) careful();
}
/** The work is done when the page is left (`isOver`) or hidden: what was counted is handed over. It may be done several times for one page. */
export const onLeave = (work: (isOver: boolean) => void) => left.push(safely(work));
/** About once a second while the page is in front. `ms` of attention passed since the last time; `active`: the person did something lately. */
export const onTick = (work: (ms: number, active: boolean) => void) => ticked.push(safely(work));
/** A person did something: moved, pressed, scrolled, touched. */
export const onSign = (work: (event: Event) => void) => signed.push(safely(work));
/** Told also of the newest clicks, at their own time. */
export function onClick(work: (click: Click) => void): void {
  const careful = safely(work);
  clicked.push(careful);
  for (const click of recent) inPast(momentOf(click.event), () => careful(click));
}

/** The moment of what is being told. */
export const now = () => past || Date.now();

export function inPast(at: number, work: () => void): void {
  const before = past;
  past = at;
  work();
  past = before;
}

export function momentOf({ timeStamp }: Event): number {
  return Math.round(performance.timeOrigin + timeStamp);
}

export function startPageLife(keys: readonly string[]): void {
  queryKeys = keys;
  // Not `scroll`: a carousel that moves by itself is no person.
  const sign = listen(window, 'pointerdown keydown wheel touchstart touchmove', hearSign);
  listenToMoves(sign);
  listen(document, 'visibilitychange', tick);
  listenSince(document, 'click', (event) => {
    const target = event.composedPath()[0] ?? event.target;
    if (!(target instanceof Element && event instanceof MouseEvent)) return;
    const control = target.closest(controls);
    const words = (control instanceof HTMLInputElement ? control.value : (control?.textContent ?? '')).trim().slice(0, 200);
    const click = { event, target, control, words };
    recent = [...recent.slice(1 - mostRecent), click];
    for (const work of clicked) work(click);
  });
  setInterval(safely(tick), tickMs);
}

function hearSign(event: Event): void {
  if (!event.isTrusted) return;
  lastSign = Date.now();
  for (const work of signed) work(event);
}

/** A hand on a mouse moves a hundred times a second: now and then is enough, once it is known that it is a hand. */
function listenToMoves(sign: (event: Event) => void): void {
  const options = { capture: true, passive: true };
  let heard = 0;
  const moved = (event: Event) => {
    sign(event);
    if (++heard < tellingMoves) return;
    removeEventListener('pointermove', moved, options);
    later(() => addEventListener('pointermove', moved, options), restMs);
  };
  addEventListener('pointermove', moved, options);
}

/** `at`: where it was opened a while ago. */
export function openPage(at = Date.now()): void {
  // Clicks before the first page were on it.
  if (page.id) recent = [];
  page.id = newId();
  page.at = at;
  page.url = cleanUrl(location.href);
  for (const work of opened) work();
}

export function leavePage(isOver: boolean): void {
  tick();
  for (const work of left) work(isOver);
}

function tick(): void {
  const now = Date.now();
  const ms = now - Math.max(lastTick, now - 2 * tickMs);
  lastTick = now;
  const active = now - lastSign < attentionMs;
  if (inFront) for (const work of ticked) work(active || now - startedAt < attentionMs ? ms : 0, active);
  inFront = document.visibilityState === 'visible';
}

/** An address as it may be sent. */
export function cleanUrl(raw: string): string {
  return scrubUrl(raw, { base: location.href, keys: queryKeys, isPrivate: repeatsField });
}

/** Text of the page as it may be sent: one line, without secrets and without what was typed. */
export function cleanText(text: string, longest = 300): string {
  return scrubText(hideEchoes(oneLine(text))).slice(0, longest);
}

export function oneLine(text: string): string {
  return text.slice(0, 2_000).replace(/\s+/g, ' ').trim();
}
