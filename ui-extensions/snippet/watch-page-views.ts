import type { SiteConfig } from '#contract/events.ts';
import { emit } from './emit.ts';
import { cleanText, cleanUrl, leavePage, openPage, page } from './page-life.ts';
import { later, listen, safely } from './safely.ts';
import { takeBack } from './send-batch.ts';
import { comeBack, hasEnded } from './session.ts';
import { part } from './visitor.ts';

/** Pages that navigate within themselves set their title a moment after their address. */
const titleMs = 100;

let path = '';
let full = '';
let referrer = '';
/** The page was left; it may come back from the browser's memory. */
let isGone = false;
let untold: ReturnType<typeof setTimeout> | undefined;

/**
 * Page loads, navigation within the page, pages that come back from the browser's memory. No title where all text is masked. `startedAt`:
 * when the page was loaded. Answers how to count the page that is open once more.
 */
export function watchPageViews({ masking }: SiteConfig, startedAt: number): () => void {
  referrer = document.referrer;
  const withTitle = masking.text !== 'masked';
  const announce = safely(() => {
    untold = undefined;
    emit('page_view', { title: withTitle ? cleanText(document.title) : '', ...(referrer && { referrer: cleanUrl(referrer) }) }, page.at);
    referrer = page.url;
  });
  const view = (waitMs: number, at?: number) => {
    noteAddress();
    openPage(at);
    if (waitMs) untold = later(announce, waitMs);
    else announce();
  };
  const leave = (isOver: boolean) => {
    // Leaving is no interaction: it opens no new session.
    if (hasEnded()) return;
    leavePage(isOver);
    if (!untold) return;
    clearTimeout(untold);
    announce();
  };
  view(0, startedAt);
  watchAddress((replaced) => {
    if (isSame(replaced)) return;
    leave(true);
    view(titleMs);
  });
  const again = () => view(0);
  watchLeaving(leave, again);
  return again;
}

function watchLeaving(leave: (isOver: boolean) => void, view: () => void): void {
  listen(document, 'visibilitychange', () => {
    if (document.visibilityState !== 'hidden' || isGone) return;
    leave(false);
    // A page that goes away for good is hidden too, and has more to say.
    later(() => isGone || part(false), 0);
  });
  listen(window, 'pagehide', () => {
    isGone = true;
    leave(true);
    part(true);
  });
  listen(window, 'pageshow', (event) => {
    if (!(event instanceof PageTransitionEvent && event.persisted)) return;
    isGone = false;
    comeBack();
    takeBack();
    view();
  });
}

/** `changed` is told whether the address was replaced: then only another path counts, because pages keep filters in the query. */
function watchAddress(changed: (replaced: boolean) => void): void {
  const careful = safely(changed);
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function (this: History, ...args) {
      original.apply(this, args);
      careful(name === 'replaceState');
    };
  }
  listen(window, 'popstate hashchange', () => changed(false));
}

function isSame(replaced: boolean): boolean {
  return replaced ? path === pathOf() : path === pathOf() && full === location.search;
}

function noteAddress(): void {
  path = pathOf();
  full = location.search;
}

/** A hash counts only where it is a route. */
function pathOf(): string {
  return location.pathname + (/^#!?\//.test(location.hash) ? location.hash : '');
}
