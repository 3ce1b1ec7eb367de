import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Site } from '#contract/api.ts';
import { meQuery, sitesQuery } from '../api/queries.ts';
import { LoadError, StaleNote } from '../parts/load-error.tsx';
import { Mark } from '../parts/marks.tsx';
import { may } from '../parts/may.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { LinkAnchor } from '../parts/router-links.tsx';
import { tellCount } from '../parts/words.ts';
import { AddSiteForm } from './add-site-form.tsx';
import { NotYours } from './not-yours.tsx';
import './sites.css';

/** The sites of the workspace, and a form for another. */
export function SitesPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const mayWrite = may(me.member.role, 'sites.write');
  const sites = useQuery({ ...sitesQuery, enabled: mayWrite });
  return (
    <div className="ll-page ll-page-narrow">
      <PageHeader title="Sites" intro="The websites Leadlight watches, and what it may keep of their visitors." />
      {!mayWrite && <NotYours />}
      {sites.isLoading && <Skeleton height={160} radius="lg" role="status" aria-label="Loading" />}
      {sites.isError && sites.data === undefined && (
        <LoadError what="The sites" error={sites.error} onRetry={() => void sites.refetch()} retrying={sites.isFetching} />
      )}
      {sites.isError && sites.data !== undefined && <StaleNote error={sites.error} />}
      {mayWrite && sites.data !== undefined && (
        <Stack gap="md">
          {sites.data.items.length > 0 && (
            <ul className="ll-card ll-plain-list ll-site-list">
              {sites.data.items.map((site) => (
                <SiteLine key={site.id} site={site} />
              ))}
            </ul>
          )}
          <section className="ll-card" aria-label="Add a site">
            <Title order={2}>Add a site</Title>
            <Text c="dimmed" mb="md">
              {sites.data.items.length === 0
                ? 'This workspace has no site yet. Its snippet is made when you add one.'
                : 'It gets a key, a snippet and settings of its own.'}
            </Text>
            <AddSiteForm />
          </section>
        </Stack>
      )}
    </div>
  );
}

function SiteLine({ site }: { readonly site: Site }) {
  return (
    <li className="ll-site-line">
      <div>
        <LinkAnchor to="/settings/sites/$siteId" params={{ siteId: site.id }} fw={600} c="inherit" className="ll-row-cover ll-break">
          {site.name}
        </LinkAnchor>
        <Text size="sm" c="dimmed">
          {[tellCount(site.origins.length, 'domain'), ...modesOf(site)].join(' · ')}
        </Text>
      </div>
      {site.snippetSeenAt === null ? <Mark tone="high">Snippet not found yet</Mark> : <Mark tone="good">Snippet found</Mark>}
      <IconChevronRight size={18} aria-hidden="true" />
    </li>
  );
}

function modesOf({ config: { modes } }: Site): string[] {
  const on = [
    modes.knownContacts && 'known contacts',
    modes.anonymousVisitors && 'anonymous visitors',
    modes.siteAnalytics && 'site analytics',
  ].filter((words) => words !== false);
  return on.length === 0 ? ['nothing is tracked'] : on;
}
