/** What the session came to: counted while it lasts, and told when its last page is left. */
import type { EventType, SentEvent, SiteConfig } from '#contract/events.ts';
import { listenSince } from './early-events.ts';
import { newId } from './new-id.ts';
import { cleanText, onTick, page } from './page-life.ts';

import { count, hasEnded, leaveSession, session } from './session.ts';

const endType = 'session_end' satisfies EventType;
const mostMessages = 3;
const clickClasses = ['cta', 'navigation', 'product', 'addToCart', 'other'];

export function watchSession({ masking }: SiteConfig): void {
  onTick((ms) => count('activeMs', Math.round(ms)));
  listenSince(window, 'error unhandledrejection', (event) => {
    // Pictures that did not load are events of this name too. A late ResizeObserver is no error of the page.
    const message = messageOf(event);
    if (message === undefined || message.startsWith('ResizeObserver')) return;
    count('errors');
    // Of scripts of other origins nothing is said. Where all text is masked, messages are text.
    if (message && message !== 'Script error.' && masking.text !== 'masked')
      session.messages = [...session.messages, cleanText(message)].slice(-mostMessages);
  });
}

function messageOf(event: Event): string | undefined {
  if (event instanceof ErrorEvent) return event.message;
  if (!(event instanceof PromiseRejectionEvent)) return undefined;
  return event.reason instanceof Error ? `${event.reason.name}: ${event.reason.message}` : '';
}

/**
 * The event that closes the session, when no other tab has it open. Later than every other event, so that the core sees that the visitor
 * left. The next page load goes on with the session, and tells its totals anew; an error is told once.
 */
export function endOfSession(): SentEvent | undefined {
  if (!leaveSession() || hasEnded()) return undefined;
  const at = Date.now() + 1;
  const durationMs = Math.max(at - session.startedAt, 0);
  const {
    pages = 0,
    activeMs = 0,
    errors,
    searches,
    depth = 0,
    depths,
    started = 0,
    completed = 0,
    abandoned = 0,
    ...rest
  } = session.counts;
  const clicks = Object.fromEntries(Object.entries(rest).filter(([name]) => clickClasses.includes(name)));
  const lastErrors = session.messages.slice(-mostMessages);
  session.counts.errors = 0;
  session.messages = [];
  const props = {
    pages,
    durationMs,
    activeMs: Math.min(activeMs, durationMs),
    ...(depths && { meanScroll: Math.min(100, Math.round(depth / depths)) }),
    clicks,
    forms: { started, completed, abandoned },
    searches: searches ?? 0,
    ...(errors && { errors }),
    ...(lastErrors.length > 0 && { lastErrors }),
  };
  return { eid: newId(), type: endType, at, pageId: page.id, url: page.url, props };
}
