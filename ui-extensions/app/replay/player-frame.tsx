import { Text } from '@mantine/core';
import { useRef } from 'react';
import type { SessionDetail } from '#contract/api.ts';
import { Copy } from '../parts/copy.tsx';
import { tellMoment, tellOffset } from '../parts/words.ts';
import type { Player } from './use-player.ts';

interface PlayerFrameProps {
  readonly session: SessionDetail;
  readonly address: string;
  readonly player: Player;
  readonly onExpired: () => void;
}

/** The player of another origin: it gets a signed address and none of our cookies or scripts. */
export function PlayerFrame({ session, address, player, onExpired }: PlayerFrameProps) {
  const loaded = useRef<string | null>(null);
  // A second load of the same address means that the player reloaded itself: its ticket is spent.
  const onLoad = () => {
    if (loaded.current === address) onExpired();
    loaded.current = address;
  };
  return (
    <>
      <iframe
        ref={player.frame}
        className="ll-player"
        title={`Replay of ${session.contactName}, ${tellMoment(session.startedAt)}`}
        src={address}
        sandbox="allow-scripts allow-same-origin"
        allow="fullscreen"
        referrerPolicy="origin"
        onLoad={onLoad}
      />
      <div className="ll-player-foot">
        <Text size="sm" c="dimmed">
          At <span className="ll-number">{tellOffset(player.offsetMs)}</span>
        </Text>
        <Copy text={() => linkAt(session.id, player.offsetMs)}>Copy link at {tellOffset(player.offsetMs)}</Copy>
      </div>
    </>
  );
}

function linkAt(sessionId: string, offsetMs: number): string {
  const seconds = Math.floor(offsetMs / 1000);
  return `${window.location.origin}/r/${encodeURIComponent(sessionId)}${seconds > 0 ? `?t=${seconds}` : ''}`;
}
