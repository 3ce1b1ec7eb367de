import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Delivery } from '#contract/integrations.ts';
import { deliveriesQuery } from '../api/queries.ts';
import { Ago } from '../parts/ago.tsx';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError, StaleNote } from '../parts/load-error.tsx';
import { Mark, type Tone } from '../parts/marks.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { LinkAnchor } from '../parts/router-links.tsx';
import './settings.css';

/** Everything sent to a CRM or a chat, in sentences, newest first. */
export function SyncLogPage() {
  const log = useInfiniteQuery(deliveriesQuery);
  const deliveries = log.data?.pages.flatMap((page) => page.items);
  return (
    <div className="ll-page ll-page-narrow">
      <PageHeader title="Sync log" intro="Everything Leadlight sent to your CRM and your chat, newest first." />
      {log.isPending && <LogSkeleton />}
      {log.isError && deliveries === undefined && <LoadError what="The sync log" error={log.error} onRetry={() => void log.refetch()} />}
      {log.isError && deliveries !== undefined && <StaleNote error={log.error} />}
      {deliveries?.length === 0 && <NothingSent />}
      {deliveries !== undefined && deliveries.length > 0 && <LogRows deliveries={deliveries} />}
      {log.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void log.fetchNextPage()} loading={log.isFetchingNextPage}>
          Load more
        </Button>
      )}
    </div>
  );
}

const outcomes: Readonly<Record<Delivery['outcome'], { readonly tone: Tone; readonly words: string }>> = {
  done: { tone: 'good', words: 'Done' },
  retrying: { tone: 'high', words: 'Retrying' },
  waiting: { tone: 'low', words: 'Waiting' },
  failed: { tone: 'bad', words: 'Failed' },
};

function LogRows({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  return (
    <ul className="ll-card ll-plain-list ll-log">
      {deliveries.map((delivery) => (
        <LogRow key={delivery.id} delivery={delivery} />
      ))}
    </ul>
  );
}

function LogRow({ delivery }: { readonly delivery: Delivery }) {
  const { tone, words } = outcomes[delivery.outcome];
  return (
    <li className="ll-log-row">
      <span>
        <Mark tone={tone}>{words}</Mark>
      </span>
      <div className="ll-log-words ll-break">
        {delivery.contactId === null ? (
          <Text>{delivery.text}</Text>
        ) : (
          <LinkAnchor to="/contacts/$contactId" params={{ contactId: delivery.contactId }} c="inherit">
            {delivery.text}
          </LinkAnchor>
        )}
        {delivery.reason !== null && (
          <Text size="sm" c="dimmed">
            {delivery.reason}
          </Text>
        )}
      </div>
      <Ago at={delivery.at} size="sm" c="dimmed" />
    </li>
  );
}

function NothingSent() {
  return (
    <EmptyNote
      icon={<IconListDetails size={32} stroke={1.5} aria-hidden="true" />}
      title="Nothing has been sent yet"
      action={<LinkAnchor to="/settings/integrations">Go to Integrations</LinkAnchor>}
    >
      Connect a CRM or a chat. Each update of a record and each alert is then listed here with its outcome.
    </EmptyNote>
  );
}

function LogSkeleton() {
  return (
    <Stack gap={8} role="status" aria-label="Loading">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <Skeleton key={row} height={52} radius="md" />
      ))}
    </Stack>
  );
}
