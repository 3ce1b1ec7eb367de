/** What the watchers share: the page that is open now, and the moments at which they look at it. */
import { newId } from './new-id.ts';
import { listen, safely } from './safely.ts';
import { scrubText } from './scrub-text.ts';
import { scrubUrl } from './scrub-url.ts';
import { hideEchoes, repeatsField } from './typed-echoes.ts';

const tickMs = 1_000;
/** A person who did nothing for this long is not reading any more. */
const attentionMs = 30_000;

export const page = { id: newId(), url: '', at: Date.now() };
let queryKeys: readonly string[] = [];

const opened: (() => void)[] = [];
const left: (() => void)[] = [];
const ticked: ((ms: number, active: boolean) => void)[] = [];
let lastTick = Date.now();
const startedAt = Date.now();
/** When a person last did something. */
let lastSign = 0;
let inFront = document.visibilityState === 'visible';

/** The work is done for each page that opens, the first one included. */
export const onPage = (work: () => void) => opened.push(safely(work));
/** The work is done when the page is left or hidden: what was counted is handed over. It may be done several times for one page. */
export const onLeave = (work: () => void) => left.push(safely(work));
/** About once a second while the page is in front. `ms` of attention passed since the last time; `active`: the person did something lately. */
export const onTick = (work: (ms: number, active: boolean) => void) => ticked.push(safely(work));

export function startPageLife(keys: readonly string[]): void {
  queryKeys = keys;
  // Not `scroll`: a carousel that moves by itself is no person.
  listen(window, 'pointerdown pointermove keydown wheel touchstart touchmove', (event) => {
    if (event.isTrusted) lastSign = Date.now();
  });
  listen(document, 'visibilitychange', tick);
  setInterval(tick, tickMs);
}

export function openPage(): void {
  page.id = newId();
  page.at = Date.now();
  page.url = cleanUrl(location.href);
  for (const work of opened) work();
}

export function leavePage(): void {
  tick();
  for (const work of left) work();
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
  return scrubText(hideEchoes(text.slice(0, 2_000).replace(/\s+/g, ' ').trim())).slice(0, longest);
}
