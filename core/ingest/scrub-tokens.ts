/** Finds what opens doors: JWTs and API keys, and base64 that hides a find. */
import { redactEmails } from './scrub-emails.ts';
import { redactNumbers } from './scrub-numbers.ts';
import type { Redact } from './scrub-text.ts';

const run = /[\w+/=.~-]{12,}/g;
/** The prefixes by which vendors mark their keys; what follows is secret. */
const apiKey = new RegExp(
  `(?:^|[^A-Za-z0-9])(?:${[
    '[sprw]k_(?:(?:live|test|prod)_\\w{4}|(?=[A-Za-z]{0,30}\\d)[A-Za-z0-9]{10})',
    'sk-(?=[a-zA-Z-]{0,30}\\d)[\\w-]{12}',
    'xox[a-z]-[\\w-]{6}',
    'xapp-[\\w-]{8}',
    'ya29\\.[\\w-]{4}',
    '1//0[\\w-]{8}',
    '(?:AKIA|ASIA)[A-Z0-9]{12}',
    'AIza[\\w-]{16}',
    'gh[a-z]_[A-Za-z0-9]{12}',
    'github_pat_\\w{12}',
    'glpat-[\\w-]{10}',
    'shp(?:at|ca|pa|ss)_[A-Za-z0-9]{8}',
    'whsec_[\\w+/]{8}',
    'SG\\.[\\w-]{8}',
    'hf_[A-Za-z0-9]{12}',
    'npm_[A-Za-z0-9]{12}',
    'pat-[a-z]{2}\\d-[\\w-]{8}',
    'EAA[A-Za-z0-9]{20}',
  ].join('|')})`,
);
const base64 = /^[A-Za-z0-9+/_-]{11,}={0,2}$/;

/** A run with a find goes as a whole: what is left of half a token is still half a token. */
export function redactTokens(text: string, redact: Redact): string {
  return text.replace(run, (piece) => {
    if (hasJwt(piece)) return redact('token');
    if (apiKey.test(piece)) return redact('key');
    return hidesFind(piece) ? redact('encoded') : piece;
  });
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

/** Whether the piece is base64 of a text that holds a find. Most pieces are words, whose first bytes already decode to no text. */
function isHiding(piece: string): boolean {
  if (piece.length < 11 || !base64.test(piece)) return false;
  const start = Buffer.from(piece.slice(0, 8), 'base64').toString('latin1');
  return /^[\x20-\x7e]+$/.test(start) && holdsFind(Buffer.from(piece, 'base64').toString('latin1'));
}

function holdsFind(decoded: string): boolean {
  if ((decoded.match(run) ?? []).some((piece) => hasJwt(piece) || apiKey.test(piece))) return true;
  let found = false;
  const note: Redact = () => {
    found = true;
    return '';
  };
  redactNumbers(redactEmails(decoded, note), note);
  return found;
}
