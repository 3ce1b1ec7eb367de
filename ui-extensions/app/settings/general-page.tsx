import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Me, Site } from '#contract/api.ts';
import { meQuery, sitesQuery } from '../api/queries.ts';
import { CodeBlock } from '../parts/code-block.tsx';
import { Copy } from '../parts/copy.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { Mark } from '../parts/marks.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { tellMoment } from '../parts/words.ts';
import './settings.css';

export function GeneralPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const sites = useQuery(sitesQuery);
  return (
    <div className="ll-page ll-page-narrow">
      <PageHeader title="General" intro="Your workspace and the sites it watches." />
      <Stack gap="md">
        <WorkspaceFacts me={me} />
        {sites.isPending && <Skeleton height={280} radius="lg" role="status" aria-label="Loading" />}
        {sites.isError && sites.data === undefined && (
          <LoadError what="The sites" error={sites.error} onRetry={() => void sites.refetch()} />
        )}
        {sites.data?.items.map((site) => (
          <SiteFacts key={site.id} site={site} />
        ))}
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

function SiteFacts({ site }: { readonly site: Site }) {
  return (
    <section className="ll-card" aria-label={site.name}>
      <Title order={2} mb="md">
        {site.name}
      </Title>
      <dl className="ll-facts">
        <dt>Addresses</dt>
        <dd>
          <ul className="ll-plain-list">
            {site.origins.map((origin) => (
              <li key={origin}>{origin}</li>
            ))}
          </ul>
        </dd>
        <dt>Snippet</dt>
        <dd>{site.snippetSeenAt === null ? <Mark tone="low">Not found yet</Mark> : `Found on ${tellMoment(site.snippetSeenAt)}`}</dd>
        <dt>First visit</dt>
        <dd>{site.firstVisitAt === null ? <Mark tone="low">None yet</Mark> : tellMoment(site.firstVisitAt)}</dd>
        <dt>Site key</dt>
        <dd className="ll-site-key">
          <code>{site.siteKey}</code>
          <Copy text={site.siteKey}>Copy key</Copy>
        </dd>
      </dl>
      <Text size="sm" c="dimmed" mt={4} mb="md">
        The site key is public: it names the site, and opens nothing.
      </Text>
      <CodeBlock code={site.snippet} label="Snippet" copyWords="Copy snippet" />
    </section>
  );
}
