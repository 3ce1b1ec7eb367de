/** What the session came to: counted while it lasts, and told when its last page is left. */
import type { EventType, SentEvent } from '#contract/events.ts';
import { newId } from './new-id.ts';
import { onTick, page } from './page-life.ts';
import { listen } from './safely.ts';
import { hasEnded, leaveSession, session } from './session.ts';

const endType = 'session_end' satisfies EventType;

export function watchSession(): void {
  onTick((ms) => {
    session.activeMs += Math.round(ms);
  });
  listen(window, 'error unhandledrejection', (event) => {
    // Pictures that did not load are events of this name too. A late ResizeObserver is no error of the page.
    const isError = event instanceof ErrorEvent ? !event.message.startsWith('ResizeObserver') : event instanceof PromiseRejectionEvent;
    if (isError) session.errors++;
  });
}

/**
 * The event that closes the session, when no other tab has it open. Later than every other event, so that the core sees that the visitor
 * left. The next page load goes on with the session, and tells its totals anew; an error is told once.
 */
export function endOfSession(): SentEvent | undefined {
  if (!leaveSession() || hasEnded()) return undefined;
  const at = Date.now() + 1;
  const { pages, errors, startedAt } = session;
  session.errors = 0;
  const durationMs = Math.max(at - startedAt, 0);
  const props = { pages, durationMs, activeMs: Math.min(session.activeMs, durationMs), ...(errors > 0 && { errors }) };
  return { eid: newId(), type: endType, at, pageId: page.id, url: page.url, props };
}
