import { Button, Skeleton, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { SessionRow } from '#contract/api.ts';
import { contactSessionsQuery } from '../api/queries.ts';
import { LoadError } from '../parts/load-error.tsx';
import { SessionCard } from '../parts/session-card.tsx';

interface ContactSessionsProps {
  readonly contactId: string;
  readonly mayWatch: boolean;
}

/** The visits of this person that count, a live one first, then the newest; below them those that do not (yet), each with its reason. */
export function ContactSessions({ contactId, mayWatch }: ContactSessionsProps) {
  const query = useInfiniteQuery(contactSessionsQuery(contactId));
  const sessions = query.data?.pages.flatMap((page) => page.items).sort(liveFirst);
  const counted = sessions?.filter(({ held }) => held === null);
  const held = sessions?.filter((session) => session.held !== null) ?? [];
  return (
    <div>
      <section aria-label="Sessions">
        <Title order={2} mb="sm">
          Sessions
        </Title>
        {query.isPending && <Skeleton height={180} radius="lg" role="status" aria-label="Loading" />}
        {query.isError && sessions === undefined && (
          <LoadError what="The sessions" error={query.error} onRetry={() => void query.refetch()} />
        )}
        {counted?.length === 0 && <NoneCount held={held.length > 0} />}
        <SessionCards sessions={counted ?? []} mayWatch={mayWatch} />
      </section>
      {held.length > 0 && (
        <section aria-label="Visits that do not count" className="ll-held">
          <Title order={2}>Visits that do not count</Title>
          <Text size="sm" c="dimmed" mb="sm">
            They are in no number and no score on this page.
          </Text>
          <SessionCards sessions={held} mayWatch={mayWatch} />
        </section>
      )}
      {query.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          Load more
        </Button>
      )}
    </div>
  );
}

function SessionCards({ sessions, mayWatch }: { readonly sessions: readonly SessionRow[]; readonly mayWatch: boolean }) {
  return (
    <ul className="ll-plain-list ll-sessions">
      {sessions.map((session) => (
        <SessionCard key={session.id} session={session} mayWatch={mayWatch} />
      ))}
    </ul>
  );
}

function NoneCount({ held }: { readonly held: boolean }) {
  return (
    <div className="ll-card">
      <Text c="dimmed">
        {held
          ? 'No visit that counts yet. Those below came through a link of this contact, and are held back.'
          : 'No visits yet. Send this contact a tracked link, and their visit appears here while it goes on.'}
      </Text>
    </div>
  );
}

function liveFirst(a: SessionRow, b: SessionRow): number {
  return Number(b.live) - Number(a.live) || Date.parse(b.startedAt) - Date.parse(a.startedAt);
}
