/**
 * Looks over the bytes of a JSON text before it is parsed: one pass, no recursion, nothing kept. What would unfold into far more memory
 * than it has bytes, or overflow a stack, is refused before it is anything. Whether the text is JSON at all is left to the parser.
 */
import { Failure } from '#contract/failure.ts';
import { isOddKey } from './tame-keys.ts';

export interface JsonLimits {
  readonly depth: number;
  /** Objects and arrays. */
  readonly containers: number;
  /** Values of any kind. */
  readonly values: number;
  /** Members of one object. */
  readonly members: number;
  readonly stringBytes: number;
  /** For the text under this key, another limit. */
  readonly longText?: { readonly key: string; readonly bytes: number };
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const openArray = 0x5b;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
/** Keys that are looked at: what is longer is odd for that alone. */
const longestKey = 200;

interface Seen {
  containers: number;
  values: number;
  oddKeys: boolean;
  /** Members of the objects that are open, outermost first; 0 for arrays. */
  readonly members: number[];
}

/** @returns whether a key is among them that must not be kept as it is (`tameKeys`). */
export function scanJson(text: Buffer, limits: JsonLimits): { readonly oddKeys: boolean } {
  const seen: Seen = { containers: 0, values: 0, oddKeys: false, members: [] };
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === quote) at = passString(text, at, { seen, limits });
    else if (byte === comma) seen.values += 1;
    else if (byte === openObject || byte === openArray) enter(seen, limits);
    else if (byte === closeObject || byte === closeArray) seen.members.pop();
  }
  if (seen.values + seen.containers > limits.values) throw tooComplex(`more than ${limits.values} values`);
  return seen;
}

/** @returns the place of its closing quote. */
function passString(text: Buffer, at: number, { seen, limits }: { seen: Seen; limits: JsonLimits }): number {
  const end = endOfString(text, at + 1);
  if (end - at > limits.stringBytes) refuseLongString(text, { at, end }, limits);
  if (isKey(text, end) && seen.members.length > 0) {
    const own = (seen.members.pop() ?? 0) + 1;
    if (own > limits.members) throw tooComplex(`an object with more than ${limits.members} members`);
    seen.members.push(own);
    seen.oddKeys ||= isOddKeyAt(text, at + 1, end);
  }
  return end;
}

function enter(seen: Seen, { depth, containers }: JsonLimits): void {
  seen.containers += 1;
  seen.members.push(0);
  if (seen.members.length > depth) throw tooComplex(`more than ${depth} levels`);
  if (seen.containers > containers) throw tooComplex(`more than ${containers} objects and arrays`);
}

/** Place of the closing quote, or the end of the text. */
function endOfString(text: Buffer, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== quote) at += text[at] === backslash ? 2 : 1;
  return Math.min(at, text.length);
}

function isKey(text: Buffer, end: number): boolean {
  let at = end + 1;
  while (isSpace(text[at])) at += 1;
  return text[at] === colon;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isOddKeyAt(text: Buffer, from: number, to: number): boolean {
  if (to - from > longestKey) return true;
  for (let at = from; at < to; at += 1) if (text[at] === backslash) return true;
  return isOddKey(text.toString('latin1', from, to));
}

function refuseLongString(text: Buffer, { at, end }: { at: number; end: number }, { stringBytes, longText }: JsonLimits): void {
  const allowed = longText !== undefined && endsWithKey(text, at, longText.key) ? longText.bytes : stringBytes;
  if (end - at > allowed) throw tooComplex(`a text of more than ${allowed} bytes`);
}

/** Whether what stands before the value at `at` is this key. */
function endsWithKey(text: Buffer, at: number, key: string): boolean {
  return text
    .toString('latin1', Math.max(0, at - key.length - 20), at)
    .trimEnd()
    .replace(/\s*:$/, '')
    .endsWith(`"${key}"`);
}

function tooComplex(what: string): Failure {
  return new Failure('invalid', `The body has ${what}. Send smaller batches.`, { code: 'json-too-complex' });
}
