import { Skeleton } from '@mantine/core';
import { IconVideoOff } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { SessionDetail } from '#contract/api.ts';
import { meQuery, sessionQuery } from '../api/queries.ts';
import { statusOf } from '../api/request.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { may } from '../parts/may.ts';
import { LinkButton } from '../parts/router-links.tsx';
import { ReplayHeader } from './replay-header.tsx';
import { ReplayStage } from './replay-stage.tsx';
import './replay.css';

const route = getRouteApi('/signed-in/r/$sessionId');

export function ReplayPage() {
  const { sessionId } = route.useParams();
  const { t = 0 } = route.useSearch();
  const session = useQuery(sessionQuery(sessionId));
  if (session.isError && statusOf(session.error) === 404) return <NoSuchSession />;
  if (session.isError && session.data === undefined) {
    return (
      <div className="ll-page">
        <LoadError what="This replay" error={session.error} onRetry={() => void session.refetch()} />
      </div>
    );
  }
  if (session.data === undefined) return <ReplaySkeleton />;
  return <Replay key={sessionId} session={session.data} startSeconds={t} />;
}

interface ReplayProps {
  readonly session: SessionDetail;
  readonly startSeconds: number;
}

function Replay({ session, startSeconds }: ReplayProps) {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <div className="ll-replay">
      <ReplayHeader session={session} />
      <ReplayStage session={session} startSeconds={startSeconds} mayWatch={may(me.member.role, 'replay.watch')} />
    </div>
  );
}

function NoSuchSession() {
  return (
    <div className="ll-page ll-page-narrow">
      <EmptyNote
        icon={<IconVideoOff size={32} stroke={1.5} aria-hidden="true" />}
        title="There is no such session"
        action={<LinkButton to="/contacts">See all contacts</LinkButton>}
      >
        It may have been deleted, or it belongs to another workspace.
      </EmptyNote>
    </div>
  );
}

function ReplaySkeleton() {
  return (
    <div className="ll-replay" role="status" aria-label="Loading">
      <Skeleton height={30} width={280} mb="md" />
      <div className="ll-stage">
        <Skeleton className="ll-player" radius="lg" />
        <Skeleton height={420} radius="lg" />
      </div>
    </div>
  );
}
