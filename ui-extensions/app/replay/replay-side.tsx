import { Text, Title, UnstyledButton } from '@mantine/core';
import type { SessionDetail } from '#contract/api.ts';
import { InsightView, MomentLine } from '../parts/insight-view.tsx';
import { LinkAnchor } from '../parts/router-links.tsx';
import { OtherSessions } from './other-sessions.tsx';
import { momentNow, timelineOf } from './timeline.ts';
import type { Player } from './use-player.ts';

interface ReplaySideProps {
  readonly session: SessionDetail;
  readonly player: Player;
  /** Whether a moment can be jumped to. */
  readonly playable: boolean;
}

export function ReplaySide({ session, player, playable }: ReplaySideProps) {
  return (
    <aside className="ll-side" aria-label="About this session">
      {session.insight !== null && (
        <section className="ll-card">
          <InsightView
            insight={session.insight}
            renderMoment={(moment) =>
              moment.sessionId === session.id ? (
                <MomentButton offsetMs={moment.offsetMs} text={moment.text} player={player} playable={playable} />
              ) : (
                <LinkAnchor
                  to="/r/$sessionId"
                  params={{ sessionId: moment.sessionId }}
                  search={{ t: Math.floor(moment.offsetMs / 1000) }}
                  className="ll-moment"
                  c="inherit"
                >
                  <MomentLine offsetMs={moment.offsetMs} text={`${moment.text} (another visit)`} />
                </LinkAnchor>
              )
            }
          />
        </section>
      )}
      <Timeline session={session} player={player} playable={playable} />
      {session.contactId !== null && <OtherSessions contactId={session.contactId} sessionId={session.id} />}
    </aside>
  );
}

function Timeline({ session, player, playable }: ReplaySideProps) {
  const moments = timelineOf(session);
  const now = playable ? momentNow(moments, player.offsetMs) : null;
  return (
    <section className="ll-card" aria-label="Timeline">
      <Title order={2} mb="xs">
        Timeline
      </Title>
      {moments.length === 0 && <Text c="dimmed">Nothing has happened yet.</Text>}
      <ol className="ll-plain-list">
        {moments.map((moment) => (
          <li key={moment.id} data-kind={moment.kind}>
            <MomentButton offsetMs={moment.offsetMs} text={moment.text} player={player} playable={playable} now={moment === now} />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface MomentButtonProps {
  readonly offsetMs: number;
  readonly text: string;
  readonly player: Player;
  readonly playable: boolean;
  readonly now?: boolean;
}

function MomentButton({ offsetMs, text, player, playable, now = false }: MomentButtonProps) {
  if (!playable) {
    return (
      <span className="ll-moment">
        <MomentLine offsetMs={offsetMs} text={text} />
      </span>
    );
  }
  return (
    <UnstyledButton className="ll-moment" data-now={now} aria-current={now ? 'true' : undefined} onClick={() => player.seek(offsetMs)}>
      <MomentLine offsetMs={offsetMs} text={text} />
    </UnstyledButton>
  );
}
