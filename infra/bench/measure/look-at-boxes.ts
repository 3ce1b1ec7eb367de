/**
 * Where the elements of a page stand. Keys name an element by its way from the root, so that a page and its replay can be compared; what a
 * replay never shows (scripts, templates) is not counted on the way.
 */
import { z } from 'zod';

export const boxes = z.record(z.string(), z.tuple([z.number(), z.number(), z.number(), z.number()]));
export type Boxes = z.infer<typeof boxes>;

/** An expression over `doc`, a document: boxes by key. Shadow trees are looked into. */
export const lookAtBoxes = `(() => {
  const unseen = new Set(['SCRIPT', 'NOSCRIPT', 'STYLE', 'LINK', 'META', 'TEMPLATE', 'TITLE', 'BASE', 'HEAD']);
  const view = doc.defaultView;
  const found = {};
  const walk = (parent, key) => {
    const seen = {};
    for (const child of parent.children) {
      const name = child.tagName.toUpperCase();
      if (unseen.has(name)) continue;
      seen[name] = (seen[name] || 0) + 1;
      const own = key + '/' + name + seen[name];
      const { left, top, width, height } = child.getBoundingClientRect();
      if (width > 0 && height > 0) found[own] = [left + view.scrollX, top + view.scrollY, width, height];
      walk(child, own);
      if (child.shadowRoot) walk(child.shadowRoot, own + '/#');
    }
  };
  walk(doc.documentElement, '');
  return found;
})()`;

/** How many boxes of the page there are, and how many stand in the replay with every edge within `px`. */
export function compareBoxes(page: Boxes, replay: Boxes, px: number): { boxes: number; within: number } {
  const keys = Object.keys(page);
  return { boxes: keys.length, within: keys.filter((key) => isNear(page[key], replay[key], px)).length };
}

function isNear(one: Boxes[string] | undefined, other: Boxes[string] | undefined, px: number): boolean {
  if (one === undefined || other === undefined) return false;
  const edges = ([left, top, width, height]: Boxes[string]) => [left, top, left + width, top + height];
  const others = edges(other);
  return edges(one).every((edge, place) => Math.abs(edge - (others[place] ?? Number.NaN)) <= px);
}
