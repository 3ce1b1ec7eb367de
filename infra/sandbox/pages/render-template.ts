import { createHash } from 'node:crypto';
import type { CrmRecord } from '../state/records.ts';
import { escapeHtml, type Html } from './html.ts';
import { decodeEntities, sanitise } from './sanitise.ts';

const token =
  /\{\{\s*(?:contact\.(?<direct>[a-z0-9_]+)\s*(?<encoded>\|\s*urlencode\s*)?|personalization_token\(\s*(["'])contact\.(?<named>[a-z0-9_]+)\3\s*,\s*(["'])(?<fallback>[^"']*)\5\s*\))\s*\}\}/gi;

type Encode = (value: string) => string;
const asItIs: Encode = (value) => value;

/** Fills in the personalisation tokens of a text. A property without a value, or that does not exist, gives nothing or the fallback. */
export function fillTokens(text: string, contact: CrmRecord, encode: Encode = asItIs): string {
  let filled = '';
  let from = 0;
  for (const match of text.matchAll(token)) {
    const { direct, named = '', encoded, fallback = '' } = match.groups ?? {};
    const value = contact.properties[(direct ?? named).toLowerCase()] ?? fallback;
    filled += text.slice(from, match.index) + encode(encoded === undefined ? value : encodeURIComponent(value));
    from = match.index + match[0].length;
  }
  return filled + text.slice(from);
}

/** The properties that a template names. */
export function namedProperties(text: string): string[] {
  return [...new Set([...text.matchAll(token)].map(({ groups }) => (groups?.direct ?? groups?.named ?? '').toLowerCase()))];
}

/** The e-mail as this contact gets it: tokens filled in and escaped, links with HubSpot's tracking parameters, nothing that runs. */
export function renderEmail(body: string, contact: CrmRecord): Html {
  const filled = fillTokens(body, contact, escapeHtml);
  return sanitise(paragraphs(linkBareAddresses(filled)), (href) => withTracking(href, contact));
}

/** Plain line breaks become paragraphs, as an editor would make them. */
function paragraphs(text: string): string {
  if (/<(p|div|ul|ol|h[1-3])[\s>]/i.test(text)) return text;
  return text
    .split(/\n{2,}/)
    .map((one) => `<p>${one.replaceAll('\n', '<br>')}</p>`)
    .join('');
}

/** An address pasted as text becomes a link, as an editor would make it. */
function linkBareAddresses(text: string): string {
  const parts = /<a\s[\s\S]*?<\/a>|<[^>]*>|https?:\/\/[^\s<>"']+/gi;
  return text.replace(parts, (part) => {
    if (part.startsWith('<')) return part;
    const href = decodeEntities(part).replace(/[.,;:!?)]+$/, '');
    return `<a href="${escapeHtml(href)}">${escapeHtml(href)}</a>${escapeHtml(decodeEntities(part).slice(href.length))}`;
  });
}

const sendId = '318734961';

/** Appended as text, so that the rest of the address stays letter for letter what the marketer wrote. */
function withTracking(href: string, contact: CrmRecord): string {
  const recipient = createHash('sha256').update(`sandbox ${contact.id}`).digest('base64url').slice(0, 40);
  const [address = '', fragment] = href.split('#', 2);
  const separator = address.includes('?') ? '&' : '?';
  return `${address}${separator}_hsenc=p2ANqtz-${recipient}&_hsmi=${sendId}${fragment === undefined ? '' : `#${fragment}`}`;
}
