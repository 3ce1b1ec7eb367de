/**
 * Everything the snippet stores: the cookie of the visitor id, and entries named `_ll_…` in the page's own storage. Storage can be
 * refused (private windows, sandboxed frames), so each access stands alone and may come to nothing.
 */
const cookieName = '_ll_vid';
const twoYears = 63_072_000;

type Place = 'localStorage' | 'sessionStorage';

export function read(name: string, place: Place = 'sessionStorage'): string {
  return attempt(() => window[place].getItem(name)) ?? '';
}

/** Whether it was kept: storage can be full. */
export function write(name: string, value: string, place: Place = 'sessionStorage'): boolean {
  return attempt(() => window[place].setItem(name, value)) !== null;
}

export function remove(name: string, place: Place = 'sessionStorage'): void {
  attempt(() => window[place].removeItem(name));
}

/** The visitor id bound earlier, or the empty string. */
export function readVisitor(): string {
  return attempt(() => document.cookie.match(/(?:^|; )_ll_vid=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:;|$)/)?.[1]) ?? '';
}

/** Written for the widest domain that the browser allows, so that `www.` and `app.` are one visitor. */
export function writeVisitor(vid: string): void {
  domains().some((domain) => {
    setCookie(vid, domain, twoYears);
    return readVisitor() === vid;
  });
}

/** Leaves nothing of ours behind. */
export function eraseEverything(): void {
  for (const domain of domains()) setCookie('', domain, 0);
  for (const place of ['localStorage', 'sessionStorage'] as const)
    attempt(() => {
      for (const name of Object.keys(window[place])) if (name.startsWith('_ll_')) remove(name, place);
    });
}

function setCookie(value: string, domain: string, maxAge: number): void {
  const secure = location.protocol === 'https:' || location.hostname === 'localhost' ? ';Secure' : '';
  attempt(() => {
    document.cookie = `${cookieName}=${value};Path=/;Max-Age=${maxAge};SameSite=Lax${secure}${domain && `;Domain=${domain}`}`;
  });
}

/** From the widest to this host alone (''). The browser refuses those that belong to everybody, such as `co.uk`. */
function domains(): string[] {
  const labels = location.hostname.split('.');
  const numeric = /^[\d.]+$|:/.test(location.hostname);
  const wider = numeric ? [] : labels.map((_, place) => labels.slice(place).join('.')).slice(0, -1);
  return [...wider.reverse(), ''];
}

/** Null where the browser refuses. */
function attempt<Value>(access: () => Value): Value | null {
  try {
    return access();
  } catch {
    return null;
  }
}
