import { Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { LiveEvent } from '#contract/live.ts';
import { LiveMark, Mark } from '../parts/marks.tsx';
import { LinkAnchor, LinkButton } from '../parts/router-links.tsx';
import { tellCount, tellDuration } from '../parts/words.ts';
import type { LiveVisit } from './use-live-sessions.ts';
import '../parts/session-card.css';

interface LiveVisitCardProps {
  readonly visit: LiveVisit;
  readonly now: number;
  readonly mayWatch: boolean;
}

/** One visitor: where they are, since when, and what they did last. */
export function LiveVisitCard({ visit, now, mayWatch }: LiveVisitCardProps) {
  const { session, events } = visit;
  const who = session.contactId === null ? 'Unknown visitor' : session.contactName;
  const page = pageNow(visit);
  return (
    <li className="ll-card ll-session" data-live="true" data-held={session.held !== null}>
      <header className="ll-session-head">
        <div className="ll-session-title">
          {session.contactId === null ? (
            <Text fw={600}>{who}</Text>
          ) : (
            <LinkAnchor to="/contacts/$contactId" params={{ contactId: session.contactId }} fw={600} c="inherit">
              {who}
            </LinkAnchor>
          )}
          <LiveMark />
          {session.held !== null && <Mark tone="low">Held</Mark>}
        </div>
        {mayWatch && session.hasRecording && (
          <LinkButton
            to="/r/$sessionId"
            params={{ sessionId: session.id }}
            variant="light"
            size="xs"
            aria-label={`Watch live: ${who}`}
            leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
          >
            Watch live
          </LinkButton>
        )}
      </header>
      {page !== null && (
        <p className="ll-live-page">
          <span className="ll-break">{page.title}</span>
          <Text span size="sm" c="dimmed" className="ll-number">
            for {tellDuration(Math.max(0, now - page.sinceMs))}
          </Text>
        </p>
      )}
      <Text size="sm" c="dimmed">
        {[
          session.siteName,
          tellCount(session.pages.length, 'page'),
          `since ${tellDuration(now - Date.parse(session.startedAt))}`,
          session.channel,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {events.length > 0 && (
        <ol className="ll-plain-list ll-live-events" aria-label={`What ${who} did last`}>
          {events.map((event) => (
            <li key={event.id}>{wordsOf(event)}</li>
          ))}
        </ol>
      )}
    </li>
  );
}

/** The page of the newest page view, which may be known before the session's row tells it. */
function pageNow({ session, events }: LiveVisit): { readonly title: string; readonly sinceMs: number } | null {
  const told = events.find(({ type }) => type === 'page_view');
  const last = session.pages.at(-1);
  if (told !== undefined && (last === undefined || Date.parse(told.at) >= Date.parse(last.at))) {
    return { title: told.title || told.path, sinceMs: Date.parse(told.at) };
  }
  return last === undefined ? null : { title: last.title || last.path, sinceMs: Date.parse(last.at) };
}

function wordsOf({ type, text, title, path }: LiveEvent): string {
  if (type === 'page_view') return `Opened ${title || path}`;
  const words = type.replaceAll('_', ' ');
  return text || words.charAt(0).toUpperCase() + words.slice(1);
}
