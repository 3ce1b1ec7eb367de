/** What cleaning knows while it reads a recording: which nodes are fields, which are stylesheets, and what it has caught. */

import { fieldMask } from '#contract/recording.ts';
import { cleanCss } from '#contract/recording-css.ts';
import { scrubText } from '#core/ingest/scrub-text.ts';
import { scrubUrl } from '#core/ingest/scrub-url.ts';

export interface Cleaning {
  readonly caught: Map<string, number>;
  /** Node → the element it is in. */
  readonly parents: Map<number, number>;
  /** Elements whose own attributes tell what was typed or chosen. */
  readonly fields: Set<number>;
  /** Elements in which every text is what somebody typed or could choose. */
  readonly typed: Set<number>;
  readonly styles: Set<number>;
  note(kind: string, times?: number): void;
  scrub(text: string): string;
  url(url: string): string;
  /** Answers `mask`, and counts unless the text was one already. */
  mask(text: string, mask: string): string;
  /** A new page: ids begin again. */
  forget(): void;
}

export function startCleaning(allowedKeys: readonly string[]): Cleaning {
  const caught = new Map<string, number>();
  const parents = new Map<number, number>();
  const [fields, typed, styles] = [new Set<number>(), new Set<number>(), new Set<number>()];
  const note = (kind: string, times = 1) => void caught.set(kind, (caught.get(kind) ?? 0) + times);
  const keys = new Set(allowedKeys);
  return {
    ...{ caught, parents, fields, typed, styles, note },
    scrub(text) {
      const scrubbed = scrubText(text);
      for (const [kind, times] of Object.entries(scrubbed.caught)) note(kind, times);
      return scrubbed.text;
    },
    url: (url) => scrubUrl(url, keys),
    mask(text, mask) {
      if (/[\p{L}\p{N}]/u.test(text)) note('field');
      return mask;
    },
    forget() {
      for (const known of [parents, fields, typed, styles]) known.clear();
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

/** A stylesheet beyond the limits is left out. */
export function cleanStyle(css: string, cleaning: Cleaning): string {
  return cleanCss(css, cleaning.scrub) ?? '';
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
