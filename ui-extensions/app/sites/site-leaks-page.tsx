import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconHourglass, IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Site } from '#contract/api.ts';
import { leaksQuery } from '../api/queries.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError, StaleNote } from '../parts/load-error.tsx';
import { FaultList } from './fault-list.tsx';
import { LeakGuide } from './leak-guide.tsx';
import { LeakTable } from './leak-table.tsx';
import { useSite } from './site-context.ts';
import './leaks.css';

/** What the server had to take out of what the site's pages sent, and what to do about it. */
export function SiteLeaksPage() {
  const { site } = useSite();
  const query = useInfiniteQuery(leaksQuery(site.id));
  const leaks = query.data?.pages.flatMap((page) => page.items);
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>What your pages leak</Title>
        <Text c="dimmed" maw={660} mt={2}>
          The snippet takes personal data out before it sends, and the server reads everything again. Here is what only the server caught:
          it was not stored, but it did leave the browser. Once a page is mended, its last time stands still.
        </Text>
      </div>
      {query.isPending && <Skeleton height={220} radius="lg" role="status" aria-label="Loading" />}
      {query.isError && leaks === undefined && <LoadError what="What was found" error={query.error} onRetry={() => void query.refetch()} />}
      {query.isError && leaks !== undefined && <StaleNote error={query.error} />}
      {leaks?.length === 0 && <NoLeaks site={site} />}
      {leaks !== undefined && leaks.length > 0 && (
        <>
          <LeakTable leaks={leaks} />
          {query.hasNextPage && (
            <div>
              <Button variant="default" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
                Load more
              </Button>
            </div>
          )}
          <LeakGuide leaks={leaks} />
        </>
      )}
      <FaultList siteId={site.id} />
    </Stack>
  );
}

function NoLeaks({ site }: { readonly site: Site }) {
  if (site.snippetSeenAt === null) {
    return (
      <EmptyNote icon={<IconHourglass size={32} stroke={1.5} aria-hidden="true" />} title="Nothing to check yet">
        The snippet was not found on this site so far. What its pages send will be checked from the first visit on.
      </EmptyNote>
    );
  }
  return (
    <EmptyNote icon={<IconShieldCheck size={32} stroke={1.5} aria-hidden="true" />} title="Nothing was found">
      The server took nothing out of what this site sent. It looks for addresses, numbers and keys of known forms; it cannot know a name or
      a note about somebody by its form. Mark those with <code>data-ll-mask</code>, and watch a replay of each kind of page.
    </EmptyNote>
  );
}
