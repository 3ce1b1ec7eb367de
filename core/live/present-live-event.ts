/** An event as a viewer is told it: in the words of the replay's marks, and nothing that lists do not show. Pure. */
import { eventProps } from '#contract/events.ts';
import type { LiveEvent } from '#contract/live.ts';
import { readProps } from '../sessions/summarise-events.ts';
import { summariseMarks } from '../sessions/summarise-marks.ts';
import { summarisePages } from '../sessions/summarise-pages.ts';
import type { StoredEvent } from '../sessions/summarise-shapes.ts';

/** Null for what only measures: time and scrolling are told with the session. */
export function presentLiveEvent(
  event: StoredEvent,
  of: { readonly sessionId: string; readonly contactId: string | null },
): LiveEvent | null {
  const [mark] = summariseMarks([event], [], event.at);
  if (event.type === 'engagement' && mark === undefined) return null;
  const [page] = summarisePages([event], { startedAt: event.at, lastEventAt: event.at, endedAt: null });
  const told = readProps(event, 'page_view', eventProps.page_view) === null ? '' : (page?.title ?? '');
  return {
    id: event.eid,
    sessionId: of.sessionId,
    contactId: of.contactId,
    type: event.type,
    at: event.at.toISOString(),
    pageId: event.pageId,
    path: page?.path ?? '/',
    title: told,
    text: mark?.text ?? '',
  };
}
