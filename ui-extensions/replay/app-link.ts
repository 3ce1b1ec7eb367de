/** Talks with the page of the app that frames the player: `{leadlight:'time', offsetMs}` out, `{leadlight:'seek', offsetMs}` in. */
import * as z from 'zod';

const seekMessage = z.object({ leadlight: z.literal('seek'), offsetMs: z.number().min(0).max(1e9) });
const everyMs = 250;

export interface AppLink {
  /** At most four times a second while it plays; every change while it stands still. */
  tellTime(state: { readonly ms: number; readonly playing: boolean }): void;
}

/** @param until when it is aborted, `onSeek` is called no more. */
export function linkApp(onSeek: (offsetMs: number) => void, until?: AbortSignal): AppLink {
  const origin = parentOrigin();
  let told = { at: Number.NEGATIVE_INFINITY, offsetMs: -1 };
  const hear = (event: MessageEvent) => {
    if (event.source !== parent || parent === window || (origin !== null && event.origin !== origin)) return;
    const seek = seekMessage.safeParse(event.data);
    if (seek.success) onSeek(seek.data.offsetMs);
  };
  addEventListener('message', hear, until && { signal: until });
  return {
    tellTime({ ms, playing }) {
      const offsetMs = Math.round(ms);
      const isSoon = playing && performance.now() - told.at < everyMs;
      if (parent === window || offsetMs === told.offsetMs || isSoon) return;
      told = { at: performance.now(), offsetMs };
      // The time is no secret, and only the app may frame this page at all (`frame-ancestors`).
      parent.postMessage({ leadlight: 'time', offsetMs }, origin ?? '*');
    },
  };
}

/** Null where the browser tells neither (Firefox knows no `ancestorOrigins`, and the app may send no referrer). */
function parentOrigin(): string | null {
  const known = location.ancestorOrigins?.[0] ?? document.referrer;
  return URL.canParse(known) ? new URL(known).origin : null;
}
