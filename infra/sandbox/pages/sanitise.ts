import { escapeHtml, Html } from './html.ts';

const plainTags = new Set(['p', 'b', 'i', 'strong', 'em', 'u', 'ul', 'ol', 'li', 'blockquote', 'h1', 'h2', 'h3', 'span', 'div']);
/** Dropped with all that is in them. */
const silentTags = new Set(['script', 'style', 'iframe', 'object', 'template', 'noscript', 'title', 'textarea']);
const pieces = /<!--[\s\S]*?(?:-->|$)|<(?<slash>\/?)(?<tag>[a-zA-Z][a-zA-Z0-9]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^'">])*)>|[^<]+|</g;

/** A link of somebody else's HTML, its address already checked to be http(s). */
export type RewriteLink = (href: string) => string;

/**
 * Somebody else's HTML, with only harmless tags left. Nothing of the input is passed through: known tags are written anew, text is
 * escaped anew, and what is left open is closed.
 */
export function sanitise(untrusted: string, rewriteLink: RewriteLink = (href) => href): Html {
  const open: string[] = [];
  let out = '';
  for (const { text, tag, isEnd, attributes } of heard(untrusted)) {
    if (tag === null) out += escapeHtml(decodeEntities(text));
    else out += isEnd ? closeTag(open, tag) : openTag(open, tag, { attributes, rewriteLink });
  }
  return new Html(out + closeTag(open, open[0] ?? ''));
}

interface Piece {
  readonly text: string;
  /** Lower case; null for text. */
  readonly tag: string | null;
  readonly isEnd: boolean;
  readonly attributes: string;
}

function* parse(untrusted: string): Generator<Piece> {
  for (const { 0: text, groups } of untrusted.matchAll(pieces)) {
    const tag = groups?.tag?.toLowerCase() ?? null;
    if (!text.startsWith('<!--')) yield { text, tag, isEnd: groups?.slash === '/', attributes: groups?.attributes ?? '' };
  }
}

/** Leaves out the silent tags and all that is in them. */
function* heard(untrusted: string): Generator<Piece> {
  let silent: string | null = null;
  for (const piece of parse(untrusted)) {
    const opens: boolean = silent === null && piece.tag !== null && silentTags.has(piece.tag);
    if (opens && !piece.isEnd) silent = piece.tag;
    else if (silent === null && !opens) yield piece;
    else if (piece.isEnd && piece.tag === silent) silent = null;
  }
}

function openTag(open: string[], tag: string, link: { attributes: string; rewriteLink: RewriteLink }): string {
  if (tag === 'br' || tag === 'hr') return `<${tag}>`;
  if (tag === 'a') {
    const href = safeHref(link.attributes);
    open.push('a');
    return href === null ? '<a>' : `<a href="${escapeHtml(link.rewriteLink(href))}" target="_blank" rel="noopener noreferrer">`;
  }
  if (!plainTags.has(tag)) return '';
  open.push(tag);
  return `<${tag}>`;
}

/** Closes the tag and whatever was opened inside it and forgotten. */
function closeTag(open: string[], tag: string): string {
  const from = open.lastIndexOf(tag);
  return from < 0
    ? ''
    : open
        .splice(from)
        .reverse()
        .map((one) => `</${one}>`)
        .join('');
}

function safeHref(attributes: string): string | null {
  const match = /(?:^|[\s"'/])href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes);
  const href = decodeEntities(match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim();
  return /^https?:\/\/[^\s]/i.test(href) ? href : null;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp);/gi, (whole) => {
    const inner = whole.slice(1, -1).toLowerCase();
    if (!inner.startsWith('#')) return named[inner] ?? whole;
    const code = inner.startsWith('#x') ? Number.parseInt(inner.slice(2), 16) : Number(inner.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
