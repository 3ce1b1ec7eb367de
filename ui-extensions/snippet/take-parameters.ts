const tokenShape = /^[A-Za-z0-9_-]{16,64}$/;
/** What an e-mail tool leaves when it had nothing to fill in. */
const unfilled = /^$|\{|%7b/i;

interface Taken {
  readonly token: string | undefined;
  /** `1`: this browser is one of the site's own people; `0`: it is not any more. */
  readonly internal: string | undefined;
}

/**
 * Takes our parameters, `ll` and `ll_internal`, out of the address bar. Runs before anything else, so that no later script, referrer,
 * recording or stored address holds the link token. Other parameters keep their order and spelling; a value that is not ours stays.
 */
export function takeParameters(): Taken {
  const { search, pathname, hash } = location;
  const parts = search.slice(1).split('&');
  const kept = parts.filter((part) => !isOurs(part));
  const taken = parts.filter(isOurs);
  if (taken.length > 0) history.replaceState(history.state, '', pathname + (kept.length > 0 ? `?${kept.join('&')}` : '') + hash);
  return {
    token: taken.map((part) => textAfter(part, 'll')).find((value) => tokenShape.test(value)),
    internal: taken.map((part) => textAfter(part, 'll_internal')).find(Boolean),
  };
}

function isOurs(part: string): boolean {
  const token = textAfter(part, 'll');
  return /^ll_internal=[01]$/.test(part) || (/^ll(=|$)/.test(part) && (tokenShape.test(token) || unfilled.test(token)));
}

function textAfter(part: string, name: string): string {
  return part.startsWith(`${name}=`) ? part.slice(name.length + 1) : '';
}
