/** Puts the texts of stylesheets back into a recording that names them by hash. The player never sees a reference. */
import { findSheets } from '../ingest/stylesheet.ts';

/** A recording may name one sheet as often as it likes: beyond this many characters in all, the rest stays without. */
const maxCharacters = 64_000_000;

export interface SheetReader {
  /** Call with a chunk's JSON before it is cleaned. */
  prepare(json: string): Promise<void>;
  /** The text; '' for a sheet that never arrived. */
  text(hash: string): string;
  /** How many references could not be put back. */
  missing(): number;
}

export function openSheets(site: { readonly workspaceId: string; readonly siteId: string }): SheetReader {
  const texts = new Map<string, string>();
  let left = maxCharacters;
  let missing = 0;
  return {
    prepare: async (json) => {
      const named = new Set(Array.from(json.matchAll(/"ll-css:([0-9a-f]{64})"/g), ([, hash]) => hash ?? ''));
      for (const [hash, css] of await findSheets(
        [...named].filter((hash) => !texts.has(hash)),
        site,
      ))
        texts.set(hash, css);
    },
    text: (hash) => {
      const css = texts.get(hash);
      if (css === undefined || css.length > left) {
        missing += 1;
        return '';
      }
      left -= css.length;
      return css;
    },
    missing: () => missing,
  };
}
