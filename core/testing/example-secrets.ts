/** For tests: secrets as people write them, and the disguises in which a forged client may send them. */
import fc from 'fast-check';
import { isIban } from '../ingest/scrub-iban.ts';

const words = fc.stringMatching(/^[a-z]{2,9}$/);
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const pattern = (...patterns: readonly RegExp[]) => fc.oneof(...patterns.map((one) => fc.stringMatching(one)));

const email = fc
  .tuple(words, fc.constantFrom('', '.park', '+news', '_x', '-99'), words, fc.constantFrom('com', 'co.uk', 'museum', 'de', 'photography'))
  .map(([name, more, host, end]) => `${name}${more}@${host}.${end}`);

/** Length and first digits by network. */
const networks = fc.constantFrom<[string, number]>(
  ['4', 16],
  ['4', 13],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['34', 15],
  ['37', 15],
  ['6011', 16],
  ['65', 16],
  ['36', 14],
  ['35', 16],
  ['62', 19],
);
const cardNumber = networks.chain(([start, length]) => digits(length - 1 - start.length).map((body) => withLuhn(start + body)));
const card = fc
  .tuple(cardNumber, fc.constantFrom('', ' ', '-', '.', '\u00a0', '\u2009', ' - '))
  .map(([number, gap]) => grouped(number, gap));

const iban = fc
  .tuple(
    fc.constantFrom<[string, number]>(['DE', 22], ['GB', 22], ['FR', 27], ['NL', 18], ['NO', 15], ['MT', 31], ['ES', 24]),
    fc.stringMatching(/^[A-Z0-9]{30}$/),
    fc.constantFrom('', ' ', '\u00a0', '-'),
  )
  .map(([[country, length], body, gap]) => withCheck(country, body.slice(0, length - 4)).replace(/(.{4})(?=.)/g, `$1${gap}`));

const jwt = pattern(/^eyJ[A-Za-z0-9_-]{20}\.eyJ[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{30}$/);
const key = pattern(
  /^[sp]k_(live|test)_[A-Za-z0-9]{24}$/,
  /^xox[bpa]-[0-9]{11}-[A-Za-z0-9]{24}$/,
  /^ya29\.[A-Za-z0-9_-]{40}$/,
  /^AKIA[A-Z0-9]{16}$/,
  /^ghp_[A-Za-z0-9]{36}$/,
  /^github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40}$/,
  /^glpat-[A-Za-z0-9_-]{20}$/,
  /^AIza[A-Za-z0-9_-]{35}$/,
  /^SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/,
  /^key-[0-9a-f]{32}$/,
  /^sk-proj-[A-Za-z0-9]{40}$/,
);
const phone = pattern(
  /^\+[1-9][0-9]{9,13}$/,
  /^\+49 (30|89|171) [0-9]{3} [0-9]{4}$/,
  /^\+1[ -][2-9][0-9]{2}[ -][2-9][0-9]{2}-[0-9]{4}$/,
  /^\+44 \(0\)20 7[0-9]{3} [0-9]{4}$/,
  /^\+33 [1-9]( [0-9]{2}){4}$/,
  /^\([2-9][0-9]{2}\) [2-9][0-9]{2}-[0-9]{4}$/,
  /^[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}$/,
  /^[2-9][0-9]{2}\.[2-9][0-9]{2}\.[0-9]{4}$/,
  /^1-8[0-9]{2}-[2-9][0-9]{2}-[0-9]{4}$/,
  /^020 7[0-9]{3} [0-9]{4}$/,
  /^07[0-9]{3} [0-9]{6}$/,
  /^030 [1-9][0-9]{6}$/,
  /^017[0-9]\/[0-9]{7}$/,
  /^06( [0-9]{2}){4}$/,
  /^06(\.[0-9]{2}){4}$/,
  /^06-[1-9][0-9]{7}$/,
  /^[6-9][0-9]{4} [0-9]{5}$/,
  /^\([1-9][0-9]\) 9[0-9]{4}-[0-9]{4}$/,
  /^03-[1-9][0-9]{3}-[0-9]{4}$/,
  /^04[0-9]{2} [0-9]{3} [0-9]{3}$/,
);
const ssn = fc
  .tuple(pattern(/^[1-5][0-9]{2}-[1-9][0-9]-[1-9][0-9]{3}$/), fc.constantFrom('-', ' '))
  .map(([text, gap]) => text.replaceAll('-', gap));

/** Class → secrets of it. */
export const secrets = { email, card, iban, jwt, key, phone, ssn } as const;
export type SecretClass = keyof typeof secrets;

const codes = (text: string, write: (hex: string, code: number) => string) =>
  Array.from(text, (char) => write((char.codePointAt(0) ?? 0).toString(16), char.codePointAt(0) ?? 0)).join('');
const percent = (text: string) => Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const wide = (text: string) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

/** Disguise → how it is put on. */
export const disguises: Readonly<Record<string, (text: string) => string>> = {
  nothing: (text) => text,
  'percent-encoding': percent,
  'percent-encoding of what must be': (text) => encodeURIComponent(text),
  'percent-encoding twice': (text) => percent(text).replaceAll('%', '%25'),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(`user=${text}`).toString('base64url'),
  '\\u escapes': (text) => codes(text, (hex) => `\\u${hex.padStart(4, '0')}`),
  'HTML entities': (text) => codes(text, (_, code) => `&#${code};`),
  'hexadecimal HTML entities': (text) => codes(text, (hex) => `&#x${hex}`),
  'full-width characters': wide,
  'full-width digits': (text) => text.replace(/\d/g, wide),
  'characters without a width': (text) => Array.from(text).join('\u200b'),
  'soft hyphens and joiners': (text) => Array.from(text).join('\u00ad\u2060'),
  'another @': (text) => text.replace('@', '\uff20'),
};

function grouped(number: string, gap: string): string {
  if (number.length === 15) return `${number.slice(0, 4)}${gap}${number.slice(4, 10)}${gap}${number.slice(10)}`;
  return number.replace(/(\d{4})(?=\d)/g, `$1${gap}`);
}

function withLuhn(body: string): string {
  for (let check = 0; check < 10; check += 1) if (luhnSum(body + check) % 10 === 0) return body + check;
  throw new Error('Every body has a check digit');
}

function luhnSum(number: string): number {
  return Array.from(number)
    .toReversed()
    .map((digit, back) => (back % 2 === 0 ? Number(digit) : ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)] ?? 0)))
    .reduce((sum, digit) => sum + digit, 0);
}

function withCheck(country: string, body: string): string {
  for (let check = 2; check < 100; check += 1) {
    const value = `${country}${String(check).padStart(2, '0')}${body}`;
    if (isIban(value)) return value;
  }
  throw new Error('Every account has check digits');
}
