import { Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconBroadcast } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { meQuery } from '../api/queries.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { LiveMark, Mark } from '../parts/marks.tsx';
import { may } from '../parts/may.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { tellCount } from '../parts/words.ts';
import { liveFeed } from './live-feed.ts';
import { LiveVisitCard } from './live-visit-card.tsx';
import { useLiveSessions, useNow } from './use-live-sessions.ts';
import './live.css';

/** Who is on the site now. */
export function LivePage() {
  useDocumentTitle('Live · Leadlight');
  const { data: me } = useSuspenseQuery(meQuery);
  const { visits, error, retry } = useLiveSessions();
  const works = useSyncExternalStore(liveFeed.subscribe, () => liveFeed.works);
  const now = useNow();
  return (
    <div className="ll-page">
      <PageHeader
        title="Live"
        intro="Who is on your site now, as it happens."
        action={works ? <LiveMark words="Connected" /> : <Mark tone="medium">Connecting, checked every few seconds</Mark>}
      />
      {visits === undefined && error === null && <Skeleton height={220} radius="lg" role="status" aria-label="Loading" />}
      {visits === undefined && error !== null && <LoadError what="The live visits" error={error} onRetry={retry} />}
      {visits?.length === 0 && (
        <EmptyNote icon={<IconBroadcast size={32} stroke={1.5} aria-hidden="true" />} title="Nobody is on the site now">
          A visit appears here the moment it begins. Nothing has to be reloaded.
        </EmptyNote>
      )}
      {visits !== undefined && visits.length > 0 && (
        <>
          <h2 className="ll-live-count" aria-live="polite">
            {tellCount(visits.length, 'visitor')} now
          </h2>
          <ul className="ll-plain-list ll-live-visits">
            {visits.map((visit) => (
              <LiveVisitCard key={visit.session.id} visit={visit} now={now} mayWatch={may(me.member.role, 'replay.watch')} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
