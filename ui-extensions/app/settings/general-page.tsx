import { Stack, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Me } from '#contract/api.ts';
import { meQuery } from '../api/queries.ts';
import { may } from '../parts/may.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { RawEventsSection } from './raw-events-section.tsx';
import './settings.css';

export function GeneralPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <div className="ll-page ll-page-narrow">
      <PageHeader title="General" intro="Your workspace, and who you are in it." />
      <Stack gap="md">
        <WorkspaceFacts me={me} />
        <RawEventsSection mayWrite={may(me.member.role, 'workspace.write')} />
      </Stack>
    </div>
  );
}

function WorkspaceFacts({ me }: { readonly me: Me }) {
  return (
    <section className="ll-card">
      <Title order={2} mb="md">
        Workspace
      </Title>
      <dl className="ll-facts">
        <dt>Name</dt>
        <dd>{me.workspace.name}</dd>
        <dt>Signed in as</dt>
        <dd>
          {me.member.name} ({me.member.email})
        </dd>
        <dt>Your role</dt>
        <dd className="ll-role">{me.member.role}</dd>
        {me.workspace.demo && (
          <>
            <dt>Data</dt>
            <dd>Sample data</dd>
          </>
        )}
      </dl>
    </section>
  );
}
