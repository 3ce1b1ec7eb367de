/** What the player was opened with. */

export interface Address {
  /** Null when there is none: the link was used up, or the page reloaded. */
  readonly token: string | null;
  /** Where to begin, in milliseconds from the first recorded event. */
  readonly startMs: number;
  /** The visit goes on: follow it. */
  readonly live: boolean;
}

/** Reads `player?t=SECONDS&live=1#token=JWT`. The token is in the fragment, which no server log and no referrer ever holds. */
export function readAddress(url: string): Address {
  const { searchParams, hash } = new URL(url);
  const seconds = Number(searchParams.get('t') ?? '0');
  const token = new URLSearchParams(hash.slice(1)).get('token');
  return {
    token: token === '' ? null : token,
    startMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0,
    live: searchParams.has('live'),
  };
}
