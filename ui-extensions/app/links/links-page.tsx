import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { integrationsQuery, meQuery, sitesQuery } from '../api/queries.ts';
import { LoadError } from '../parts/load-error.tsx';
import { may } from '../parts/may.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { MergeTagBuilder } from './merge-tag-builder.tsx';

// Choosing one of thousands of contacts needs the largest control of the app: it comes after the page.
const MakeTrackedLink = lazy(() => import('./make-tracked-link.tsx').then(({ MakeTrackedLink: component }) => ({ default: component })));

/** Makes links that tell who is visiting: one for a person, or one for a campaign. */
export function LinksPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const mayReadCrm = may(me.member.role, 'connections.read');
  const sites = useQuery(sitesQuery);
  const integrations = useQuery({ ...integrationsQuery, enabled: mayReadCrm });
  const failed = [sites, integrations].find((query) => query.isError && query.data === undefined);
  const startUrl = sites.data?.items[0]?.origins[0] ?? '';
  const crm = integrations.data?.items.find((one) => one.kind === 'crm' && one.connection?.mergeTag);
  return (
    <div className="ll-page ll-page-narrow">
      <PageHeader
        title="Links"
        intro="A visitor who comes through one of these is recognised. The token in it is random: it never holds a name or an e-mail address."
      />
      {failed !== undefined && <LoadError what="The links" error={failed.error} onRetry={() => void failed.refetch()} />}
      {failed === undefined && (sites.isPending || integrations.isLoading) && (
        <Skeleton height={240} radius="lg" role="status" aria-label="Loading" />
      )}
      {failed === undefined && sites.data !== undefined && !integrations.isLoading && (
        <Stack gap="md">
          <section className="ll-card">
            <Title order={2}>For one contact</Title>
            <Text c="dimmed" mb="md">
              For a personal e-mail or a chat message.
            </Text>
            <Suspense fallback={<Skeleton height={60} />}>
              <MakeTrackedLink startUrl={startUrl} />
            </Suspense>
          </section>
          {mayReadCrm && (
            <section className="ll-card">
              <Title order={2}>For a campaign</Title>
              <Text c="dimmed" mb="md">
                One link for every recipient: your CRM fills in who it is.
              </Text>
              <MergeTagBuilder crm={crm} startUrl={startUrl} />
            </section>
          )}
        </Stack>
      )}
    </div>
  );
}
