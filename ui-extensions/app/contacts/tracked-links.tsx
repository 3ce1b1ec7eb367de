import { Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TrackedLink } from '#contract/api.ts';
import { integrationsQuery, sitesQuery, trackedLinksQuery } from '../api/queries.ts';
import { wordsOf } from '../api/request.ts';
import { TrackedLinkForm } from '../links/tracked-link-form.tsx';
import { Copy } from '../parts/copy.tsx';
import { tellAgo, tellCount } from '../parts/words.ts';

interface TrackedLinksProps {
  readonly contactId: string;
  readonly mayReadCrm: boolean;
}

/** Links made for this contact, a form for another, and the campaign's link. */
export function TrackedLinks({ contactId, mayReadCrm }: TrackedLinksProps) {
  const sites = useQuery(sitesQuery);
  const links = useQuery(trackedLinksQuery(contactId));
  return (
    <section className="ll-card" aria-label="Tracked links">
      <Title order={2} mb="sm">
        Tracked links
      </Title>
      {sites.isPending ? (
        <Skeleton height={60} />
      ) : (
        <TrackedLinkForm contactId={contactId} startUrl={sites.data?.items[0]?.origins[0] ?? ''} />
      )}
      {links.isError && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)" mt="md">
          {wordsOf(links.error)}
        </Text>
      )}
      <ul className="ll-plain-list ll-links">
        {links.data?.items.map((link) => (
          <LinkRow key={link.id} link={link} />
        ))}
      </ul>
      {mayReadCrm && <MergeTagCopy />}
    </section>
  );
}

function LinkRow({ link }: { readonly link: TrackedLink }) {
  const clicked = link.lastClickedAt === null ? 'Not opened yet' : `Opened ${tellAgo(link.lastClickedAt, Date.now())}`;
  return (
    <li className="ll-link-row">
      <div>
        <Text size="sm" className="ll-break">
          {link.url.replace(/^https?:\/\//, '')}
        </Text>
        <Text size="xs" c="dimmed">
          {clicked} · {tellCount(link.sessions, 'session')}
        </Text>
      </div>
      <Copy text={link.url} aria-label={`Copy link ${link.url}`}>
        Copy
      </Copy>
    </li>
  );
}

function MergeTagCopy() {
  const integrations = useQuery(integrationsQuery);
  const crm = integrations.data?.items.find((one) => one.connection?.mergeTagLink);
  const link = crm?.connection?.mergeTagLink;
  if (!link) return null;
  return (
    <div className="ll-merge-tag">
      <Text size="sm" c="dimmed">
        Writing to many at once? This link works in {crm?.title} campaigns.
      </Text>
      <Copy text={link}>Copy merge-tag link</Copy>
    </div>
  );
}
