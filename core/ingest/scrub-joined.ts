/** Scrubs texts that are read as one, and gives each its own part back. */
import { plainForm } from './scrub-decode.ts';
import { isLeak, type Leak, leakKinds, type Redact, redactAll } from './scrub-text.ts';

export interface FoundJoined {
  readonly texts: readonly string[];
  readonly kinds: readonly Leak[];
}

/** Characters that stand for nothing: one per kind marks a find, as long as the find was, so that places stay what they were. */
const firstMark = 0xfdd0;
/** Most lines of a page hold neither. */
const suspicious = /@|\d\D{0,24}\d|[\w+/=.~-]{12}|[\u0080-\uffff]/;

/** Null where there is nothing to take out. */
export function findIn(texts: readonly string[]): FoundJoined | null {
  const joined = texts.join('');
  if (!suspicious.test(joined)) return null;
  const { plain, places } = plainOf(joined);
  const kinds: Leak[] = [];
  const mark: Redact = (kind, found) => {
    kinds.push(kind);
    return markOf(kind).repeat(found.length);
  };
  const marked = redactAll(plain, mark);
  return kinds.length === 0 ? null : { kinds, texts: split(texts, marksIn(marked, places, joined.length)) };
}

function markOf(kind: Leak): string {
  return String.fromCharCode(firstMark + leakKinds.indexOf(kind));
}

interface Plain {
  readonly plain: string;
  /** Character of `plain` → character of the text it comes from. */
  readonly places: readonly number[] | null;
}

/** As `plainForm`, character by character. */
function plainOf(text: string): Plain {
  if (!/[\u0080-\uffff]/.test(text)) return { plain: text, places: null };
  let plain = '';
  const places: number[] = [];
  let at = 0;
  for (const char of text) {
    const form = char < '\u0080' ? char : plainForm(char);
    plain += form;
    for (let unit = 0; unit < form.length; unit += 1) places.push(at);
    at += char.length;
  }
  return { plain, places };
}

/** For each character of the text the kind of find that it belongs to, or null. */
function marksIn(marked: string, places: readonly number[] | null, length: number): (Leak | null)[] {
  const marks: (Leak | null)[] = new Array(length).fill(null);
  for (let index = 0; index < marked.length; index += 1) {
    const kind = leakKinds[marked.charCodeAt(index) - firstMark];
    if (kind !== undefined && isLeak(kind)) marks[places?.[index] ?? index] = kind;
  }
  // What has no width between two marks goes with them.
  for (let index = 1; index + 1 < length; index += 1)
    marks[index] ??= marks[index - 1] === marks[index + 1] ? (marks[index - 1] ?? null) : null;
  return marks;
}

function split(texts: readonly string[], marks: readonly (Leak | null)[]): string[] {
  let at = 0;
  return texts.map((text) => {
    let clean = '';
    for (let index = 0; index < text.length; index += 1, at += 1) {
      const kind = marks[at] ?? null;
      if (kind === null) clean += text.charAt(index);
      else if (marks[at - 1] !== kind) clean += `[${kind}]`;
    }
    return clean;
  });
}
