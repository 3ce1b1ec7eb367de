import { Skeleton } from '@mantine/core';
import { IconPlug } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { integrationsQuery, meQuery } from '../api/queries.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError, StaleNote } from '../parts/load-error.tsx';
import { may } from '../parts/may.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { IntegrationCard } from './integration-card.tsx';
import { useConnectOutcome } from './use-connect-outcome.ts';
import './settings.css';

export function IntegrationsPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const integrations = useQuery(integrationsQuery);
  useConnectOutcome('/settings/integrations', integrations.data?.items);
  return (
    <div className="ll-page ll-page-narrow">
      <PageHeader title="Integrations" intro="Where your contacts come from, and where Leadlight brings what it learns." />
      {integrations.isPending && <Skeleton height={220} radius="lg" role="status" aria-label="Loading" />}
      {integrations.isError && integrations.data === undefined && (
        <LoadError what="The integrations" error={integrations.error} onRetry={() => void integrations.refetch()} />
      )}
      {integrations.isError && integrations.data !== undefined && <StaleNote error={integrations.error} />}
      {integrations.data?.items.length === 0 && <NothingConfigured />}
      <div className="ll-integrations">
        {integrations.data?.items.map((integration) => (
          <IntegrationCard key={integration.provider} integration={integration} mayConnect={may(me.member.role, 'connections.write')} />
        ))}
      </div>
    </div>
  );
}

function NothingConfigured() {
  return (
    <EmptyNote icon={<IconPlug size={32} stroke={1.5} aria-hidden="true" />} title="No integrations on this server yet">
      Whoever runs this server adds an app's credentials to its configuration; the integration is offered here from then on.
    </EmptyNote>
  );
}
