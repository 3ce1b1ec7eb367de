/** Finds payment cards, IBANs, phone numbers and US social security numbers. */
import { hasCard } from './scrub-cards.ts';
import { redactIbans } from './scrub-iban.ts';
import { isPhone } from './scrub-phones.ts';
import type { Redact } from './scrub-text.ts';

/** Digits with at most three separators between them: where a number that people write in groups can be. */
const cluster = /[+(]{0,2}\d(?:[\s\-._()/·\u2010-\u2015]{0,3}\d){6,}/g;
/** How far back the word may stand that says what a number is. */
const labelReach = 28;

export function redactNumbers(text: string, redact: Redact): string {
  return redactIbans(text, redact).replace(cluster, (found, at: number, whole: string) => {
    const kind = numberKind(found, { before: whole.slice(Math.max(0, at - labelReach), at), after: whole.charAt(at + found.length) });
    return kind === null || isInUuid(whole, at, found.length) ? found : redact(kind, found);
  });
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** Digits of an id among its letters: the id says nothing, and a page is full of them. */
function isInUuid(whole: string, at: number, length: number): boolean {
  const start = Math.max(0, at - 35);
  const id = uuid.exec(whole.slice(start, at + length + 35));
  if (id === null || !/[a-f]/i.test(id[0])) return false;
  return start + id.index <= at && at + length <= start + id.index + id[0].length;
}

export interface Surroundings {
  readonly before: string;
  /** The next character. */
  readonly after: string;
}

function numberKind(found: string, around: Surroundings): 'card' | 'ssn' | 'phone' | null {
  // A decimal fraction: percentages of a layout have seventeen digits.
  if (/^\d{1,6}\.\d+$/.test(found)) return null;
  if (hasCard(found)) return 'card';
  if (isSsn(found, around.before)) return 'ssn';
  return isPhone(found, around) ? 'phone' : null;
}

const ssn = /(?:^|\D)(?!000|666|9\d\d)\d{3}([-\s.])(?!00)\d{2}\1(?!0000)\d{4}(?!\d)/;

function isSsn(found: string, before: string): boolean {
  return ssn.test(found) || (/\b(?:ssn|social security)[^\d]{0,16}$/i.test(before) && /^\d{9}(?!\d)/.test(found.replace(/\D/g, '')));
}
