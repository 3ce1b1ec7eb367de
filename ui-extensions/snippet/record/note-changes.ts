/**
 * What changed since the last round, kept as places to look at and not as steps: however often a node changed, it is written once, as it is
 * in the end.
 */
import { attributeKind } from './kept-attributes.ts';
import { knownOf } from './known-nodes.ts';
import * as region from './regions.ts';
import { everMasked, isElement } from './serialise.ts';
import { forgetSheet, sheetOf } from './sheets.ts';

export const touched = new Set<Node>();
/** Attribute → value before. Nearly always it is one: a map for each element would cost much more. */
export type Before = Record<string, string | null>;
export const changed = new Map<Element, Before>();
export const texts = new Set<Node>();
/** What holds for them may be other now. */
export const regional = new Set<Element>();
export const restyled = new Set<Element>();
/** Whose text was written in this round. */
export const rewritten = new Set<Element>();
export const resized = new Set<Element>();
/** Documents whose root element was exchanged. */
export const exchanged = new Set<Node>();

/** Before a full snapshot. */
export function forgetChanges(): void {
  forgetWritten();
  exchanged.clear();
}

export function forgetWritten(): void {
  for (const places of [touched, changed, texts, regional, restyled, resized]) places.clear();
}

/** After the rules that were changed have been written too. */
export function endRound(): void {
  rewritten.clear();
}

/** How many places there are to look at. */
export function pendingChanges(): number {
  return touched.size + changed.size + texts.size + restyled.size + resized.size + exchanged.size;
}

export function note(records: readonly MutationRecord[]): void {
  let isMasking: boolean | undefined;
  for (const record of records) {
    if (record.type === 'childList') {
      isMasking ??= records.some(({ attributeName }) => isMask(attributeName));
      noteChildren(record, isMasking);
    } else if (record.type === 'characterData') noteText(record.target);
    else if (isElement(record.target)) noteAttribute(record.target, record);
  }
}

/** The text of an element's sheet has to be written again. */
export function noteSheet(element: Node): void {
  if (!isElement(element)) return;
  const sheet = sheetOf(element);
  if (sheet) forgetSheet(sheet);
  restyled.add(element);
}

export function isRestyled(element: Node): boolean {
  return isElement(element) && (restyled.has(element) || rewritten.has(element));
}

export function noteSize(element: Element): void {
  resized.add(element);
}

/** The documents whose root element was exchanged: they are written as a whole. */
export function takeExchanged(): Node[] {
  const documents = [...exchanged];
  exchanged.clear();
  return documents;
}

/** What was in a mask for a moment stays masked. `isMasking`: masks changed while it moved. */
function noteChildren({ target, addedNodes, removedNodes }: MutationRecord, isMasking: boolean): void {
  const known = knownOf(target);
  const flags = known?.flags ?? region.sealed;
  if (flags & region.masked || everMasked.has(target) || (isMasking && isInMask(target))) addEach([addedNodes, removedNodes], everMasked);
  if (flags & region.styled) noteSheet(target);
  if (flags & region.sealed) return;
  if (target.nodeType === Node.DOCUMENT_NODE) exchanged.add(target);
  else addEach([addedNodes, removedNodes], touched);
}

function addEach(lists: readonly NodeList[], to: { add(node: Node): void }): void {
  for (const list of lists) for (const node of list) to.add(node);
}

function isMask(name: string | null): boolean {
  return name === 'data-ll-mask' || name === 'data-ll-block';
}

function isInMask(node: Node): boolean {
  for (let each: Node | null = node; each; each = isShadowRoot(each) ? each.host : each.parentNode) if (everMasked.has(each)) return true;
  return false;
}

function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === Node.DOCUMENT_FRAGMENT_NODE && 'host' in node;
}

function noteText(target: Node): void {
  if (knownOf(target)) texts.add(target);
  const parent = target.parentNode;
  if (parent && (knownOf(parent)?.flags ?? 0) & region.styled) noteSheet(parent);
}

function noteAttribute(target: Element, { attributeName, attributeNamespace, oldValue }: MutationRecord): void {
  const known = knownOf(target);
  if (!known) {
    if (isMask(attributeName)) everMasked.add(target);
    return;
  }
  const name = attributeNamespace ? `xlink:${attributeName}` : (attributeName ?? '');
  if (isMask(name)) everMasked.add(target);
  if (region.regionAttributes.has(name)) regional.add(target);
  else if (attributeKind(name) === 'dropped' && !(known.flags & region.styled)) return;
  let before = changed.get(target);
  if (!before) {
    before = {};
    changed.set(target, before);
  }
  if (!(name in before)) before[name] = oldValue;
}
