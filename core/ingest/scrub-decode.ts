/** Undoes one layer of what can hide a text from a detector. */

export const maxDecodings = 6;

const namedEntities: Readonly<Record<string, string>> = {
  amp: '&',
  commat: '@',
  period: '.',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  tab: '\t',
  newline: '\n',
  num: '#',
  percnt: '%',
  lowbar: '_',
  plus: '+',
  hyphen: '-',
  dash: '-',
  ndash: '-',
  mdash: '-',
  minus: '-',
  sol: '/',
  colon: ':',
  equals: '=',
  lpar: '(',
  rpar: ')',
  bsol: '\\',
  zwj: '',
  zwnj: '',
  shy: '',
};

/** Without a width, or only saying how the neighbours are drawn. */
const invisible = /[\p{DI}\p{Cf}]/gu;
/** The zero of each script that has digits of its own, beside those that NFKC makes plain. */
const zeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0,
  0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
];

/**
 * Percent-encoding, HTML entities, `\u`, `\x` and `\u{}` escapes, and what `plainForm` undoes: each once. Answers the same text when there
 * is nothing to undo.
 */
export function decodeOnce(text: string): string {
  let decoded = text;
  if (decoded.includes('%')) decoded = decoded.replace(/(?:%[0-9a-f]{2})+/gi, decodePercent).replace(/%u([0-9a-f]{4})/gi, decodeEscape);
  if (decoded.includes('&')) decoded = decoded.replace(/&(?:#0{0,8}(\d{1,7})|#x0{0,8}([0-9a-f]{1,6})|([a-z]{2,7}));?/gi, decodeEntity);
  if (decoded.includes('\\'))
    decoded = decoded.replace(/\\{1,6}(?:u\{0{0,8}([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2}))/gi, decodeEscape);
  return plainForm(decoded);
}

/** Full-width and mathematical forms, other scripts' digits, look-alikes of dashes, spaces and dots, characters without a width. */
export function plainForm(text: string): string {
  const joined = text
    .replace(/(?<=\d)\+(?=\d)/g, ' ')
    .replace(/\s?[[({](at|dot)[\])}]\s?/gi, (_, word: string) => (/at/i.test(word) ? '@' : '.'));
  if (!/[\u0080-\uffff]/.test(joined)) return joined;
  return joined
    .replace(invisible, '')
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212\u2043]/g, '-')
    .replace(/[\u3002\uff61\u2024]/g, '.')
    .replace(/[^\P{Nd}0-9]/gu, westernDigit);
}

function decodePercent(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    // Not UTF-8: byte by byte, as Latin-1.
    return run.replace(/%(..)/g, (whole, hex: string) => fromCode(Number.parseInt(hex, 16), whole));
  }
}

function decodeEntity(whole: string, ...[decimal, hex, name]: (string | undefined)[]): string {
  if (decimal !== undefined) return fromCode(Number(decimal), whole);
  if (hex !== undefined) return fromCode(Number.parseInt(hex, 16), whole);
  return namedEntities[(name ?? '').toLowerCase()] ?? whole;
}

function decodeEscape(whole: string, ...groups: unknown[]): string {
  const code = groups.slice(0, 3).find((group) => typeof group === 'string');
  return fromCode(Number.parseInt(String(code), 16), whole);
}

function fromCode(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

function westernDigit(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const zero = zeros.findLast((start) => start <= code) ?? code;
  return code - zero < 10 ? String(code - zero) : char;
}
