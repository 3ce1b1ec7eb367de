import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { readPlayerMessage } from './player-messages.ts';

export interface Player {
  readonly frame: RefObject<HTMLIFrameElement | null>;
  /** Where the player is, in milliseconds of the replay. */
  readonly offsetMs: number;
  readonly seek: (offsetMs: number) => void;
}

/** Speaks with the player in a frame of another origin. A seek before the player is awake waits for its first word. */
export function usePlayer(origin: string | null, onExpired: () => void): Player {
  const frame = useRef<HTMLIFrameElement>(null);
  const waitingSeek = useRef<number | null>(null);
  const awake = useRef(false);
  const [offsetMs, setOffsetMs] = useState(0);

  const post = useCallback(
    (to: number) => {
      if (origin !== null) frame.current?.contentWindow?.postMessage({ leadlight: 'seek', offsetMs: to }, origin);
    },
    [origin],
  );

  useEffect(() => {
    if (origin === null) return;
    const listen = (event: MessageEvent<unknown>) => {
      const message = readPlayerMessage(event, { origin, frame: frame.current?.contentWindow ?? null });
      if (message?.leadlight === 'expired') onExpired();
      if (message?.leadlight !== 'time') return;
      awake.current = true;
      if (waitingSeek.current !== null) post(waitingSeek.current);
      else setOffsetMs(message.offsetMs);
      waitingSeek.current = null;
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, [origin, onExpired, post]);

  const seek = useCallback(
    (to: number) => {
      setOffsetMs(to);
      if (awake.current) post(to);
      else waitingSeek.current = to;
    },
    [post],
  );
  return { frame, offsetMs, seek };
}
