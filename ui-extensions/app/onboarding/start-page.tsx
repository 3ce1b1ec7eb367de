import { Progress, Skeleton, Stack, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconWorld } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Me, Site } from '#contract/api.ts';
import type { Integration } from '#contract/integrations.ts';
import { integrationsQuery, meQuery, sitesQuery } from '../api/queries.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError, StaleNote } from '../parts/load-error.tsx';
import { may } from '../parts/may.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { LinkButton } from '../parts/router-links.tsx';
import { useConnectOutcome } from '../settings/use-connect-outcome.ts';
import { AllSet } from './all-set.tsx';
import { StepList } from './step-list.tsx';
import { nextStep, stepOrder, stepsDone } from './steps.ts';
import '@mantine/core/styles/Progress.css';
import './onboarding.css';

/** The first steps, from an empty workspace to the first visit. */
export function StartPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const sites = useQuery({ ...sitesQuery, refetchInterval: 2000 });
  const integrations = useQuery({ ...integrationsQuery, enabled: may(me.member.role, 'connections.read') });
  useConnectOutcome('/start', integrations.data?.items);
  const failed = [sites, integrations].find((query) => query.isError && query.data === undefined);
  const waiting = sites.isPending || integrations.isLoading;
  return (
    <div className="ll-page ll-page-narrow">
      <PageHeader title="Get started" intro="Four steps, about ten minutes. Each turns green by itself when it works." />
      {failed !== undefined && <LoadError what="The first steps" error={failed.error} onRetry={() => void failed.refetch()} />}
      {failed === undefined && waiting && <StepsSkeleton />}
      {sites.isError && sites.data !== undefined && <StaleNote error={sites.error} />}
      {failed === undefined && !waiting && <Steps me={me} site={sites.data?.items[0]} integrations={integrations.data?.items ?? []} />}
    </div>
  );
}

interface StepsProps {
  readonly me: Me;
  readonly site: Site | undefined;
  readonly integrations: readonly Integration[];
}

function Steps({ me, site, integrations }: StepsProps) {
  const [linkMade, setLinkMade] = useLocalStorage({ key: `leadlight.linkMade.${me.workspace.id}`, defaultValue: false });
  if (site === undefined) {
    return (
      <EmptyNote
        icon={<IconWorld size={32} stroke={1.5} aria-hidden="true" />}
        title="No site yet"
        action={<LinkButton to="/settings/sites">Add a site</LinkButton>}
      >
        Add your website, and its snippet is made.
      </EmptyNote>
    );
  }
  const done = stepsDone({ site, integrations, linkMade });
  const count = stepOrder.filter((name) => done[name]).length;
  return (
    <>
      {count === stepOrder.length ? <AllSet /> : <HowFar count={count} />}
      <StepList
        done={done}
        next={nextStep(done)}
        site={site}
        integrations={integrations}
        role={me.member.role}
        onLinkMade={() => setLinkMade(true)}
      />
    </>
  );
}

function HowFar({ count }: { readonly count: number }) {
  const words = `${count} of ${stepOrder.length} steps done`;
  return (
    <Stack gap={8} mb="lg">
      <Text size="sm" c="dimmed">
        {words}
      </Text>
      <Progress value={(100 * count) / stepOrder.length} size="sm" aria-label={words} color="var(--ll-good)" />
    </Stack>
  );
}

function StepsSkeleton() {
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      <Skeleton height={20} width={120} mb="sm" />
      <Skeleton height={320} radius="lg" />
      <Skeleton height={64} radius="lg" />
      <Skeleton height={64} radius="lg" />
      <Skeleton height={64} radius="lg" />
    </Stack>
  );
}
