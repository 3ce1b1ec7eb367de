import { Skeleton, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowLeft, IconWorldOff } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
import type { Site } from '#contract/api.ts';
import { meQuery, sitesQuery } from '../api/queries.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { may } from '../parts/may.ts';
import { LinkAnchor, LinkButton } from '../parts/router-links.tsx';
import { NotYours } from './not-yours.tsx';
import { siteContext } from './site-context.ts';
import { UnsavedGuard } from './unsaved-guard.tsx';
import './sites.css';

const route = getRouteApi('/signed-in/settings/sites/$siteId');

/** What the pages of one site have in common: its name, the way between them, and the question before changes are lost. */
export function SiteFrame() {
  const { siteId } = route.useParams();
  const { data: me } = useSuspenseQuery(meQuery);
  const sites = useQuery(sitesQuery);
  const site = sites.data?.items.find(({ id }) => id === siteId);
  return (
    <div className="ll-page ll-page-narrow">
      <LinkAnchor to="/settings/sites" size="sm" c="dimmed" className="ll-inline">
        <IconArrowLeft size={15} aria-hidden="true" />
        Sites
      </LinkAnchor>
      {!may(me.member.role, 'sites.write') ? (
        <NotYours />
      ) : site !== undefined ? (
        <SitePages key={site.id} site={site} />
      ) : sites.isPending ? (
        <Skeleton height={420} radius="lg" mt="md" role="status" aria-label="Loading" />
      ) : sites.isError ? (
        <LoadError what="This site" error={sites.error} onRetry={() => void sites.refetch()} />
      ) : (
        <NoSuchSite />
      )}
    </div>
  );
}

function SitePages({ site }: { readonly site: Site }) {
  useDocumentTitle(`${site.name} · Leadlight`);
  const unsaved = useRef(new Set<string>());
  const noteUnsaved = useCallback((section: string, isUnsaved: boolean) => {
    if (isUnsaved) unsaved.current.add(section);
    else unsaved.current.delete(section);
  }, []);
  const given = useMemo(() => ({ site, noteUnsaved }), [site, noteUnsaved]);
  const params = { siteId: site.id };
  return (
    <siteContext.Provider value={given}>
      <Title order={1} mt={6} className="ll-break">
        {site.name}
      </Title>
      <nav className="ll-site-nav" aria-label="Pages of this site">
        <Link to="/settings/sites/$siteId" params={params} activeOptions={{ exact: true }}>
          General
        </Link>
        <Link to="/settings/sites/$siteId/tracking" params={params}>
          Tracking
        </Link>
        <Link to="/settings/sites/$siteId/leaks" params={params}>
          Leaks
        </Link>
      </nav>
      <Outlet />
      <UnsavedGuard unsaved={unsaved} />
    </siteContext.Provider>
  );
}

function NoSuchSite() {
  return (
    <EmptyNote
      icon={<IconWorldOff size={32} stroke={1.5} aria-hidden="true" />}
      title="There is no such site"
      action={<LinkButton to="/settings/sites">See all sites</LinkButton>}
    >
      The address may be mistyped, or the site belongs to another workspace.
    </EmptyNote>
  );
}
