/** One node of a recorded page, read by the allow-lists: what is not in the shape or not on a list is not in the answer. */
import { attributeKind, isObject, isStateWord, recordedAs } from './recording.ts';

/** rrweb's `type` of a node. */
const nodeType = { document: 0, doctype: 1, element: 2, text: 3, cdata: 4, comment: 5 } as const;

export type AttributeValue = string | number | true;

export interface ReadDocument {
  readonly type: 0;
  readonly id: number;
  readonly compatMode: string;
  readonly children: readonly unknown[];
}
export interface ReadDoctype {
  readonly type: 1;
  readonly id: number;
  readonly publicId: string;
}
export interface ReadElement {
  readonly type: 2;
  readonly id: number;
  /** Lower case. A box became a `canvas`, a dropped element a `noscript` without content (`desc` in SVG). */
  readonly tagName: string;
  readonly attributes: readonly (readonly [name: string, value: AttributeValue])[];
  readonly children: readonly unknown[];
  readonly isSVG: boolean;
  readonly isShadow: boolean;
  readonly isShadowHost: boolean;
}
export interface ReadText {
  readonly type: 3;
  readonly id: number;
  readonly text: string;
  readonly isShadow: boolean;
}
export interface ReadComment {
  readonly type: 5;
  readonly id: number;
  readonly isShadow: boolean;
}
export type ReadNode = ReadDocument | ReadDoctype | ReadElement | ReadText | ReadComment;

/** Answers null for what is no node. The children are not read yet. */
export function readNode(raw: unknown): ReadNode | null {
  if (!isObject(raw)) return null;
  const { id, isShadow: shadow } = raw;
  if (!isNodeId(id)) return null;
  const isShadow = shadow === true;
  if (raw.type === nodeType.document)
    return { type: 0, id, compatMode: raw.compatMode === 'BackCompat' ? 'BackCompat' : 'CSS1Compat', children: list(raw.childNodes) };
  if (raw.type === nodeType.doctype) return { type: 1, id, publicId: publicId(raw.publicId) };
  if (raw.type === nodeType.element) return readElement(raw, id, isShadow);
  if (raw.type === nodeType.text) return { type: 3, id, text: typeof raw.textContent === 'string' ? raw.textContent : '', isShadow };
  // A comment's text is never shown, and may hold anything.
  return raw.type === nodeType.comment || raw.type === nodeType.cdata ? { type: 5, id, isShadow } : null;
}

/** Ids are small positive integers; rrweb gives -2 to what it does not record. */
export function isNodeId(id: unknown): id is number {
  return typeof id === 'number' && Number.isInteger(id) && id > 0 && id < 2 ** 31;
}

function readElement(raw: Readonly<Record<string, unknown>>, id: number, isShadow: boolean): ReadElement | null {
  if (typeof raw.tagName !== 'string') return null;
  const isSVG = raw.isSVG === true;
  const as = recordedAs(raw.tagName);
  const common = { type: 2, id, isSVG, isShadow } as const;
  if (as === 'dropped') return { ...common, tagName: isSVG ? 'desc' : 'noscript', attributes: [], children: [], isShadowHost: false };
  const attributes = readAttributes(raw.attributes);
  if (as === 'box')
    return {
      ...common,
      tagName: 'canvas',
      isSVG: false,
      attributes: attributes.filter(([name]) => attributeKind(name) !== 'url'),
      children: [],
      isShadowHost: false,
    };
  const tagName = raw.tagName.toLowerCase();
  return {
    ...common,
    tagName,
    attributes,
    children: list(raw.childNodes),
    isShadowHost: raw.isShadowHost === true && !isSVG && mayHostShadow(tagName),
  };
}

/** The allow-listed ones of an object of attributes, with values of the right type. */
export function readAttributes(raw: unknown): (readonly [string, AttributeValue])[] {
  if (!isObject(raw)) return [];
  return Object.entries(raw).flatMap(([name, value]): (readonly [string, AttributeValue])[] => {
    if (attributeKind(name) === 'dropped' || !isAttributeValue(value)) return [];
    return typeof value !== 'string' || isStateWord(name, value) ? [[name, value]] : [];
  });
}

function isAttributeValue(value: unknown): value is AttributeValue {
  return typeof value === 'string' || value === true || (typeof value === 'number' && Number.isFinite(value));
}

/** Whether a shadow root may be attached to this element; any other throws. */
export function mayHostShadow(tag: string): boolean {
  return tag.includes('-') || /^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/.test(tag);
}

function publicId(value: unknown): string {
  return typeof value === 'string' && /^-\/\/W3C\/\/DTD X?HTML [\w .]{1,40}\/\/EN$/.test(value) ? value : '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
