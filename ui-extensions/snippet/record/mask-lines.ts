import { knownOf } from './known-nodes.ts';
import { isSplitSecret, longestLine, shortLine } from './mask-text.ts';
import * as region from './regions.ts';
import { isElement } from './serialise.ts';

/** The texts of lines that, read as a whole, spell a secret. `parents`: whose texts changed. */
export function splitSecrets(parents: Iterable<Node>): Node[] {
  const pieces = new Set<Node>();
  for (const parent of parents) {
    const whole = lineAround(parent);
    const line = whole && piecesOf(whole);
    if (line && line.length > 1 && isSplitSecret(line.map(({ nodeValue }) => nodeValue).join('')))
      for (const piece of line) pieces.add(piece);
  }
  return [...pieces];
}

/** The element whose texts stand in one line with those of `node`. */
function lineAround(node: Node): Node | null {
  let whole: Node = node;
  while (isElement(whole) && isPiece(whole) && whole.parentNode) whole = whole.parentNode;
  const flags = knownOf(whole)?.flags ?? region.sealed;
  return flags & (region.masked | region.field | region.sealed) ? null : whole;
}

/** Boxes of a few characters each, as a page shows a code, are read as a line too. */
function isPiece(element: Element): boolean {
  if (region.regionOfTag(element.localName) & region.inline) return true;
  return element.childElementCount < 2 && shortLine.test(element.textContent ?? '');
}

/** The texts in it, or null where it is more than a line. */
function piecesOf(whole: Node, pieces: Node[] = []): Node[] | null {
  let length = 0;
  for (let child = whole.firstChild; child; child = child.nextSibling) {
    if (pieces.length > longestLine) return null;
    if (isElement(child)) {
      if (!isPiece(child) || !piecesOf(child, pieces)) return null;
    } else if (child.nodeType === Node.TEXT_NODE) {
      length += child.nodeValue?.length ?? 0;
      pieces.push(child);
    }
    if (length > longestLine) return null;
  }
  return pieces;
}
