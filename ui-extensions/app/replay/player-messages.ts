import { z } from 'zod';

/** What the player says, from its own origin. */
const playerMessage = z.discriminatedUnion('leadlight', [
  z.object({ leadlight: z.literal('time'), offsetMs: z.number().min(0) }),
  z.object({ leadlight: z.literal('expired') }),
]);
export type PlayerMessage = z.infer<typeof playerMessage>;

/** A message of the player in this frame; null for everything else that may arrive at a window. */
export function readPlayerMessage(
  event: MessageEvent<unknown>,
  from: { readonly origin: string; readonly frame: Window | null },
): PlayerMessage | null {
  if (event.origin !== from.origin || from.frame === null || event.source !== from.frame) return null;
  const parsed = playerMessage.safeParse(event.data);
  return parsed.success ? parsed.data : null;
}

/** The player's address, starting at `seconds` unless it says already where to start. The token stays behind the hash. */
export function startAt(playerUrl: string, seconds: number): string {
  const url = new URL(playerUrl);
  if (!url.searchParams.has('t') && seconds > 0) url.searchParams.set('t', String(Math.floor(seconds)));
  return url.href;
}

/** Null while there is no player. */
export function originOf(playerUrl: string | undefined): string | null {
  return playerUrl === undefined || !URL.canParse(playerUrl) ? null : new URL(playerUrl).origin;
}
