import { Button, Skeleton, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { SessionRow } from '#contract/api.ts';
import { contactSessionsQuery } from '../api/queries.ts';
import { LoadError } from '../parts/load-error.tsx';
import { SessionCard } from './session-card.tsx';

interface ContactSessionsProps {
  readonly contactId: string;
  readonly mayWatch: boolean;
}

/** The visits of this person: a live one first, then the newest. */
export function ContactSessions({ contactId, mayWatch }: ContactSessionsProps) {
  const query = useInfiniteQuery(contactSessionsQuery(contactId));
  const sessions = query.data?.pages.flatMap((page) => page.items).sort(liveFirst);
  return (
    <section aria-label="Sessions">
      <Title order={2} mb="sm">
        Sessions
      </Title>
      {query.isPending && <Skeleton height={180} radius="lg" role="status" aria-label="Loading" />}
      {query.isError && sessions === undefined && (
        <LoadError what="The sessions" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {sessions?.length === 0 && (
        <div className="ll-card">
          <Text c="dimmed">No visits yet. Send this contact a tracked link, and their visit appears here while it goes on.</Text>
        </div>
      )}
      <ul className="ll-plain-list ll-sessions">
        {sessions?.map((session) => (
          <SessionCard key={session.id} session={session} mayWatch={mayWatch} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          Load more
        </Button>
      )}
    </section>
  );
}

function liveFirst(a: SessionRow, b: SessionRow): number {
  return Number(b.live) - Number(a.live) || Date.parse(b.startedAt) - Date.parse(a.startedAt);
}
