const word = /^(?:[A-Za-z]{1,24}\d{0,2}|\d{1,3})$/;

/**
 * A name that a developer gave (a field, a form, an element's id), kept only as an identifier: every word is letters with at most two
 * digits. A name that carries data becomes the empty string.
 */
export function scrubName(name: string): string {
  const words = name.split(/[\s_.:[\]-]+/).filter(Boolean);
  return words.length > 0 && words.length < 9 && words.every((part) => word.test(part)) ? name.slice(0, 80) : '';
}
