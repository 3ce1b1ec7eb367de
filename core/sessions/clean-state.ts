/** What cleaning knows while it reads a recording: which nodes are fields, which are stylesheets, and what it has caught. */

import { fieldMask } from '#contract/recording.ts';
import { cleanCss } from '#contract/recording-css.ts';
import { scrubText } from '#core/ingest/scrub-text.ts';
import { caughtInUrl, scrubUrl } from '#core/ingest/scrub-url.ts';
import { openMirror, type TextMirror } from './text-mirror.ts';

/** What was caught on one page, by kind: `email`, `card`, … of the detectors, `field` (a field's text), `markup` (what could run), `url`. */
export type CaughtOnPage = Map<string, number>;

export interface Cleaning {
  /** Scrubbed address of the page → what was caught on it. '' before the recording names one. */
  readonly caught: Map<string, CaughtOnPage>;
  /** Node → the element it is in. */
  readonly parents: Map<number, number>;
  /** Elements whose own attributes tell what was typed or chosen. */
  readonly fields: Set<number>;
  /** Elements in which every text is what somebody typed or could choose. */
  readonly typed: Set<number>;
  readonly styles: Set<number>;
  /** SVG elements. */
  readonly drawings: Set<number>;
  /** Texts in their order. */
  readonly mirror: TextMirror;
  note(kind: string, times?: number): void;
  scrub(text: string): string;
  url(url: string): string;
  /** Answers `mask`, and counts unless the text was one already. */
  mask(text: string, mask: string): string;
  /** A new document: ids begin again. */
  forget(): void;
  /** The recording says where it is. Answers the address scrubbed; what it held counts for that page. */
  enter(url: string): string;
  /** What stands for a reference to the stylesheet of this hash. */
  sheet(hash: string): string;
}

export interface CleaningRules {
  /** Query keys that the site keeps in addresses. */
  readonly allowedKeys: readonly string[];
  /** Answers a stylesheet's text. Without it the reference stays. */
  readonly sheet?: ((hash: string) => string) | undefined;
}

const reference = 'll-css:';
const sheetReference = /^ll-css:([0-9a-f]{64})$/;

export function startCleaning({ allowedKeys, sheet = (hash) => reference + hash }: CleaningRules): Cleaning {
  const caught = new Map<string, CaughtOnPage>();
  let page = '';
  const parents = new Map<number, number>();
  const [fields, typed, styles, drawings] = [new Set<number>(), new Set<number>(), new Set<number>(), new Set<number>()];
  const note = (kind: string, times = 1) => {
    const here = caught.get(page) ?? new Map<string, number>();
    caught.set(page, here.set(kind, (here.get(kind) ?? 0) + times));
  };
  const mirror = openMirror();
  const keys = new Set(allowedKeys);
  return {
    ...{ caught, parents, fields, typed, styles, drawings, mirror, note, sheet },
    scrub(text) {
      const scrubbed = scrubText(text);
      for (const [kind, times] of Object.entries(scrubbed.caught)) note(kind, times);
      return scrubbed.text;
    },
    url(url) {
      const clean = scrubUrl(url, keys);
      for (const kind of caughtInUrl(url, clean)) note(kind);
      return clean;
    },
    mask(text, mask) {
      if (/[\p{L}\p{N}]/u.test(text)) note('field');
      return mask;
    },
    forget() {
      for (const known of [parents, fields, typed, styles, drawings, mirror]) known.clear();
    },
    enter(url) {
      page = scrubUrl(url, keys);
      for (const kind of caughtInUrl(url, page)) note(kind);
      return page;
    },
  };
}

/** A text node's text, by where it stands: masked in a field, CSS in a stylesheet, scrubbed anywhere else. */
export function cleanText(text: string, id: number, cleaning: Cleaning): string {
  const parent = cleaning.parents.get(id);
  if (parent !== undefined && cleaning.styles.has(parent)) return cleanStyle(text, cleaning);
  if (text.trim() === '') return text;
  return isTyped(id, cleaning) ? cleaning.mask(text, fieldMask) : cleaning.scrub(text);
}

/** The text of a whole stylesheet: by its hash, or as it is. */
export function cleanSheet(css: string, cleaning: Cleaning): string {
  const hash = sheetReference.exec(css)?.[1];
  return hash === undefined ? cleanStyle(css, cleaning) : cleaning.sheet(hash);
}

/** A stylesheet beyond the limits is left out. */
export function cleanStyle(css: string, cleaning: Cleaning): string {
  return cleanCss(css, cleaning.scrub) ?? '';
}

/** Whether a text is read as a part of the page: neither CSS nor what is typed. */
export function isProse(id: number, cleaning: Cleaning): boolean {
  const parent = cleaning.parents.get(id);
  return !(parent !== undefined && cleaning.styles.has(parent)) && !isTyped(id, cleaning);
}

/** Walks up to the page: at most as far as `cleanTree` lets a tree grow, and never in a circle. */
function isTyped(id: number, cleaning: Cleaning): boolean {
  const seen = new Set<number>();
  for (let at = cleaning.parents.get(id); at !== undefined && !seen.has(at); at = cleaning.parents.get(at)) {
    if (cleaning.typed.has(at)) return true;
    seen.add(at);
  }
  return false;
}
