/** Stands for what was taken out. Of one length, so that it says nothing about the length of the value. */
export const hidden = '•••';

const worthALook = /[@\d_]|eyJ|bearer/i;
/** No address is without this; stylesheets are full of signs that might begin one. */
const written = /(?:@|%40)[^\s@<>"'(),;:/?&=]{1,253}\.\p{L}{2}/iu;

const email = /[^\s@<>"'(),;:/?&=]{1,64}(?:@|%40)[^\s@<>"'(),;:/?&=]{1,253}\.\p{L}{2,24}/giu;
/** Written backwards, for a page that turns it round; or of a host without a domain. */
const turned = /(?<![^\s<>"'(),;:/?&=])\p{L}{2,24}\.[^\s@<>"'(),;:/?&=]{1,64}@[^\s@<>"'(),;:/?&=]{1,64}/giu;
/** What is left of an address whose first part stands elsewhere. */
const host = /(?<!\S)@[^\s@<>"'(),;:/?&=]{1,253}\.\p{L}{2,24}/giu;
/** Characters that nobody sees, and other forms of letters and digits. */
const disguised = /[\p{Cf}\u2460-\u24ff\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u;
const unseen = /\p{Cf}+/gu;
/** Percent, entities, and the escapes of programs. */
const escaped = /%[0-9a-f]{2}|&#|\\[ux]/i;
const base64 = /[\w+/-]{16,}/g;
/** Where long numbers are ordinary, a card number stands alone and in one piece. */
const plainNumber = /(?<![\d.])\d{13,19}(?!\d)/g;
/** No token or key is without one of these. */
const keyed = /[_.-]|eyJ|AIza|A[KS]IA|bearer/i;
/** Tokens and keys: recognised by their shape alone. */
const secrets = [
  /\beyJ[\w-]{6,}(?:\.[\w-]*){0,4}/g,
  /\b(?:[sprw]k|gh[a-z]|glpat|whsec|shp[a-z]{2})[_-]\w[\w-]{9,}|\bxox[a-z]-[\w-]{8,}|\b(?:ya29\.|SG\.|AIza)[\w.-]{16,}|\bA[KS]IA[A-Z0-9]{12,}/g,
  /\bbearer\s+[\w.~+/=-]{8,}/gi,
];

/** No phone number, and no card number, is shorter. */
const sevenDigits = /(?:\d\D*){7}/;
/** Phone numbers as people write them: international, with an area code in brackets, or in groups; and US social security numbers. */
const phones = [
  /(?<![\w+])(?:\+|00)[1-9](?:[\s().\-/]{0,3}\d){6,14}(?!\d)/g,
  /\(\d{2,5}\)\s?\d(?:[\s.-]?\d){4,9}(?!\d)/g,
  /(?<![\d.,-])\d{3}([-.\s])\d{3}\1\d{4}(?![\d-])/g,
  /(?<![\d.,:-])0\d{1,4}[\s/-]\d(?:[\s-]?\d){4,9}(?![\d-])/g,
  /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g,
];

const iban = /\b[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}/g;
const longNumber = /\d(?:[\s._\-\u2010-\u2015]{0,3}\d){12,}/g;

/** Hides e-mail addresses, card numbers, IBANs, tokens, keys and phone numbers, in disguise too. The rest stays as it is. */
export function scrubText(text: string): string {
  return inEveryWriting(text, scrubShapes);
}

/** What `hide` finds is hidden in other forms of letters, behind what nobody sees, in base64, percent, entities and escapes too. */
export function inEveryWriting(text: string, hide: (text: string) => string): string {
  if (disguised.test(text)) {
    const plain = text.normalize('NFKC').replace(unseen, '');
    const clean = hideWritten(plain, hide);
    if (clean !== plain) return clean;
  }
  return hideWritten(text, hide);
}

/** The part of `scrubText` that is safe for CSS and identifiers, where long numbers are ordinary. */
export function scrubSecrets(text: string): string {
  const withoutEmail = written.test(text) ? text.replace(email, hidden) : text;
  const withoutKeys = keyed.test(text) ? secrets.reduce((rest, secret) => rest.replace(secret, hidden), withoutEmail) : withoutEmail;
  return withoutKeys.replace(plainNumber, (digits) => (passesLuhn(digits) ? hidden : digits));
}

/** What base64 stands for, where it is text; or the empty string. */
export function decodeBase64(text: string): string {
  if (!/^[\w+/-]{12,}=*$/.test(text)) return '';
  try {
    const decoded = atob(text.slice(0, 4_000).replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, ''));
    return /^[\x20-\x7e\n]+$/.test(decoded) ? decoded : '';
  } catch {
    return '';
  }
}

/** Percent-encoding, entities and escapes undone as often as they were done, at most three times. */
export function decodeFully(text: string): string {
  let plain = text;
  for (let round = 0; round < 3 && escaped.test(plain); round++)
    plain = plain
      .replace(/(?:%[0-9a-f]{2})+/gi, decodePercent)
      .replace(/&#x0*([0-9a-f]{1,6});?|\\(?:u|x)\{?([0-9a-f]{2,6})\}?/gi, (_, entity: string, other: string) =>
        characterOf(entity ?? other, 16),
      )
      .replace(/&#(\d{1,7});?/g, (_, digits: string) => characterOf(digits, 10));
  return plain;
}

function hideWritten(text: string, hide: (text: string) => string): string {
  const unless = (decoded: string, word: string) => (hide(decoded) === decoded ? word : hidden);
  const known = text.length < 16 ? text : text.replace(base64, (run) => unless(decodeBase64(run), run));
  return hide(escaped.test(known) ? known.replace(/\S+/g, (word) => unless(escaped.test(word) ? decodeFully(word) : '', word)) : known);
}

function scrubShapes(text: string): string {
  if (!worthALook.test(text)) return text;
  const known = scrubSecrets(text);
  const withoutNames = (known.includes('@') ? known.replace(turned, hidden).replace(host, hidden) : known).replace(iban, hideIban);
  if (!sevenDigits.test(withoutNames)) return withoutNames;
  const withoutCards = withoutNames.replace(longNumber, (match) => (holdsCard(match) ? hidden : match));
  return phones.reduce((rest, phone) => rest.replace(phone, hidden), withoutCards);
}

function decodePercent(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}

function characterOf(digits: string, base: number): string {
  const code = Number.parseInt(digits, base);
  return code > 31 && code < 0x11_0000 ? String.fromCodePoint(code) : ' ';
}

/** Whether 13 to 19 of the digits in a row pass the check digit of payment cards (ISO/IEC 7812). */
function holdsCard(match: string): boolean {
  const digits = match.replace(/\D/g, '').slice(0, 200);
  for (let start = 0; start + 13 <= digits.length; start++) {
    for (let length = 13; length <= 19 && start + length <= digits.length; length++) {
      if (passesLuhn(digits.slice(start, start + length))) return true;
    }
  }
  return false;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    sum += place % 2 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

/** A word in capitals may stand right behind the number. */
function hideIban(match: string): string {
  for (let end = match.length; end >= 15; end--) if (isIban(match.slice(0, end))) return hidden + match.slice(end);
  return match;
}

/** The check of ISO 13616: letters become numbers, the first four characters move to the end, and the remainder by 97 is 1. */
function isIban(match: string): boolean {
  const plain = match.replace(/[^A-Z\d]/g, '');
  const digits = (plain.slice(4) + plain.slice(0, 4)).replace(/\D/g, (letter) => String(Number.parseInt(letter, 36)));
  return BigInt(digits) % 97n === 1n;
}
