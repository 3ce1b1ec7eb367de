/**
 * Makes a dictionary out of earlier recordings of a site, for zstd as raw content: what several visitors' recordings have in common, in
 * the order in which a recording has it. What only one or two of them hold, as a person's name on the page, stays out.
 */

export interface DictionarySample {
  readonly visitorId: string;
  /** JSON of events as distances: see `shift-numbers.ts`. */
  readonly text: string;
}

/** zstd looks back so far at the levels we use, and a reader holds it in memory. */
const maxBytes = 112 * 1024;
/** A piece that so many visitors' recordings hold is the site's, not a person's. */
export const minVisitors = 3;
/** A piece is taken again when it stands before other ones than last time. */
const windowLength = 4;

/** Null when the samples have nothing in common, or are of fewer than three visitors. */
export function trainDictionary(samples: readonly DictionarySample[]): Buffer | null {
  const read = samples.map(({ visitorId, text }) => ({ visitorId, pieces: piecesOf(text) }));
  const common = commonPieces(read);
  const taken = new Set<string>();
  const parts: string[] = [];
  let bytes = 0;
  for (const { pieces } of read) {
    for (const [index, piece] of pieces.entries()) {
      const place = pieces.slice(index, index + windowLength).join('');
      if (!common.has(piece) || taken.has(place) || bytes + piece.length > maxBytes) continue;
      taken.add(place);
      parts.push(piece);
      bytes += piece.length;
    }
  }
  return parts.length === 0 ? null : Buffer.from(parts.join('')).subarray(-maxBytes);
}

/** Nodes and positions begin with a brace. */
function piecesOf(text: string): string[] {
  return text.split(/(?=\{)/);
}

function commonPieces(samples: readonly { readonly visitorId: string; readonly pieces: readonly string[] }[]): ReadonlySet<string> {
  const holders = new Map<string, Set<string>>();
  for (const { visitorId, pieces } of samples) {
    for (const piece of new Set(pieces)) holders.set(piece, (holders.get(piece) ?? new Set()).add(visitorId));
  }
  return new Set([...holders].filter(([, visitors]) => visitors.size >= minVisitors).map(([piece]) => piece));
}
