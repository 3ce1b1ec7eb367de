/** The second file, for visitors who are recorded: what happens on the page, masked while it is written, in rrweb's format. */
import { guard, host, listen, recordFor, stopAll } from './record/host.ts';
import { recordPage } from './record/record-page.ts';
import { isIdle, sign, whenBack } from './record/signs.ts';

const lookMs = 10_000;

const given = window.leadlightRecorder;
delete window.leadlightRecorder;
if (given) {
  recordFor(given);
  whenReady(guard(start));
}

function start(): void {
  for (const field of document.querySelectorAll('input,textarea')) host.rememberTyped(field);
  const page = recordPage();
  page.snapshot();
  pauseWhenAway(page);
  listen(window, 'pageshow', (event) => {
    if ('persisted' in event && event.persisted) page.snapshot();
  });
  host.ready({ resnapshot: page.snapshot, flush: page.flush, stop: stopAll });
}

/** When the page is parsed, and somebody sees it: it may have been loaded before anybody asked for it. */
function whenReady(work: () => void): void {
  if ('prerendering' in document && document.prerendering)
    document.addEventListener('prerenderingchange', () => whenReady(work), { once: true });
  else if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', work, { once: true });
  else work();
}

/** Nobody watches a hidden page, or one that was left alone for five minutes. */
function pauseWhenAway(page: { pause(): void; resume(): void }): void {
  const look = guard(() => {
    if (document.visibilityState === 'hidden' || isIdle()) page.pause();
    else page.resume();
  });
  look();
  listen(document, 'visibilitychange', look);
  whenBack(look);
  // Moves are heard where they are recorded.
  listen(window, 'pointerdown keydown wheel touchstart', sign);
  setInterval(look, lookMs);
}
