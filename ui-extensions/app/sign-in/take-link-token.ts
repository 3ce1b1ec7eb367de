/** Holds the token of a one-time sign-in link until it is used. */
export interface LinkTokenBox {
  /** Answers the token once; null afterwards, or when the app was not opened by such a link. */
  take(): string | null;
  readonly isFull: () => boolean;
}

/**
 * Takes the token of `/sign-in?token=…` out of the address bar before anything else runs, so that no history entry, referrer or error
 * report holds it.
 */
export function takeLinkToken(location: Location, history: History): LinkTokenBox {
  let token = readToken(location, history);
  return {
    isFull: () => token !== null,
    take: () => {
      const taken = token;
      token = null;
      return taken;
    },
  };
}

function readToken(location: Location, history: History): string | null {
  const url = new URL(location.href);
  const token = url.searchParams.get('token');
  if (url.pathname !== '/sign-in' || token === null) return null;
  url.searchParams.delete('token');
  history.replaceState(null, '', url.pathname + url.search + url.hash);
  return token;
}
