/** Writes what changed as one event of rrweb's. Whatever moved is removed and added again, under new ids. */
import { type Addition, type Attributes, type Removal, type SerialisedNode, source } from './format.ts';
import { attributeKind } from './kept-attributes.ts';
import { forget, isFresh, type Known, knownOf, nextRound } from './known-nodes.ts';
import { maskAttribute, sizeOf } from './mask-attributes.ts';
import { splitSecrets } from './mask-lines.ts';
import { maskText, maskWords } from './mask-text.ts';
import {
  type Before,
  changed,
  exchanged,
  forgetWritten,
  noteSheet,
  regional,
  resized,
  restyled,
  rewritten,
  texts,
  touched,
} from './note-changes.ts';
import * as region from './regions.ts';
import { type Found, openMode, regionOf, serialise } from './serialise.ts';
import { writeSheet } from './sheets.ts';

interface Text {
  readonly id: number;
  value: string;
}

interface Mutation {
  readonly source: 0;
  readonly texts: Text[];
  readonly attributes: { readonly id: number; readonly attributes: Attributes }[];
  readonly removes: Removal[];
  readonly adds: Addition[];
}

/** One event of what changed, or null. What was noted is done with. */
export function writeChanges(found: Found): Mutation | null {
  nextRound();
  for (const element of regional) touchOtherRegion(element);
  const removes = writeRemovals();
  const lines = new Set<Node>();
  const data: Mutation = { source: source.mutation, texts: [], attributes: [], removes, adds: writeAdditions(found, lines) };
  writeTexts(data, lines);
  for (const [element, before] of changed) writeAttributes(element, before, data);
  for (const element of resized) writeSize(element, data);
  for (const element of restyled) writeRestyled(element, data, found);
  forgetWritten();
  return data.texts.length + data.attributes.length + removes.length + data.adds.length > 0 ? data : null;
}

/** A region that became masked, blocked, editable or shown is taken anew, as it is now. */
function touchOtherRegion(element: Element): void {
  const known = knownOf(element);
  if (!known || regionOf(element, known.parent) === known.flags) return;
  if (element.parentNode?.nodeType === Node.DOCUMENT_NODE) exchanged.add(element.parentNode);
  else touched.add(element);
}

function writeRemovals(): Removal[] {
  const gone = new Set<Known>();
  for (const node of touched) {
    const known = knownOf(node);
    if (known) gone.add(known);
  }
  const removes: Removal[] = [];
  for (const known of gone) {
    let above = known.parent;
    while (above && !gone.has(above)) above = above.parent;
    if (!above && known.parent) removes.push({ parentId: known.parent.id, id: known.id, isShadow: known.isShadow || undefined });
  }
  for (const node of touched) forget(node);
  return removes;
}

/** From the last of neighbours to the first, so that each finds the one behind it. */
function writeAdditions(found: Found, lines: Set<Node>): Addition[] {
  const adds: Addition[] = [];
  const seen = new Set<Node>();
  for (const node of touched) {
    const parent = knownOf(node.parentNode);
    if (!parent || parent.flags & region.sealed || seen.has(node)) continue;
    const last = lastOfRun(node);
    let nextId = knownOf(last.nextSibling)?.id ?? null;
    for (let each: Node | null = last; each && !seen.has(each) && !knownOf(each); each = each.previousSibling) {
      seen.add(each);
      nextId = addTree({ parentId: parent.id, nextId, node: serialise(each, parent, found) }, adds);
    }
    if (node.parentNode) lines.add(node.parentNode);
  }
  return adds;
}

/** Answers the id that the neighbour before finds behind itself. */
function addTree({ parentId, nextId, node }: Omit<Addition, 'node'> & { node: SerialisedNode | null }, adds: Addition[]): number | null {
  if (!node) return nextId;
  addEach({ parentId, nextId, node }, adds);
  return node.id;
}

function lastOfRun(node: Node): Node {
  let last = node;
  while (last.nextSibling && !knownOf(last.nextSibling)) last = last.nextSibling;
  return last;
}

function addEach(addition: Addition, adds: Addition[]): void {
  adds.push(addition);
  const { node } = addition;
  const children = node.childNodes ?? [];
  if (node.childNodes) node.childNodes = [];
  let next: number | null = null;
  let nextShadow: number | null = null;
  for (const child of children.reverse()) {
    addEach({ parentId: node.id, nextId: child.isShadow ? nextShadow : next, node: child }, adds);
    if (child.isShadow) nextShadow = child.id;
    else next = child.id;
  }
}

function writeTexts(data: Mutation, lines: Set<Node>): void {
  for (const node of texts) {
    const known = knownOf(node);
    if (!known || isFresh(known)) continue;
    const flags = known.flags | (node.ownerDocument?.designMode === 'on' ? region.field : 0);
    data.texts.push({ id: known.id, value: maskText(node.nodeValue ?? '', flags) });
    if (node.parentNode) lines.add(node.parentNode);
  }
  for (const node of splitSecrets(lines)) maskPiece(node, data);
}

function maskPiece(node: Node, { texts: written, adds }: Mutation): void {
  const id = knownOf(node)?.id;
  if (id === undefined) return;
  const value = maskWords(node.nodeValue ?? '');
  const added = adds.find((each) => each.node.id === id);
  const before = written.find((each) => each.id === id);
  if (added) added.node.textContent = value;
  else if (before) before.value = value;
  else written.push({ id, value });
}

function writeAttributes(element: Element, before: Before, data: Mutation): void {
  const known = knownOf(element);
  if (!known || isFresh(known) || known.flags & region.placeholder) return;
  const attributes: Attributes = {};
  for (const name in before) {
    const value = element.getAttribute(name);
    if (value !== before[name]) writeAttribute({ element, name, value }, known.flags, attributes);
  }
  if (attributes.open === '' && element.localName === 'dialog') attributes.rr_open_mode = openMode(element);
  if (Object.keys(attributes).length > 0) data.attributes.push({ id: known.id, attributes });
}

interface Change {
  readonly element: Element;
  readonly name: string;
  readonly value: string | null;
}

function writeAttribute({ element, name, value }: Change, flags: number, attributes: Attributes): void {
  if (flags & region.sized) resized.add(element);
  if (flags & region.styled && /^(?:href|rel|disabled)$/.test(name)) noteSheet(element);
  if (isWritten(name, flags, element)) attributes[name] = value === null ? null : (maskAttribute(name, value, flags) ?? null);
}

function isWritten(name: string, flags: number, { localName }: Element): boolean {
  if (attributeKind(name) === 'dropped') return false;
  if (flags & region.blocked) return name === 'class';
  return !(localName === 'iframe' && name === 'src') && !(flags & region.styled && name === 'href');
}

/** A box that was given its size in the recording is given its new one. */
function writeSize(element: Element, data: Mutation): void {
  const known = knownOf(element);
  if (!known || isFresh(known)) return;
  const { rr_width: width, rr_height: height, style = '' } = sizeOf(element, (known.flags & region.blocked) > 0);
  const own = known.flags & region.blocked ? style : (maskAttribute('style', element.getAttribute('style') ?? '', 0) ?? '');
  if (width) data.attributes.push({ id: known.id, attributes: { style: `${own};width:${width};height:${height}` } });
}

function writeRestyled(element: Element, data: Mutation, found: Found): void {
  const known = knownOf(element);
  if (!known || isFresh(known)) return;
  const attributes: Attributes = {};
  const css = writeSheet(element, attributes);
  if (css === null) return;
  rewritten.add(element);
  data.attributes.push({ id: known.id, attributes });
  found.sheets.push({ attributes, css });
}
