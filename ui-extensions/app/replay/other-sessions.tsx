import { Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { contactSessionsQuery } from '../api/queries.ts';
import { LiveDot } from '../parts/marks.tsx';
import { LinkAnchor } from '../parts/router-links.tsx';
import { tellCount, tellDuration, tellMoment } from '../parts/words.ts';

interface OtherSessionsProps {
  readonly contactId: string;
  /** The one that is open. */
  readonly sessionId: string;
}

/** Switches between the visits of this person. */
export function OtherSessions({ contactId, sessionId }: OtherSessionsProps) {
  const query = useInfiniteQuery({ ...contactSessionsQuery(contactId), refetchInterval: 20_000 });
  const sessions = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (sessions.length < 2) return null;
  return (
    <nav className="ll-card" aria-label="Sessions of this person">
      <Title order={2} mb="xs">
        Sessions of this person
      </Title>
      <ul className="ll-plain-list">
        {sessions.map((session) => (
          <li key={session.id}>
            <LinkAnchor
              to="/r/$sessionId"
              params={{ sessionId: session.id }}
              className="ll-moment"
              c="inherit"
              underline="never"
              data-now={session.id === sessionId}
            >
              <span className="ll-switch">
                {tellMoment(session.startedAt)} {session.live && <LiveDot />}
              </span>
              <Text span size="sm" c="dimmed">
                {tellCount(session.pages.length, 'page')}, {tellDuration(session.activeMs)}
                {session.held !== null && ', does not count'}
              </Text>
            </LinkAnchor>
          </li>
        ))}
      </ul>
    </nav>
  );
}
