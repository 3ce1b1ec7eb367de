/**
 * Everything the snippet stores: the cookie of the visitor id, and entries named `_ll_…` in the page's own storage. Storage can be
 * refused (private windows, sandboxed frames), so each access stands alone and may come to nothing.
 */
const cookieName = '_ll_vid';
const twoYears = 63_072_000;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Place = 'localStorage' | 'sessionStorage';

export function read(name: string, place: Place = 'sessionStorage'): string {
  try {
    return window[place].getItem(name) ?? '';
  } catch {
    return '';
  }
}

/** Whether it was kept: storage can be full. */
export function write(name: string, value: string, place: Place = 'sessionStorage'): boolean {
  try {
    window[place].setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

export function remove(name: string, place: Place = 'sessionStorage'): void {
  try {
    window[place].removeItem(name);
  } catch {
    // Nothing was stored where storage is refused.
  }
}

/** The visitor id bound earlier, or the empty string. */
export function readVisitor(): string {
  const value = document.cookie.split('; ').find((pair) => pair.startsWith(`${cookieName}=`)) ?? '';
  const vid = value.slice(cookieName.length + 1);
  return uuid.test(vid) ? vid : '';
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
  for (const place of ['localStorage', 'sessionStorage'] as const) {
    try {
      for (const name of Object.keys(window[place])) if (name.startsWith('_ll_')) window[place].removeItem(name);
    } catch {
      // Nothing was stored where storage is refused.
    }
  }
}

function setCookie(value: string, domain: string, maxAge: number): void {
  const secure = location.protocol === 'https:' || location.hostname === 'localhost' ? ';Secure' : '';
  document.cookie = `${cookieName}=${value};Path=/;Max-Age=${maxAge};SameSite=Lax${secure}${domain && `;Domain=${domain}`}`;
}

/** From the widest to this host alone (''). The browser refuses those that belong to everybody, such as `co.uk`. */
function domains(): string[] {
  const labels = location.hostname.split('.');
  const numeric = /^[\d.]+$|:/.test(location.hostname);
  const wider = numeric ? [] : labels.map((_, place) => labels.slice(place).join('.')).slice(0, -1);
  return [...wider.reverse(), ''];
}
