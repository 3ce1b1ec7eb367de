/** A recorded tree of nodes, as it may be stored. */

import { isObject } from '#contract/recording.ts';
import { type ReadElement, type ReadNode, type ReadText, readNode } from '#contract/recording-node.ts';
import { cleanAttributes, noteMarkup } from './clean-attributes.ts';
import { type Cleaning, cleanText, isProse } from './clean-state.ts';
import type { MirrorPlace } from './text-mirror.ts';

/** Browsers stop at 512 too. Deeper nodes are left out: a database and JSON have depths of their own. */
const maxDepth = 512;

interface Work extends MirrorPlace {
  readonly raw: unknown;
  readonly depth: number;
  readonly siblings: object[];
}

/**
 * Answers the node with its descendants, or null where it is none. `place` is where it is put. Without recursion, because
 * a forged tree may be as deep as it likes.
 */
export function cleanTree(raw: unknown, place: MirrorPlace, cleaning: Cleaning): object | null {
  const roots: object[] = [];
  const stack: Work[] = [{ raw, ...place, depth: 0, siblings: roots }];
  for (let work = stack.pop(); work !== undefined; work = stack.pop()) {
    const node = readNode(work.raw);
    if (node === null || work.depth > maxDepth || (node.type === 0 && work.parentId !== null)) continue;
    if (work.parentId !== null) cleaning.parents.set(node.id, work.parentId);
    const childNodes: object[] = [];
    work.siblings.push(cleanNode(node, work, { childNodes, cleaning }));
    const { depth } = work;
    const children = 'children' in node ? node.children : [];
    for (const child of children.toReversed())
      stack.push({ raw: child, ...{ parentId: node.id, beforeId: null }, depth: depth + 1, siblings: childNodes });
  }
  return roots[0] ?? null;
}

function cleanNode(node: ReadNode, work: Work, into: { readonly childNodes: object[]; readonly cleaning: Cleaning }): object {
  const { id, type } = node;
  switch (type) {
    case 0:
      return { type, id, compatMode: node.compatMode, childNodes: into.childNodes };
    case 1:
      return { type, id, name: 'html', publicId: node.publicId, systemId: '' };
    case 2:
      into.cleaning.mirror.putElement(id, node.tagName, work);
      return { ...cleanElement(node, work.raw, into.cleaning), childNodes: into.childNodes };
    case 3:
      return cleanTextNode(node, work, into.cleaning);
    case 5:
      return { type, id, textContent: '', ...(node.isShadow && { isShadow: true }) };
  }
}

function cleanTextNode({ type, id, text, isShadow }: ReadText, place: MirrorPlace, cleaning: Cleaning): object {
  const node = { type, id, textContent: cleanText(text, id, cleaning), ...(isShadow && { isShadow: true }) };
  const holder = {
    write: (clean: string) => {
      node.textContent = clean;
    },
  };
  if (isProse(id, cleaning)) cleaning.mirror.putText(id, node.textContent, { ...place, holder });
  return node;
}

function cleanElement(node: ReadElement, raw: unknown, cleaning: Cleaning): object {
  const isField = /^(input|textarea|select|option|optgroup|datalist)$/.test(node.tagName);
  know(node, isField, cleaning);
  const { type, id, tagName } = node;
  if (isObject(raw) && isObject(raw.attributes)) noteMarkup(raw.attributes, cleaning);
  return {
    ...{ type, id, tagName, attributes: cleanAttributes(node.attributes, { isField, isSVG: node.isSVG }, cleaning) },
    ...(node.isSVG && { isSVG: true }),
    ...(node.isShadow && { isShadow: true }),
    ...(node.isShadowHost && { isShadowHost: true }),
  };
}

function know(node: ReadElement, isField: boolean, cleaning: Cleaning): void {
  const editable = node.attributes.find(([name]) => name.toLowerCase() === 'contenteditable')?.[1];
  if (isField) cleaning.fields.add(node.id);
  if ((isField && node.tagName !== 'select') || (editable !== undefined && editable !== 'false')) cleaning.typed.add(node.id);
  if (node.tagName === 'style') cleaning.styles.add(node.id);
  if (node.isSVG) cleaning.drawings.add(node.id);
}
