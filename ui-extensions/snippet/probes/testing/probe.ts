import type { Page } from 'playwright-core';

type Write = (canary: string) => string;

/** A place on a page where a secret can stand. Each gets a canary of its own; all that is sent and stored is then searched for it. */
export interface Probe {
  /** Its number in the list of 96 that was measured on rrweb. */
  readonly number?: number;
  readonly what: string;
  readonly head?: Write;
  readonly body?: Write;
  /** A page of the same site, shown in a frame; in a masked region where `inMask`. */
  readonly frame?: Write;
  readonly inMask?: true;
  /** Script of the page, run while it is recorded; `root` is the element around all bodies, `add` puts markup into it. */
  readonly later?: Write;
  /** Typed by a person, key by key: selector → value. No six letters of it in a row may be found. */
  readonly typed?: readonly [string, Write];
  /** Whatever else a person or their browser does. */
  readonly act?: (page: Page, canary: string) => Promise<unknown>;
  /** Text that a visitor sees: recorded on purpose where the site shows text, and then only scrubbed. */
  readonly visible?: true;
  /** Outside every region that a site can mask. */
  readonly outside?: true;
  /** Where a word says nothing (a path, a name, an error): only what looks like a person's data must not be found. */
  readonly wordsMayStay?: true;
  /** What must not be found, where it is not the canary itself. */
  readonly secrets?: (canary: string) => readonly string[];
}

const consonants = 'bcdfghjklmnpqrstvwxz';
const vowels = 'aeiou';

/** A made-up word of twelve letters, another for each number. No number, so that no rule about numbers hides it by luck. */
export function word(number: number): string {
  let rest = (number + 1) * 7_919;
  let text = 'q';
  for (let place = 0; place < 5; place++) {
    rest = (rest * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += (vowels[(rest >> 5) % 5] ?? '') + (consonants[(rest >> 12) % 20] ?? '');
  }
  return `${text}y`;
}

export const email = (number: number) => `${word(number)}@leak.example`;

/** Sixteen digits with the check digit of payment cards, another for each number. */
export function card(number: number): string {
  const digits = `4${String((number * 7_368_787 + 1_234_567_891) % 10_000_000_000).padStart(10, '0')}${String(1_000 + number)}`;
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const twice = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

/** The number of a canary made by `card` for the same probe as the given word, so that a probe can plant both. */
export function cardOf(canary: string): string {
  let hash = 7;
  for (const letter of canary.split('@')[0] ?? '') hash = (hash * 31 + letter.charCodeAt(0)) % 8_999;
  return card(hash);
}

/** The canary as a name, where it is an address already too. */
export const nameOf = (canary: string) => canary.split('@')[0] ?? '';
export const addressOf = (canary: string) => `${nameOf(canary)}@leak.example`;

export const inMask = (html: string) => `<div data-ll-mask>${html}</div>`;
export const inBlock = (html: string) => `<div data-ll-block style="width:80px;height:20px">${html}</div>`;
