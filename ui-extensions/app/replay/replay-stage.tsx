import { Skeleton, Text, Title } from '@mantine/core';
import { IconLock, IconVideoOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { SessionDetail } from '#contract/api.ts';
import { replayTicketQuery } from '../api/queries.ts';
import { LoadError } from '../parts/load-error.tsx';
import { PlayerFrame } from './player-frame.tsx';
import { originOf, startAt } from './player-messages.ts';
import { ReplaySide } from './replay-side.tsx';
import { usePlayer } from './use-player.ts';

interface ReplayStageProps {
  readonly session: SessionDetail;
  readonly startSeconds: number;
  readonly mayWatch: boolean;
}

/** The player, and beside it what happened. */
export function ReplayStage({ session, startSeconds, mayWatch }: ReplayStageProps) {
  const ticket = useQuery({ ...replayTicketQuery(session.id), enabled: mayWatch && session.hasRecording });
  const [resumeSeconds, setResumeSeconds] = useState(startSeconds);
  const { refetch } = ticket;
  const renew = useCallback(() => void refetch(), [refetch]);
  const player = usePlayer(originOf(ticket.data?.playerUrl), renew);
  // One address per ticket: a new start alone must not reload the player.
  const address = useMemo(
    () => (ticket.data === undefined ? null : startAt(ticket.data.playerUrl, resumeSeconds)),
    [ticket.data, resumeSeconds],
  );
  const askAgain = () => {
    setResumeSeconds(player.offsetMs / 1000);
    renew();
  };

  return (
    <div className="ll-stage">
      <section aria-label="Player" className="ll-stage-player">
        {!mayWatch && <NotAllowed />}
        {mayWatch && !session.hasRecording && <NoRecording live={session.live} />}
        {ticket.isLoading && <Skeleton className="ll-player" radius="lg" role="status" aria-label="Loading" />}
        {ticket.isError && ticket.data === undefined && <LoadError what="The recording" error={ticket.error} onRetry={renew} />}
        {address !== null && <PlayerFrame session={session} address={address} player={player} onExpired={askAgain} />}
      </section>
      <ReplaySide session={session} player={player} playable={address !== null} />
    </div>
  );
}

function Notice({ icon, title, children }: { readonly icon: ReactNode; readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="ll-card ll-state ll-player">
      {icon}
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw={440}>
        {children}
      </Text>
    </div>
  );
}

function NoRecording({ live }: { readonly live: boolean }) {
  return (
    <Notice icon={<IconVideoOff size={32} stroke={1.5} aria-hidden="true" />} title={live ? 'Nothing recorded yet' : 'No recording'}>
      {live
        ? 'The visit has just begun. The recording appears here within seconds.'
        : 'This visit was not recorded, or its recording has passed its retention. What happened is still listed here.'}
    </Notice>
  );
}

function NotAllowed() {
  return (
    <Notice icon={<IconLock size={32} stroke={1.5} aria-hidden="true" />} title="Your role may not watch replays">
      Ask an owner or admin of the workspace for a role that may.
    </Notice>
  );
}
