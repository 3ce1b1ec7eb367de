/** Finds what opens doors: JWTs and API keys, and base64 or hex that hides a find. */
import { plainForm } from './scrub-decode.ts';
import { redactEmails } from './scrub-emails.ts';
import { redactNumbers } from './scrub-numbers.ts';
import type { Redact } from './scrub-text.ts';

const run = /[\w+/=.~-]{12,}/g;
/** The prefixes by which vendors mark their keys; what follows is secret. */
const apiKey = new RegExp(
  `(?:^|[^A-Za-z0-9])(?:${[
    '[sprw]k_(?:(?:live|test|prod)_\\w{4}|(?=[A-Za-z]{0,30}\\d)[A-Za-z0-9]{10}|[A-Za-z0-9]{20})',
    '(?:g|x)?sk[-_](?=[a-zA-Z-]{0,30}\\d)[\\w-]{12}',
    'xox[a-z]-[\\w-]{6}',
    'xapp-[\\w-]{8}',
    'ya29\\.[\\w-]{4}',
    '1//0[\\w-]{8}',
    'A(?:KIA|SIA|ROA|IDA)[A-Z0-9]{12}',
    'AIza[\\w-]{16}',
    'gh[a-z]_[A-Za-z0-9]{12}',
    'github_pat_\\w{12}',
    'gl[a-z]{2,4}-[\\w-]{16}',
    'glpat-[\\w-]{10}',
    'shp(?:at|ca|pa|ss)_[A-Za-z0-9]{8}',
    '(?:whsec|rzp_live|rzp_test|sq0[a-z]{3}|dckr_pat|dop_v1|doo_v1|dor_v1|lin_api|figd|ntn|r8|pypi)[_-][\\w+/-]{8}',
    'SG\\.[\\w-]{8}',
    'hf_[A-Za-z0-9]{12}',
    'npm_[A-Za-z0-9]{12}',
    'pat-[a-z]{2}\\d-[\\w-]{8}',
    'key-(?=[a-z]{0,20}\\d)[A-Za-z0-9]{16}',
    '(?:AC|SK)[0-9a-f]{32}',
    '(?:PMAK|NRAK|xkeysib|tskey|xai|pplx)-(?=[A-Za-z-]{0,20}\\d)[\\w-]{12}',
    'hvs\\.[\\w-]{12}',
    'EAA[A-Za-z0-9]{20}',
  ].join('|')})`,
);
const base64 = /^[A-Za-z0-9+/_-]{11,}={0,2}$/;
/** What no text holds: bytes that are none, and control characters. */
const notText = /[^\P{Cc}\s]|\ufffd/u;
const hex = /^(?:[2-7][0-9a-f]){6,}$/i;
/** A secret by what stands before it. It has a digit: prose has none. */
const labelled =
  /\b(bearer|api[_-]?key|access[_-]?token|client[_-]?secret|passw(?:or)?d)(["']?\s{0,3}[:= ]\s{0,3}["']?)(?=[^\s"'&]{0,60}\d)[\w.~+/-]{16,4000}/gi;
const privateKey = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,10000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g;

/** A run with a find goes as a whole: what is left of half a token is still half a token. */
export function redactTokens(text: string, redact: Redact): string {
  const clean = text.includes('PRIVATE KEY') ? text.replace(privateKey, (found) => redact('key', found)) : text;
  return redactLabelled(clean, redact).replace(run, (piece) => {
    if (hasJwt(piece)) return redact('token', piece);
    if (apiKey.test(piece)) return redact('key', piece);
    return hidesFind(piece) ? redact('encoded', piece) : piece;
  });
}

function redactLabelled(text: string, redact: Redact): string {
  return text.replace(labelled, (found, label: string, gap: string) => label + gap + redact('key', found.slice(label.length + gap.length)));
}

/** `eyJ` and what follows up to a dot, and something behind the dot. Splitting keeps `eyJeyJeyJ…` linear. */
function hasJwt(piece: string): boolean {
  const parts = piece.split('.');
  return parts.some((part, index) => {
    const start = part.indexOf('eyJ');
    return start !== -1 && part.length - start >= 9 && (parts[index + 1] ?? '').length >= 2;
  });
}

function hidesFind(piece: string): boolean {
  if (isHiding(piece)) return true;
  return /[/.=]/.test(piece) && piece.split(/[/.]|=(?=[^=])/).some(isHiding);
}

/** Whether the piece is base64 or hex of a text that holds a find. Most pieces are words, whose first bytes already decode to no text. */
function isHiding(piece: string, depth = 0): boolean {
  if (piece.length < 11) return false;
  if (hex.test(piece) && holdsFind(Buffer.from(piece, 'hex').toString('utf8'), depth)) return true;
  if (!base64.test(piece)) return false;
  const start = Buffer.from(piece.slice(0, 4), 'base64').toString('latin1');
  if (!/^[\x20-\x7e\xc2-\xef][\x20-\x7e\x80-\xbf]{2}$/.test(start)) return false;
  const decoded = Buffer.from(piece, 'base64').toString('utf8');
  return !notText.test(decoded) && holdsFind(decoded, depth);
}

function holdsFind(text: string, depth: number): boolean {
  const decoded = plainForm(text);
  const pieces = decoded.match(run) ?? [];
  if (pieces.some((piece) => hasJwt(piece) || apiKey.test(piece) || (depth === 0 && isHiding(piece, 1)))) return true;
  let found = false;
  const note: Redact = () => {
    found = true;
    return '';
  };
  redactNumbers(redactEmails(decoded, note), note);
  return found;
}
