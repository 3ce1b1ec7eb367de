import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { IconEyeOff, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Site } from '#contract/api.ts';
import { anonymousSessionsQuery, meQuery, sitesQuery } from '../api/queries.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError, StaleNote } from '../parts/load-error.tsx';
import { may } from '../parts/may.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { LinkButton } from '../parts/router-links.tsx';
import { VisitRow } from './visit-row.tsx';
import './visitors.css';

const route = getRouteApi('/signed-in/visitors');

/** Visits of people nobody knows yet, where a site tracks them. */
export function VisitorsPage() {
  const { site = '' } = route.useSearch();
  const { data: me } = useSuspenseQuery(meQuery);
  const sites = useQuery(sitesQuery);
  const sessions = useInfiniteQuery(anonymousSessionsQuery(site));
  const rows = sessions.data?.pages.flatMap((page) => page.items);
  const tracked = sites.data?.items.filter(({ config }) => config.modes.anonymousVisitors) ?? [];
  const several = (sites.data?.items.length ?? 0) > 1;
  return (
    <div className="ll-page">
      <PageHeader
        title="Visitors"
        intro="Visits of people you do not know yet. When one becomes known, these visits join the contact."
        action={several ? <SiteChoice sites={sites.data?.items ?? []} chosen={site} /> : null}
      />
      {(sessions.isPending || sites.isPending) && <Skeleton height={320} radius="lg" role="status" aria-label="Loading" />}
      {sessions.isError && rows === undefined && (
        <LoadError what="The visits" error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {sessions.isError && rows !== undefined && <StaleNote error={sessions.error} />}
      {rows?.length === 0 &&
        sites.data !== undefined &&
        (tracked.length === 0 ? <Off me={me.member.role} sites={sites.data.items} /> : <NoneYet />)}
      {rows !== undefined && rows.length > 0 && (
        <ul className="ll-card ll-plain-list ll-visits" data-fading={sessions.isPlaceholderData}>
          {rows.map((session) => (
            <VisitRow key={session.id} session={session} mayWatch={may(me.member.role, 'replay.watch')} showSite={several} />
          ))}
        </ul>
      )}
      {sessions.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void sessions.fetchNextPage()} loading={sessions.isFetchingNextPage}>
          Load more
        </Button>
      )}
    </div>
  );
}

function SiteChoice({ sites, chosen }: { readonly sites: readonly Site[]; readonly chosen: string }) {
  const navigate = route.useNavigate();
  return (
    <NativeSelect
      aria-label="Site"
      value={chosen}
      data={[{ value: '', label: 'All sites' }, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={(event) => navigate({ search: { site: event.currentTarget.value || undefined }, replace: true })}
    />
  );
}

interface OffProps {
  readonly me: Parameters<typeof may>[0];
  readonly sites: readonly Site[];
}

function Off({ me, sites }: OffProps) {
  const [site] = sites;
  return (
    <EmptyNote
      icon={<IconEyeOff size={32} stroke={1.5} aria-hidden="true" />}
      title="Anonymous visitors are not tracked"
      action={
        may(me, 'sites.write') &&
        site !== undefined && (
          <LinkButton to="/settings/sites/$siteId/tracking" params={{ siteId: site.id }}>
            Open the tracking settings
          </LinkButton>
        )
      }
    >
      Leadlight follows only people you know, until a site is set to track others as well. In Europe that needs everybody's consent.
    </EmptyNote>
  );
}

function NoneYet() {
  return (
    <EmptyNote icon={<IconUsers size={32} stroke={1.5} aria-hidden="true" />} title="No visits yet">
      They appear here while they go on. Visitors who have to agree first appear once they do; people you know are in Contacts.
    </EmptyNote>
  );
}
