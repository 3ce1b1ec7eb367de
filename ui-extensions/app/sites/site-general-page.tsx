import { Stack, Text, Title } from '@mantine/core';
import type { Site } from '#contract/api.ts';
import { CodeBlock } from '../parts/code-block.tsx';
import { Mark } from '../parts/marks.tsx';
import { tellMoment } from '../parts/words.ts';
import { useSite } from './site-context.ts';
import { SiteDomains } from './site-domains.tsx';
import { SiteKey } from './site-key.tsx';

/** Where the site is, its snippet and its key. */
export function SiteGeneralPage() {
  const { site } = useSite();
  return (
    <Stack gap="md">
      <section className="ll-card" aria-label="Snippet">
        <Title order={2}>Snippet</Title>
        <Text c="dimmed" mt={2} mb="md">
          Goes before the closing &lt;/head&gt; of every page.
        </Text>
        <CodeBlock code={site.snippet} label="Snippet" copyWords="Copy snippet" />
        <SiteMoments site={site} />
      </section>
      <SiteDomains />
      <SiteKey site={site} />
    </Stack>
  );
}

function SiteMoments({ site }: { readonly site: Site }) {
  return (
    <dl className="ll-site-moments">
      <div>
        <dt>First found on the site</dt>
        <dd>{site.snippetSeenAt === null ? <Mark tone="high">Not found yet</Mark> : tellMoment(site.snippetSeenAt)}</dd>
      </div>
      <div>
        <dt>First visit of a known person</dt>
        <dd>{site.firstVisitAt === null ? <Mark tone="low">None yet</Mark> : tellMoment(site.firstVisitAt)}</dd>
      </div>
    </dl>
  );
}
