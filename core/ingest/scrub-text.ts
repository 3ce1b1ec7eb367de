/** Takes what identifies or betrays a person out of a text: the server's second look at what the browser masked already. */
import { decodeOnce, maxDecodings } from './scrub-decode.ts';
import { redactEmails } from './scrub-emails.ts';
import { redactNumbers } from './scrub-numbers.ts';
import { redactTokens } from './scrub-tokens.ts';

export const leakKinds = ['email', 'card', 'iban', 'phone', 'ssn', 'token', 'key', 'encoded'] as const;
/** What was found, in the words the owner is told: "your page leaks e-mails". */
export type Leak = (typeof leakKinds)[number];

export function isLeak(kind: string): kind is Leak {
  return leakKinds.some((leak) => leak === kind);
}

/** How often each kind was caught. */
export type Caught = Readonly<Partial<Record<Leak, number>>>;

export interface Scrubbed {
  readonly text: string;
  readonly caught: Caught;
}

/** Answers the replacement for a find, and counts it. */
export type Redact = (kind: Leak, found: string) => string;

const nothing: Caught = {};
/** No detector can match a text without one of these, and most texts of a page have none. */
const suspicious = /[@%&\\\u0080-\uffff]|\d[^a-z]{0,24}\d|[\w+/-]{12}|\b(?:at|dot)[\])}]/i;

/**
 * Every e-mail address, payment card (Luhn), IBAN (mod 97), JWT, API key, phone number and US social security number becomes `[kind]`, also
 * when percent-encoded, as HTML entities, `\u` escapes, base64, full-width or split by invisible characters. Kinds in `own` stay. Time is
 * linear in the length. Never throws; scrubbing twice changes nothing.
 */
export function scrubText(text: string, own: readonly Leak[] = []): Scrubbed {
  if (knownClean.has(text) || !suspicious.test(text)) return { text, caught: nothing };
  const counts = new Map<Leak, number>();
  const redact: Redact = (kind, found) => {
    if (own.includes(kind)) return found;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return `[${kind}]`;
  };
  const clean = scrubEncoded(redactAll(text, redact), redact);
  if (counts.size > 0) return { text: clean, caught: Object.fromEntries(counts) };
  if (own.length === 0) rememberClean(text);
  return { text, caught: nothing };
}

/** Titles and addresses come again and again: what was looked at and held nothing is not looked at once more. What held something is not kept. */
const knownClean = new Set<string>();
const mostKnown = 20_000;
const longestKnown = 200;

function rememberClean(text: string): void {
  if (text.length > longestKnown) return;
  if (knownClean.size >= mostKnown) knownClean.clear();
  knownClean.add(text);
}

/** Adds to running counts what one text held. */
export function addCaught(counts: Map<string, number>, caught: Caught): void {
  for (const [kind, times] of Object.entries(caught)) counts.set(kind, (counts.get(kind) ?? 0) + times);
}

/** A find may stand free only once its neighbour is gone: hence more than one round. */
export function redactAll(text: string, redact: Redact): string {
  let clean = text;
  for (let round = 0; round < 3; round += 1) {
    const next = redactNumbers(redactEmails(redactTokens(clean, redact), redact), redact);
    if (next === clean) break;
    clean = next;
  }
  return clean;
}

/**
 * Looks at the text as its reader would decode it. A find replaces the text by its decoded, redacted form; else the text stays as it was.
 * What is still encoded after `maxDecodings` is hiding something.
 */
function scrubEncoded(text: string, redact: Redact): string {
  let kept = text;
  let decoded = text;
  for (let round = 0; round < maxDecodings; round += 1) {
    const next = decodeOnce(decoded);
    if (next === decoded) return kept;
    decoded = redactAll(next, redact);
    if (decoded !== next) kept = decoded;
  }
  return decodeOnce(decoded) === decoded ? kept : redact('encoded', kept);
}
