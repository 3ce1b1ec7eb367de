/** The address when it is one of the web, else undefined: a link must never hold `javascript:`. */
export function webAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  return /^https?:$/.test(new URL(address).protocol) ? address : undefined;
}

/**
 * A path of this app to return to after signing in: kept when it stays on this origin, else `/`.
 * Refuses `//host`, `/\host`, control characters and every absolute address.
 */
export function pathToReturnTo(given: string | undefined): string {
  if (given === undefined || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(given)) return '/';
  const base = 'https://app.invalid';
  if (!URL.canParse(given, base)) return '/';
  const url = new URL(given, base);
  // Read again: `/..//host` has become `//host`.
  if (url.origin !== base || url.pathname.startsWith('//') || /^\/(sign-in|welcome)(\/|$)/.test(url.pathname)) return '/';
  return url.pathname + url.search + url.hash;
}
