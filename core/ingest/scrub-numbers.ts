/** Finds payment cards, IBANs, phone numbers and US social security numbers. */
import { ibanLength, isIban } from './scrub-iban.ts';
import type { Redact } from './scrub-text.ts';

/** Digits with at most three separators between them: where a number that people write in groups can be. */
const cluster = /[+(]{0,2}\d(?:[ \-.()/\u00a0\u2009\u202f\u2010-\u2015]{0,3}\d){6,}/g;
const ibanStart = /[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9])/g;

export function redactNumbers(text: string, redact: Redact): string {
  return redactIbans(text, redact).replace(cluster, (found, at: number, whole: string) => {
    const kind = numberKind(found, whole, at);
    return kind === null ? found : redact(kind);
  });
}

/** Prices in a row are no card. */
const price = /(?<![\d.])\d+\.\d{1,2}(?![\d.])/;

function numberKind(found: string, whole: string, at: number): 'card' | 'ssn' | 'phone' | null {
  // A decimal fraction: percentages of a layout have seventeen digits.
  if (/^\d{1,6}\.\d+$/.test(found)) return null;
  const digits = found.replace(/\D/g, '');
  // Nobody writes a number this long; something is hidden in it.
  if (digits.length > 64 || found.split(price).some((part) => hasCard(part.replace(/\D/g, '')))) return 'card';
  if (isSsn(found)) return 'ssn';
  return isPhone(found, digits, isWord(whole, at, found.length)) ? 'phone' : null;
}

/** Whether the digits are a part of a longer word: an id, not a number to call. */
function isWord(whole: string, at: number, length: number): boolean {
  return /[\w#]/.test(whole.charAt(at - 1)) || /\w/.test(whole.charAt(at + length));
}

/** A card may stand among other digits (its date, an order number): every window of 13 to 19 is tried. */
function hasCard(digits: string): boolean {
  for (let start = 0; start + 13 <= digits.length; start += 1) {
    for (let length = 13; length <= 19 && start + length <= digits.length; length += 1) {
      if (passesLuhn(digits.slice(start, start + length))) return true;
    }
  }
  return false;
}

function passesLuhn(digits: string): boolean {
  // All zeros pass, and are no card.
  if (/^0+$/.test(digits)) return false;
  let sum = 0;
  for (let back = 0; back < digits.length; back += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - back) - 48;
    const doubled = back % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function isSsn(found: string): boolean {
  return /(?:^|\D)(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?!\d)/.test(found);
}

/** Groupings by which people write numbers without a country: North America, Brazil and others with the area in brackets, India. */
const groupings =
  /(?:^|\D)(?:(?:1[ .-]?)?\(?[2-9]\d{2}\)?[ .\-/]{0,2}[2-9]\d{2}[ .-]?\d{4}|\(\d{2,4}\) ?\d{3,5}[ -]\d{4}|[6-9]\d{4}[ -]\d{5})(?!\d)/;
const date = /^\(?(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2}))(?!\d)/;

function isPhone(found: string, digits: string, inWord: boolean): boolean {
  if (/^\(?\+/.test(found)) return digits.length >= 8 && digits.length <= 17;
  if (inWord || date.test(found)) return false;
  return groupings.test(found) || isNational(found);
}

/** A number with its leading zero, or with 00 and its country, perhaps behind other digits. */
function isNational(found: string): boolean {
  const start = found.search(/(?:^|[ \u00a0])\(?0/);
  if (start === -1) return false;
  const rest = found.slice(start).trimStart();
  const digits = rest.replace(/\D/g, '');
  return digits.length >= 9 && digits.length <= 17 && !date.test(rest) && !/^\(?0\.|^0+$/.test(rest) && !/^0+$/.test(digits);
}

function redactIbans(text: string, redact: Redact): string {
  let clean = '';
  let done = 0;
  ibanStart.lastIndex = 0;
  for (let match = ibanStart.exec(text); match !== null; match = ibanStart.exec(text)) {
    const end = endOfIban(text, match.index);
    if (end === null) {
      ibanStart.lastIndex = match.index + 1;
      continue;
    }
    clean += text.slice(done, match.index) + redact('iban');
    done = end;
    ibanStart.lastIndex = end;
  }
  return clean + text.slice(done);
}

/** Letters and digits, in groups or not: no more than the longest IBAN. */
const ibanRun = /[A-Za-z0-9](?:[ \-\u00a0]{0,2}[A-Za-z0-9]){14,33}/y;

/** Where the IBAN that begins at `start` ends, groups and all; null when it is none. */
function endOfIban(text: string, start: number): number | null {
  const length = ibanLength(text.slice(start, start + 2));
  if (length === null) return null;
  ibanRun.lastIndex = start;
  const run = ibanRun.exec(text)?.[0] ?? '';
  const value = run.replace(/[^A-Za-z0-9]/g, '').slice(0, length);
  return value.length === length && isIban(value) ? start + lengthInText(run, length) : null;
}

function lengthInText(run: string, count: number): number {
  let left = count;
  let at = 0;
  for (; left > 0; at += 1) left -= /[A-Za-z0-9]/.test(run.charAt(at)) ? 1 : 0;
  return at;
}
