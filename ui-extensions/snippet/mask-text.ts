/** Stands for whatever was in a field. Of one length, so that it tells nothing about the length of the value. */
export const fieldMask = '••••••';

const lengths = [2, 4, 6, 8, 12];

/**
 * Text in the shape of text: words become words of a few fixed lengths and numbers become zeros, so that lines break about where they did
 * while neither letters nor exact lengths remain.
 */
export function maskWords(text: string): string {
  return text.replace(/\S+/g, (word) => {
    const length = lengths.find((each) => word.length <= each) ?? 12;
    return (/\d/.test(word) ? '0' : 'x').repeat(length);
  });
}
