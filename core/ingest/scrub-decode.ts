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
  num: '#',
  percnt: '%',
  lowbar: '_',
  plus: '+',
  hyphen: '-',
  dash: '-',
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

/**
 * Percent-encoding, HTML entities, `\u`, `\x` and `\u{}` escapes, full-width forms, other scripts' digits, and characters without a width:
 * each undone once. Answers the same text when there is nothing to undo.
 */
export function decodeOnce(text: string): string {
  let decoded = text;
  if (decoded.includes('%')) decoded = decoded.replace(/(?:%[0-9a-f]{2})+/gi, decodePercent);
  if (decoded.includes('&')) decoded = decoded.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));?/gi, decodeEntity);
  if (decoded.includes('\\')) decoded = decoded.replace(/\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2}))/gi, decodeEscape);
  return decoded
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[\uff01-\uff5e]/g, narrow)
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, westernDigit);
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

function decodeEscape(whole: string, ...[braced, four, two]: (string | undefined)[]): string {
  return fromCode(Number.parseInt(braced ?? four ?? two ?? '', 16), whole);
}

function fromCode(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

function narrow(char: string): string {
  return String.fromCharCode(char.charCodeAt(0) - 0xfee0);
}

function westernDigit(char: string): string {
  return String(char.charCodeAt(0) % 16);
}
