/** Recorded nodes, rebuilt from nothing but what the allow-lists name. */

import { mayHostShadow, type ReadElement, type ReadNode, readNode } from '#contract/recording-node.ts';
import { nodeTypes, type SerializedNode } from '../rrweb-words.ts';
import type { Budget } from './budget.ts';
import type { NodeTree } from './node-tree.ts';
import { stripAttributes } from './strip-attributes.ts';
import { stripCssPart } from './strip-css.ts';

export interface Strip {
  readonly tree: NodeTree;
  readonly budget: Budget;
}

interface Work {
  readonly raw: unknown;
  readonly parentId: number | null;
  readonly siblings: SerializedNode[];
}

/** A whole page, or null where there is none. Without recursion: a hostile tree may be as deep as it likes. */
export function stripPage(raw: unknown, strip: Strip): SerializedNode | null {
  strip.tree.clear();
  const roots: SerializedNode[] = [];
  const stack: Work[] = [{ raw, parentId: null, siblings: roots }];
  for (let work = stack.pop(); work !== undefined; work = stack.pop()) {
    const read = readNode(work.raw);
    if (read === null || !fits(read, work, strip.tree)) continue;
    const node = stripNode(read, work.parentId, strip);
    work.siblings.push(node);
    if (!('childNodes' in node && 'children' in read)) continue;
    for (const child of read.children.toReversed()) stack.push({ raw: child, parentId: read.id, siblings: node.childNodes });
  }
  const page = roots[0];
  return page?.type === nodeTypes.document && page.childNodes.some((child) => child.type === nodeTypes.element) ? page : null;
}

/** A document holds one doctype and then one `html`; anything else makes the browser throw. An id is used once. */
function fits(read: ReadNode, work: Work, tree: NodeTree): boolean {
  if (tree.get(read.id) !== undefined) return false;
  const parent = work.parentId === null ? undefined : tree.get(work.parentId);
  if (parent === undefined) return read.type === 0;
  if (parent.kind !== 'document') return read.type !== 0 && read.type !== 1;
  if (work.siblings.some((sibling) => sibling.type === nodeTypes.element)) return false;
  return (read.type === 1 && work.siblings.length === 0) || (read.type === 2 && read.tagName === 'html' && !read.isSVG);
}

/** One node without its children. Takes its place in the tree. */
export function stripNode(read: ReadNode, parentId: number | null, strip: Strip): SerializedNode {
  strip.budget.spend('nodes', 1);
  const parent = parentId === null ? undefined : strip.tree.get(parentId);
  const isShadow = 'isShadow' in read && read.isShadow && parent !== undefined && !parent.isSVG && mayHostShadow(parent.tagName);
  strip.tree.add({ ...place(read), isShadow }, parentId);
  const shadow = isShadow ? ({ isShadow: true } as const) : {};
  const { id } = read;
  switch (read.type) {
    case 0:
      return { type: nodeTypes.document, id, childNodes: [], compatMode: read.compatMode };
    case 1:
      return { type: nodeTypes.doctype, id, name: 'html', publicId: read.publicId, systemId: '' };
    case 2:
      return { ...stripElement(read, strip.budget), ...shadow };
    case 3:
      return { type: nodeTypes.text, id, textContent: stripText(read.text, parent?.tagName, strip.budget), ...shadow };
    case 5:
      return { type: nodeTypes.comment, id, textContent: '', ...shadow };
  }
}

export function stripText(text: string, parentTag: string | undefined, budget: Budget): string {
  if (parentTag === 'style') return stripCssPart(text, budget);
  budget.spend('characters', text.length);
  return text;
}

function stripElement(read: ReadElement, budget: Budget): SerializedNode {
  const { id, tagName, isSVG } = read;
  return {
    ...{ type: nodeTypes.element, id, tagName, childNodes: [], attributes: stripAttributes(read.attributes, read, budget) },
    ...(isSVG && { isSVG: true }),
    ...(read.isShadowHost && { isShadowHost: true }),
  };
}

function place(read: ReadNode) {
  const { id } = read;
  const common = { id, tagName: '', isSVG: false, isLeaf: true } as const;
  if (read.type === 0) return { ...common, kind: 'document', isLeaf: false } as const;
  if (read.type === 3) return { ...common, kind: 'text' } as const;
  if (read.type !== 2) return { ...common, kind: 'other' } as const;
  // What was left out keeps its place, and nothing goes into it.
  const isLeaf = read.tagName === 'noscript' || read.tagName === 'canvas' || read.tagName === 'link';
  return { ...common, kind: 'element', tagName: read.tagName, isSVG: read.isSVG, isLeaf } as const;
}
