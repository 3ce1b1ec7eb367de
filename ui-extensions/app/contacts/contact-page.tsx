import { Skeleton } from '@mantine/core';
import { IconUserOff } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ContactDetail } from '#contract/api.ts';
import { contactQuery, meQuery } from '../api/queries.ts';
import { statusOf } from '../api/request.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { InsightView } from '../parts/insight-view.tsx';
import { LoadError, StaleNote } from '../parts/load-error.tsx';
import { may } from '../parts/may.ts';
import { LinkButton } from '../parts/router-links.tsx';
import { ContactBrowsers } from './contact-browsers.tsx';
import { ContactHeader } from './contact-header.tsx';
import { ContactSessions } from './contact-sessions.tsx';
import { ScoreCard } from './score-card.tsx';
import { TrackedLinks } from './tracked-links.tsx';
import './contact.css';

const route = getRouteApi('/signed-in/contacts/$contactId');

export function ContactPage() {
  const { contactId } = route.useParams();
  const contact = useQuery(contactQuery(contactId));
  if (contact.isError && statusOf(contact.error) === 404) return <NoSuchContact />;
  return (
    <div className="ll-page">
      {contact.isPending && <ContactSkeleton />}
      {contact.isError && contact.data === undefined && (
        <LoadError what="This contact" error={contact.error} onRetry={() => void contact.refetch()} />
      )}
      {contact.isError && contact.data !== undefined && <StaleNote error={contact.error} />}
      {contact.data !== undefined && <Contact key={contact.data.id} contact={contact.data} />}
    </div>
  );
}

function Contact({ contact }: { readonly contact: ContactDetail }) {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <>
      <ContactHeader contact={contact} />
      <div className="ll-contact-grid">
        <ScoreCard contact={contact} />
        <div className="ll-contact-main">
          {contact.insight !== null && (
            <section className="ll-card" aria-label="Insight">
              <InsightView insight={contact.insight} />
            </section>
          )}
          <ContactSessions contactId={contact.id} mayWatch={may(me.member.role, 'replay.watch')} />
        </div>
        <div className="ll-contact-side">
          <ContactBrowsers contact={contact} mayDecide={may(me.member.role, 'links.write')} />
          {may(me.member.role, 'links.write') && (
            <TrackedLinks contactId={contact.id} mayReadCrm={may(me.member.role, 'connections.read')} />
          )}
        </div>
      </div>
    </>
  );
}

function NoSuchContact() {
  return (
    <div className="ll-page ll-page-narrow">
      <EmptyNote
        icon={<IconUserOff size={32} stroke={1.5} aria-hidden="true" />}
        title="There is no such contact"
        action={<LinkButton to="/contacts">See all contacts</LinkButton>}
      >
        The contact may have been deleted or merged with another one in the CRM.
      </EmptyNote>
    </div>
  );
}

function ContactSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton height={30} width={220} mb={10} />
      <Skeleton height={18} width={300} mb="xl" />
      <div className="ll-contact-grid">
        <Skeleton height={420} radius="lg" />
        <Skeleton height={520} radius="lg" />
      </div>
    </div>
  );
}
