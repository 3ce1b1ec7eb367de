import { host } from './host.ts';
import { field, masked, shown } from './regions.ts';

/** Stands for whatever was in a field. Of one length, so that it tells nothing about the length of the value. */
export const fieldMask = '••••••';

const lengths = [2, 4, 6, 8, 12];
/** A split number or address is found again when it is in one line of at most so many characters. */
export const longestLine = 120;
/** Nothing that is hidden is shorter: only what stands beside it may complete it. */
export const shortLine = /^\s*\S{0,4}\s*$/;
const memory = 4_000;
const longestKept = 200;

const made: Map<string, string>[] = [];
const cleanText = remembering((text) => host.scrubText(host.hideEchoes(text)));

/** After something was typed: then more is an echo. */
export function forgetScrubbed(): void {
  for (const each of made) each.clear();
}

/** Pages repeat themselves. Keeps what short texts became. */
export function remembering(make: (from: string) => string): (from: string) => string {
  const kept = new Map<string, string>();
  made.push(kept);
  return (from) => {
    if (from.length > longestKept) return make(from);
    let to = kept.get(from);
    if (to === undefined) {
      to = make(from);
      if (kept.size > memory) kept.clear();
      kept.set(from, to);
    }
    return to;
  };
}

/** Text of the page, by what holds where it stands. */
export function maskText(text: string, flags: number): string {
  if (!/\S/.test(text)) return text;
  if (flags & field) return fieldMask;
  if (flags & masked || (host.maskText && !(flags & shown))) return maskWords(text);
  return cleanText(text);
}

/** The value of an attribute: no secrets in it, but numbers may be long. */
export const scrubAttribute = remembering((value) => host.hideEchoes(host.scrubSecrets(value)));

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

/** What is harmless piece by piece may spell a secret when it is read in one line. */
export function isSplitSecret(line: string): boolean {
  if (line.length > longestLine || line.replace(/\D/g, '').length > 19) return false;
  return host.scrubText(line) !== line || host.hideEchoes(line) !== line;
}
