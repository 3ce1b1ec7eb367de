/** Puts the texts of stylesheets back into a recording that names them by hash. The player never sees a reference. */
import { findSheets } from '../ingest/stylesheet.ts';

/** A recording may name one sheet as often as it likes: beyond this many characters in all, the rest stays without. */
const maxCharacters = 64_000_000;

export interface SheetReader {
  /** The JSON of clean events with the texts of their sheets; '' for one that never arrived. */
  putBack(json: string): Promise<string>;
  /** For who cleans: call with a chunk's JSON before it is cleaned. */
  prepare(json: string): Promise<void>;
  /** The text; '' for a sheet that never arrived. */
  text(hash: string): string;
  /** How many references could not be put back. */
  missing(): number;
}

/** An attribute as our cleaning writes it: no text of a page can look like that inside JSON. */
const references = /"_cssText":"ll-css:([0-9a-f]{64})"/g;
const named = /"ll-css:([0-9a-f]{64})"/g;

export function openSheets(site: { readonly workspaceId: string; readonly siteId: string }): SheetReader {
  const texts = new Map<string, string>();
  let left = maxCharacters;
  let missing = 0;
  const textOf = (hash: string) => {
    const css = texts.get(hash);
    if (css === undefined || css.length > left) {
      missing += 1;
      return '';
    }
    left -= css.length;
    return css;
  };
  const prepare = async (json: string) => {
    const hashes = new Set(Array.from(json.matchAll(named), ([, hash]) => hash ?? ''));
    const unknown = [...hashes].filter((hash) => !texts.has(hash));
    if (unknown.length > 0) for (const [hash, css] of await findSheets(unknown, site)) texts.set(hash, css);
  };
  return {
    prepare,
    text: textOf,
    putBack: async (json) => {
      await prepare(json);
      return json.replace(references, (_, hash: string) => `"_cssText":${JSON.stringify(textOf(hash))}`);
    },
    missing: () => missing,
  };
}
