import { Button, Skeleton } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { deadLettersQuery } from '../api/queries.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError, StaleNote } from '../parts/load-error.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { DeadLetterRow } from './dead-letter-row.tsx';
import './api-keys.css';

const intro =
  'Events that a browser sent and we could not read. Each was set aside alone, its neighbours were kept. They wait here for 30 days, with personal data taken out.';

/** What was set aside, why, and another try. */
export function DeadLettersPage() {
  const query = useInfiniteQuery(deadLettersQuery);
  const letters = query.data?.pages.flatMap((page) => page.items);
  return (
    <div className="ll-page ll-page-narrow">
      <PageHeader title="Dead letters" intro={intro} />
      {query.isPending && <Skeleton height={220} radius="lg" role="status" aria-label="Loading" />}
      {query.isError && letters === undefined && (
        <LoadError what="The dead letters" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isError && letters !== undefined && <StaleNote error={query.error} />}
      {letters?.length === 0 && (
        <EmptyNote icon={<IconMailCheck size={32} stroke={1.5} aria-hidden="true" />} title="Every event could be read">
          If a page sends an event that is not in the catalogue, or one with a field that is not right, it is shown here with the reason.
        </EmptyNote>
      )}
      {letters !== undefined && letters.length > 0 && (
        <ul className="ll-card ll-plain-list ll-letters">
          {letters.map((letter) => (
            <DeadLetterRow key={letter.id} letter={letter} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          Load more
        </Button>
      )}
    </div>
  );
}
