/** Takes what identifies a person out of an address, and keeps the page that it names. */
import { isLeak, type Leak, scrubText } from './scrub-text.ts';

/** Never kept, whatever a site allows: they say who the visitor is. */
const neverKept =
  /^(ll|_hsenc|_hsmi|__hssc|__hstc|__hsfp|hsctatracking|mc_eid|mkt_tok|email|e-mail|token|access_token|id_token|password)$/i;
const keyName = /^[A-Za-z0-9_.[\]-]{1,100}$/;
const maxLength = 2048;

/**
 * Keeps scheme, host and path; of the query `utm_*` and `allowedKeys`; of the hash a route (`#/…`, `#!/…`). Path segments that look like an
 * e-mail address, a token or a long id become `:id`. Relative addresses stay relative; `mailto:` and `tel:` keep their scheme alone; any
 * other scheme is answered by ''. Never throws; scrubbing twice changes nothing.
 */
export function scrubUrl(url: string, allowedKeys: Iterable<string>): string {
  const parts = split(url.trim().slice(0, maxLength * 2));
  if (parts.scheme !== '' && !/^https?:$/i.test(parts.scheme))
    return /^(mailto|tel):$/i.test(parts.scheme) ? parts.scheme.toLowerCase() : '';
  const allowed = new Set(allowedKeys);
  const path = scrubPath(parts.path);
  const clean = origin(parts) + path + query(parts.query, allowed) + route(parts.hash);
  return clean.slice(0, maxLength);
}

/** What an address held before it became `clean`: the detectors' kinds, or `url` for any other part that had to go. */
export function caughtInUrl(url: string, clean: string): (Leak | 'url')[] {
  if (url === clean) return [];
  const kinds = Object.keys(scrubText(decoded(url)).caught).filter(isLeak);
  return kinds.length > 0 ? kinds : ['url'];
}

interface UrlParts {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly hash: string;
}

/** By hand: `URL` refuses relative addresses and rewrites what it accepts. Every part has one reading, so this is linear. */
function split(url: string): UrlParts {
  const [beforeHash, hash] = cut(withoutControls(url), '#');
  const [address, search] = cut(beforeHash, '?');
  const scheme = /^[a-z][a-z0-9+.-]{0,30}:/i.exec(address)?.[0] ?? '';
  const rest = address.slice(scheme.length).replaceAll('\\', '/');
  if (!rest.startsWith('//')) return { scheme, host: '', path: rest, query: search, hash };
  const [authority, path] = cut(rest.slice(2), '/');
  return {
    scheme,
    host: authority.slice(authority.lastIndexOf('@') + 1),
    path: rest.slice(2).includes('/') ? `/${path}` : '',
    query: search,
    hash,
  };
}

function cut(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Browsers drop tabs and line breaks inside an address: `java\nscript:`. */
function withoutControls(url: string): string {
  return Array.from(url, (char) => (char.charCodeAt(0) < 32 || char.charCodeAt(0) === 127 ? '' : char)).join('');
}

function origin(parts: UrlParts): string {
  if (parts.host === '') return parts.scheme;
  const host = /^[\w.:[\]-]{1,255}$/.test(parts.host) && isClean(parts.host) ? parts.host.toLowerCase() : 'unknown.invalid';
  return `${parts.scheme.toLowerCase()}//${host}`;
}

function scrubPath(path: string): string {
  const clean = path.split('/').map(scrubSegment).join('/');
  // What is harmless piece by piece may still spell a number.
  return isClean(clean) ? clean : clean.replace(/[^/]+/g, ':id');
}

function scrubSegment(segment: string): string {
  if (segment === '' || segment === ':id') return segment;
  const text = decoded(segment);
  return isId(text) || !isClean(text) || !isClean(segment)
    ? ':id'
    : segment.replace(/[^\w\-.~!$'()*+,;:@%\u0080-\uffff]/g, encodeURIComponent);
}

/** A name that people gave has words; an id has a long run of digits, of hex, or of letters and digits mixed. */
function isId(segment: string): boolean {
  if (/@|^[{(]?[0-9a-f]{8}-[0-9a-f]{4}-/i.test(segment)) return true;
  if (/^\d{6,}$|\d{9}|(?:^|[^a-z0-9])(?=[a-z]*\d)[0-9a-f]{16}/i.test(segment)) return true;
  const words = segment.split(/[^A-Za-z0-9]+/);
  const mixed = words.some((word) => /[a-z][A-Z]/.test(word) && /\d/.test(word));
  return words.some(isRandom) || (mixed && segment.length >= 16);
}

function isRandom(word: string): boolean {
  if (word.length < 16) return false;
  const changes = (word.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g) ?? []).length;
  const capitals = (word.match(/[a-z](?=[A-Z])/g) ?? []).length;
  return changes >= 2 || word.length >= 40 || (word.length >= 20 && capitals >= 4);
}

function query(search: string, allowed: ReadonlySet<string>): string {
  const kept = search.split('&').flatMap((pair) => scrubPair(pair, allowed));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

function scrubPair(pair: string, allowed: ReadonlySet<string>): string[] {
  const [rawKey, rawValue] = cut(pair, '=');
  const key = decoded(rawKey);
  if (!keyName.test(key) || neverKept.test(key) || !(/^utm_\w{1,40}$/.test(key) || allowed.has(key)) || !isClean(key)) return [];
  // A plus is a space in a query, and the beginning of a phone number.
  const value = scrubText(decoded(rawValue).slice(0, 200)).text.replaceAll('+', ' ');
  return [`${encode(key)}=${encode(scrubText(value).text)}`];
}

/** The hash of a page is kept only where it is the page: a client-side route. Its query is not. */
function route(hash: string): string {
  const [path] = cut(hash, '?');
  return /^!?\//.test(path) ? `#${path.startsWith('!') ? '!' : ''}${scrubPath(path.replace(/^!/, '').split('#').join('/'))}` : '';
}

function isClean(text: string): boolean {
  return Object.keys(scrubText(text).caught).length === 0;
}

/** What is no escape, or no UTF-8, stays as it stands, and hides nothing of what stands beside it. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => decodedRun(run) ?? run.replace(/%[0-7][0-9a-f]/gi, decodeURIComponent));
}

function decodedRun(run: string): string | null {
  try {
    return decodeURIComponent(run);
  } catch {
    return null;
  }
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%(5B|5D|3A|2F|20)/g, (code) => (code === '%20' ? '+' : decodeURIComponent(code)));
}
