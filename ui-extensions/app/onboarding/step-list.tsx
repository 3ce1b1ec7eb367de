import { Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Site } from '#contract/api.ts';
import type { Integration } from '#contract/integrations.ts';
import type { Role } from '#contract/roles.ts';
import { may } from '../parts/may.ts';
import { AlertsStep } from './alerts-step.tsx';
import { CrmStep } from './crm-step.tsx';
import { SnippetStep } from './snippet-step.tsx';
import { StepCard } from './step-card.tsx';
import type { StepName } from './steps.ts';

// The last step: its parts come after the page.
const LinkStep = lazy(() => import('./link-step.tsx').then(({ LinkStep: component }) => ({ default: component })));

interface StepListProps {
  readonly done: Readonly<Record<StepName, boolean>>;
  readonly next: StepName | null;
  readonly site: Site;
  readonly integrations: readonly Integration[];
  readonly role: Role;
  readonly onLinkMade: () => void;
}

export function StepList({ done, next, site, integrations, role, onLinkMade }: StepListProps) {
  const crm = offered(integrations, 'crm');
  const alerts = offered(integrations, 'alerts');
  const mayConnect = may(role, 'connections.write');
  const state = (name: StepName) => ({ done: done[name], current: next === name });
  return (
    <ol className="ll-steps">
      <StepCard number={1} title="Paste the snippet" {...state('snippet')} summary={snippetSummary(site)}>
        <SnippetStep site={site} />
      </StepCard>
      <StepCard number={2} title={`Connect ${crm?.title ?? 'your CRM'}`} {...state('crm')} summary={crmSummary(crm)}>
        {crm === undefined ? <NotOffered what="CRM" /> : <CrmStep integration={crm} mayConnect={mayConnect} />}
      </StepCard>
      <StepCard number={3} title={`Connect ${alerts?.title ?? 'a chat'}`} {...state('alerts')} summary={alertsSummary(alerts)}>
        {alerts === undefined ? <NotOffered what="chat" /> : <AlertsStep integration={alerts} mayConnect={mayConnect} />}
      </StepCard>
      <StepCard number={4} title="Make your first tracked link" {...state('link')} summary="See who is visiting">
        <Suspense fallback={<Skeleton height={160} />}>
          <LinkStep site={site} crm={crm} onMade={onLinkMade} />
        </Suspense>
      </StepCard>
    </ol>
  );
}

/** The integration of a kind to show: a connected one goes before one that is not. */
function offered(integrations: readonly Integration[], kind: Integration['kind']): Integration | undefined {
  const all = integrations.filter((one) => one.kind === kind);
  return all.find((one) => one.connection !== null && one.connection.state !== 'disconnected') ?? all[0];
}

function NotOffered({ what }: { readonly what: string }) {
  return <Text c="dimmed">No {what} is set up on this server yet. Whoever runs it adds the app's credentials to its configuration.</Text>;
}

function snippetSummary(site: Site): string {
  return site.snippetSeenAt === null ? `On ${site.name}` : `Snippet found on ${site.name}`;
}

function crmSummary(crm: Integration | undefined): string {
  const connection = crm?.connection;
  return connection?.state === 'active' ? `Connected to ${connection.accountName}` : 'Bring your contacts in, and scores back';
}

function alertsSummary(alerts: Integration | undefined): string {
  const channel = alerts?.connection?.channel;
  return channel ? `Alerts go to ${channelName(channel.name)}` : 'Hear about hot contacts while they are on the site';
}

function channelName(name: string): string {
  return name.startsWith('#') ? name : `#${name}`;
}
