/** The words of a summary: text of strangers made harmless, and durations as people say them. */

/** Titles, searches and names come from pages, so from anybody: this is the longest that is ever repeated. */
const longestText = 80;

const schemes = /\b[a-z][a-z0-9+.-]{1,20}:\/\/\S*|\bwww\.\S*|\b(?:mailto|javascript|data|tel):\S+/giu;
const emails = /[^\s@<>()"]{1,64}@[^\s@<>()"]{1,253}/gu;
const anyDomainWithPath = /(?<![\p{L}\d.-])(?:[\p{L}\d-]{1,63}\.){1,4}[a-z]{2,24}[/?#:]\S*/giu;
// Text that chats and mail readers turn into links by themselves. Not every top-level domain: "Node.js" is no address.
const bareDomains =
  /(?<![\p{L}\d.-])(?:[\p{L}\d-]{1,63}\.){1,4}(?:com|net|org|info|biz|io|co|ai|app|dev|eu|us|uk|de|fr|ru|cn|ly|me|gg|to|tk|xyz|top|site|online|shop|store|link|click|zip|cloud)\b/giu;

/** One line of plain text: no control or invisible characters, no address, no e-mail; at most `longest` characters. */
export function cleanText(text: string, longest: number = longestText): string {
  const line = text
    .slice(0, 1000)
    .toWellFormed()
    .replace(/[\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(schemes, ' ')
    .replace(emails, ' ')
    .replace(anyDomainWithPath, ' ')
    .replace(bareDomains, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s|·•–—:-]+|[\s|·•–—:-]+$/gu, '');
  return shorten(line, longest);
}

/** The part of a page title that names the page, in quotes-safe form: `Pricing | Acme` → `Pricing`. At most 6 words. */
export function titleCore(title: string): string {
  const line = cleanText(title).replace(/["“”„«»]/gu, '');
  const first = line.split(/\s[|·•–—-]\s/u)[0] ?? '';
  const core = first.length >= 3 ? first : line;
  const words = core.split(' ');
  return shorten(words.length > 6 ? `${words.slice(0, 6).join(' ')}…` : core, 50);
}

/** 40000 → `40 s`, 125000 → `2 min`, 3900000 → `1 h 5 min`. */
export function describeDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${(minutes - rest) / 60} h ${rest} min`;
}

/** The time between two visits: `12 days`, `3 hours`, `20 minutes`. */
export function describeGap(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return counted(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 24 ? counted(hours, 'hour') : counted(Math.round(minutes / 1440), 'day');
}

/** `1 page`, `3 pages`. */
export function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function shorten(line: string, longest: number): string {
  const characters = [...line];
  return characters.length <= longest
    ? line
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}
