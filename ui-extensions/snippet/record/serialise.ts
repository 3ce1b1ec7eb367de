/** Writes nodes of the page as rrweb does, masked while they are written: what is not named here is not in the recording. */
import { type Attributes, nodeType, type SerialisedNode } from './format.ts';
import { type Known, know, knowRoot } from './known-nodes.ts';
import { maskAttribute, sizeOf } from './mask-attributes.ts';
import { isSplitSecret, longestLine, maskText, maskWords, shortLine } from './mask-text.ts';
import type { Written } from './outbox.ts';
import * as region from './regions.ts';
import { writeSheet } from './sheets.ts';

/** What was met on the way, and has to be looked at by others. */
export interface Found {
  readonly frames: Element[];
  readonly roots: ShadowRoot[];
  readonly fields: Element[];
  readonly sheets: Written[];
}

/** Deeper is no page of a person's, and a browser's stack ends somewhere. */
const deepest = 1_200;
const svg = 'http://www.w3.org/2000/svg';
/** Once masked or editable, never shown: frameworks lose attributes when they redraw, and move what they hold. */
export const everMasked = new WeakSet<Node>();

/** Local name → name in the recording. */
const tagNames = new Map<string, string>();

let found: Found;
let depth = 0;
/** A page is written with where it is scrolled; what comes later is not scrolled yet. */
let isPage = false;
/** The parent of the node being written has an open shadow root: it may be shown in a slot of it. */
let isSlotting = false;
/** The masked text of the node that was written last, in one line, and whether all of it stands in a line. */
let line = '';

export function whatWasFound(): Found {
  return { frames: [], roots: [], fields: [], sheets: [] };
}

/** A node with everything in it; null for what is not recorded. `parent` is null for the page itself. */
export function serialise(node: Node, parent: Known | null, into: Found): SerialisedNode | null {
  found = into;
  depth = 0;
  isPage = isDocument(node);
  isSlotting = hasRoot(node.parentNode);
  return write(node, parent);
}

/** What holds for an element by where it is and what it says of itself. */
export function regionOf(element: Element, parent: Known | null): number {
  isSlotting = hasRoot(element.parentNode);
  return regionHere(element, parent, element.getAttributeNames());
}

function regionHere(element: Element, parent: Known | null, names: readonly string[]): number {
  const tag = tagOf(element);
  const own = region.regionOfTag(tag) | region.regionOfAttributes(element, names, tag);
  return sticky(element, inheritedBy(element, parent) | own);
}

function inheritedBy(node: Node, parent: Known | null): number {
  const around = (parent?.flags ?? 0) & region.inherited;
  return isSlotting ? around | slotted(node) : around;
}

function sticky(node: Node, flags: number): number {
  if (flags & (region.masked | region.blocked | region.field)) everMasked.add(node);
  else if (everMasked.has(node)) return flags | region.masked;
  return flags;
}

/** What is shown in a slot is in all that the slot is in. */
function slotted(node: Node): number {
  let flags = 0;
  let slot = 'assignedSlot' in node ? node.assignedSlot : null;
  while (slot instanceof Element) {
    if (slot.closest('[data-ll-mask],[data-ll-block]')) flags |= region.masked;
    if (slot.closest('[contenteditable]:not([contenteditable="false" i]),[role="textbox"],[role="combobox"]')) flags |= region.field;
    slot = slot.assignedSlot;
  }
  return flags;
}

function write(node: Node, parent: Known | null): SerialisedNode | null {
  line = '';
  if (isElement(node)) return writeElement(node, parent);
  if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE) return writeText(node, parent);
  if (isDocument(node)) return writeDocument(node, parent);
  return isDoctype(node) ? writeDoctype(node, parent) : null;
}

function writeDocument(node: Document, parent: Known | null): SerialisedNode {
  const flags = ((parent?.flags ?? aroundUs()) & region.inherited) | (node.designMode === 'on' ? region.field : 0);
  const known = know(node, parent, flags);
  const childNodes = writeChildren(node, known);
  return { type: nodeType.document, id: known.id, childNodes, ...(node.compatMode !== 'CSS1Compat' && { compatMode: node.compatMode }) };
}

/** A page in a masked frame of a page of the same site. */
function aroundUs(): number {
  for (let frame = window.frameElement; frame; frame = frame.ownerDocument.defaultView?.frameElement ?? null)
    if (frame.closest('[data-ll-mask],[data-ll-block]')) return region.masked;
  return 0;
}

function writeDoctype(node: DocumentType, parent: Known | null): SerialisedNode {
  const { name, publicId, systemId } = node;
  const known = know(node, parent, 0);
  return completed({ type: nodeType.doctype, id: known.id, name, publicId, systemId }, known);
}

/** Blanks between the elements of a head have no place on the page. */
function writeText(node: Node, parent: Known | null): SerialisedNode | null {
  const text = node.nodeValue ?? '';
  if (!/\S/.test(text) && /^(?:head|html)$/.test(nameOf(node.parentNode))) return null;
  const known = know(node, parent, sticky(node, inheritedBy(node, parent)));
  line = maskText(text, known.flags);
  return completed({ type: nodeType.text, id: known.id, textContent: line }, known);
}

function writeElement(element: Element, parent: Known | null): SerialisedNode | null {
  const tag = tagOf(element);
  const names = element.getAttributeNames();
  let flags = regionHere(element, parent, names);
  if (flags & region.placeholder && nameOf(element.parentNode) === 'head') return null;
  if (depth > deepest) flags |= region.sealed;
  const known = know(element, parent, flags);
  const isPlaceholder = flags & region.placeholder;
  const attributes = isPlaceholder ? {} : writeAttributes(element, { names, tag, flags });
  const shadow = flags & region.sealed ? null : element.shadowRoot;
  const childNodes = flags & region.sealed ? [] : writeChildren(element, known, shadow !== null);
  const own = line;
  if (shadow) childNodes.push(...writeRoot(shadow, known));
  line = own;
  const written: SerialisedNode = {
    type: nodeType.element,
    id: known.id,
    tagName: isPlaceholder ? 'noscript' : tag,
    attributes,
    childNodes,
  };
  if (shadow) written.isShadowHost = true;
  if (element.namespaceURI === svg) written.isSVG = true;
  else if (tag.includes('-') && element.matches(':defined')) written.isCustom = true;
  return completed(written, known);
}

/** Most nodes are neither in a frame nor in a shadow. */
function completed(node: SerialisedNode, { rootId, isShadow }: Known): SerialisedNode {
  if (rootId) node.rootId = rootId;
  if (isShadow) node.isShadow = true;
  return node;
}

interface Described {
  readonly names: readonly string[];
  readonly tag: string;
  readonly flags: number;
}

function writeAttributes(element: Element, { names, tag, flags }: Described): Attributes {
  const attributes = writeOwn(element, { names, tag, flags });
  if (flags & (region.sized | region.blocked)) Object.assign(attributes, sizeOf(element, (flags & region.blocked) > 0));
  if (flags & region.blocked) return attributes;
  if (tag === 'dialog' && 'open' in attributes) attributes.rr_open_mode = openMode(element);
  if (flags & region.styled) {
    const css = writeSheet(element, attributes);
    if (css !== null) found.sheets.push({ attributes, css });
  }
  if (flags & region.writable) found.fields.push(element);
  if (tag === 'iframe') found.frames.push(element);
  if (isPage) writeScroll(element, attributes);
  return attributes;
}

function writeOwn(element: Element, { names, tag, flags }: Described): Attributes {
  const attributes: Attributes = {};
  for (const name of names) {
    if (flags & region.blocked ? name !== 'class' && name !== 'data-ll-block' : tag === 'iframe' && name === 'src') continue;
    const clean = maskAttribute(name, element.getAttribute(name) ?? '', flags);
    if (clean !== undefined) attributes[name] = clean;
  }
  return attributes;
}

function writeScroll({ scrollTop, scrollLeft }: Element, attributes: Attributes): void {
  if (scrollTop) attributes.rr_scrollTop = scrollTop;
  if (scrollLeft) attributes.rr_scrollLeft = scrollLeft;
}

export function openMode(element: Element): string {
  return element.matches(':modal') ? 'modal' : 'non-modal';
}

function writeRoot(root: ShadowRoot, host: Known): SerialisedNode[] {
  knowRoot(root, host);
  found.roots.push(root);
  return writeChildren(root, host);
}

function writeChildren(parent: Node, known: Known, isHost = false): SerialisedNode[] {
  const children: SerialisedNode[] = [];
  let together = '';
  let isLine = true;
  depth++;
  for (let child = parent.firstChild; child; child = child.nextSibling) {
    isSlotting = isHost;
    const written = write(child, known);
    if (!written) continue;
    children.push(written);
    isLine &&= isInLine(written) || shortLine.test(line);
    if (isLine && together.length <= longestLine) together += line;
  }
  depth--;
  line = together;
  if (isLine && children.length > 1 && !(known.flags & (region.masked | region.field)) && isSplitSecret(together)) {
    for (const child of children) maskAll(child);
    line = '';
  }
  return children;
}

function isInLine({ type, tagName = '' }: SerialisedNode): boolean {
  return type !== nodeType.element || (region.regionOfTag(tagName) & region.inline) > 0;
}

function maskAll(node: SerialisedNode): void {
  if (node.type === nodeType.text) node.textContent = maskWords(node.textContent ?? '');
  for (const child of node.childNodes ?? []) maskAll(child);
}

function tagOf(element: Element): string {
  const name = element.localName;
  let tag = tagNames.get(name);
  if (tag === undefined) {
    const lower = name.toLowerCase();
    tag = /[^a-z0-9-_:]/.test(lower) ? 'div' : lower;
    tagNames.set(name, tag);
  }
  return tag;
}

export function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}

function isDocument(node: Node): node is Document {
  return node.nodeType === Node.DOCUMENT_NODE;
}

function isDoctype(node: Node): node is DocumentType {
  return node.nodeType === Node.DOCUMENT_TYPE_NODE;
}

function hasRoot(node: Node | null): boolean {
  return node !== null && isElement(node) && node.shadowRoot !== null;
}

function nameOf(node: Node | null): string {
  return node && isElement(node) ? node.localName : '';
}
