/** Says whether a number is one to call: by its form where that tells, by the word before it where it does not. */
import type { Surroundings } from './scrub-numbers.ts';

const isCalled = /(?:phone|\btel|\bcall|mobile|\bcell|\bfax|whatsapp|\bsms|handy|telefon|mobil|téléphone|teléfono|☎|📞|📱)[^\d\n]{0,16}$/iu;
const isNamed =
  /(?:\b(?:order|invoice|ref(?:erence)?|ticket|case|sku|item|part|article|batch|serial|model|tracking|account|customer|id|isbn|ean|gtin|upc|asin|version|build|commit|bestell\w{0,8}|rechnung\w{0,8})[\s.:#=_-]{0,3}(?:no|nr|number|id)?|#|№)[\s.:#=_-]{0,3}$/i;

/** Groupings by which people write numbers without a country, each of a part of the world. */
const groupings = new RegExp(
  `(?:^|\\D)(?:${[
    // North America, also without separators.
    '(?:1[ .-]?)?\\(?[2-9]\\d{2}\\)?[ .\\-/]{0,2}[2-9]\\d{2}[ .-]?\\d{4}',
    // Italy and others.
    '[2-9]\\d{2}[ -]\\d{3}[ -]\\d{4}',
    // The area in brackets.
    '\\(\\d{2,5}\\)[ -]?\\d{3,5}[ -]?\\d{3,5}',
    // Brazil, Mexico.
    '\\d{2} 9?\\d{4}-\\d{4}',
    // India.
    '[6-9]\\d{4}[ -]\\d{5}',
    // China.
    '1[3-9]\\d[ -]\\d{4}[ -]\\d{4}',
    // Spain, Norway.
    '[679]\\d{2} \\d{2} \\d{2} \\d{2}',
    '[49]\\d{2} \\d{2} \\d{3}',
  ].join('|')})(?!\\d)`,
);
const date = /^\(?(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2}))(?!\d|[-./]\d)/;

export function isPhone(found: string, around: Surroundings): boolean {
  const digits = found.replace(/\D/g, '');
  if (/^0+$/.test(digits)) return false;
  if (/^\(?\+/.test(found)) return digits.length >= 8 && digits.length <= 17;
  if (digits.length >= 7 && digits.length <= 17 && isCalled.test(around.before)) return !date.test(found);
  if (isWord(around) || date.test(found) || (found === digits && isNamed.test(around.before))) return false;
  return groupings.test(found) || isNational(found);
}

/** Whether the digits are a part of a longer word: an id, not a number to call. */
function isWord({ before, after }: Surroundings): boolean {
  return /[\w#]$/.test(before) || /[\p{L}_]/u.test(after);
}

/** A number with its leading zero, or with 00 and its country, perhaps behind other digits. */
function isNational(found: string): boolean {
  const start = found.search(/(?:^|\s)\(?0/);
  if (start === -1) return false;
  const rest = found.slice(start).trimStart();
  const digits = rest.replace(/\D/g, '');
  return (
    digits.length >= 9 &&
    digits.length <= 17 &&
    !date.test(rest) &&
    !/^\(?0\.(?!\d{2}(?:\.\d{2}){3})|^0+$/.test(rest) &&
    !/^0+$/.test(digits)
  );
}
