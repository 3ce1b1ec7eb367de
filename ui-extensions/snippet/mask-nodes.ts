import { maskAttributes } from './mask-attributes.ts';
import { fieldMask, maskWords } from './mask-text.ts';
import type { RecorderHost } from './recorder-host.ts';
import { type Attributes, nodeType, type RecordedNode } from './recording-shapes.ts';
import { scrubCss } from './scrub-css.ts';

/** The page's node of an rrweb id. */
export type LiveNode = (id: number) => Node | null;

/** What holds for an element and everything in it. */
const masked = 1;
const field = 2;
const style = 4;
const dropped = 8;
/** In a site that masks all text, what it chose to show: text only, never fields. */
const shown = 16;

const fieldTags = /^(?:textarea|option|optgroup|select|datalist)$/;
const droppedTags = /^(?:script|noscript|template|object|embed|canvas|meta|base|param|source|track|map)$/;
/** Boxes whose size is in what they show: without it, only numbers keep their place. */
const sizedTags = /^(?:img|video|audio|iframe|object|embed|canvas|select|svg:image)$/;
const sizedInputs = /^(?:submit|button|reset|image|file)$/;
const inlineTags = /^(?:a|abbr|b|bdi|bdo|code|data|em|font|i|kbd|label|mark|s|samp|small|span|strong|sub|sup|tspan|u|var|wbr)$/;
/** A split number or address is found again when it is in one line of at most so many characters. */
const longestLine = 120;

/** Masks nodes as rrweb serialises them, in place, and remembers what holds where. */
export class NodeMasker {
  readonly #host: RecorderHost;
  readonly #liveNode: LiveNode;
  readonly #flags = new Map<number, number>();
  readonly #everMasked = new WeakSet<Node>();

  constructor(host: RecorderHost, liveNode: LiveNode) {
    this.#host = host;
    this.#liveNode = liveNode;
  }

  /** Before a full snapshot. */
  reset(): void {
    this.#flags.clear();
  }

  /** A node and its descendants. `parentId` null for a document. */
  mask(node: RecordedNode, parentId: number | null): void {
    this.#maskTree(node, parentId === null ? 0 : (this.#flags.get(parentId) ?? masked));
  }

  /** Attributes that changed on a node. */
  change(id: number, attributes: Attributes): Attributes {
    const live = this.#liveNode(id);
    const tagName = live instanceof Element ? live.localName : '';
    const own = (this.#flags.get(id) ?? masked) | flagsOf({ id, type: nodeType.element, tagName, attributes });
    this.#flags.set(id, own);
    return maskAttributes(attributes, (own & masked) > 0, this.#host);
  }

  /** Text that changed in a node. */
  text(id: number, value: string): string {
    const parent = this.#liveNode(id)?.parentNode;
    const around = parent instanceof Element && parent.closest('[data-ll-mask]') ? masked : 0;
    return maskText(value, (this.#flags.get(id) ?? masked) | around, this.#host);
  }

  /** Answers the masked text of the tree, in one line. */
  #maskTree(node: RecordedNode, inherited: number): string {
    const live = this.#liveNode(node.id);
    const stated = inherited | flagsOf(node) | (live instanceof Document && live.designMode === 'on' ? field : 0);
    const own = stated | this.#stickyOf(live, stated);
    this.#flags.set(node.id, own);
    if (node.type === nodeType.text) {
      node.textContent = maskText(node.textContent ?? '', own, this.#host);
      return node.textContent;
    }
    if (node.type > nodeType.text) node.textContent = '';
    if (node.attributes) node.attributes = { ...maskAttributes(node.attributes, (own & masked) > 0, this.#host), ...sizeOf(node, live) };
    if (own & dropped) node.childNodes = [];
    return this.#maskChildren(node, own);
  }

  #maskChildren(node: RecordedNode, own: number): string {
    const children = node.childNodes ?? [];
    const line = children.map((child) => this.#maskTree(child, own)).join('');
    if (children.length < 2 || line.length > longestLine || !children.every(isInline) || !isSplitSecret(line, this.#host)) return line;
    maskLine(node);
    return '';
  }

  /** Once masked, always masked: frameworks lose attributes when they redraw, and move what they hold. */
  #stickyOf(live: Node | null, own: number): number {
    if (live && own & masked) this.#everMasked.add(live);
    return live && this.#everMasked.has(live) ? masked : 0;
  }
}

function flagsOf(node: RecordedNode): number {
  const tag = node.tagName ?? '';
  const attributes = node.attributes ?? {};
  let own = 0;
  if ('data-ll-mask' in attributes) own |= masked;
  const editable = 'contenteditable' in attributes && attributes.contenteditable !== 'false';
  if (editable || fieldTags.test(tag) || /^(?:textbox|searchbox|combobox|spinbutton)$/.test(String(attributes.role))) own |= field;
  if ('data-ll-unmask' in attributes) own |= shown;
  if (tag === 'style') own |= style;
  if (droppedTags.test(tag)) own |= dropped;
  return own;
}

function maskText(text: string, own: number, host: RecorderHost): string {
  if (own & dropped || !text) return '';
  if (own & style) return scrubCss(text, host);
  if (!text.trim()) return text;
  if (own & field) return fieldMask;
  return own & masked || (host.maskText && !(own & shown)) ? maskWords(text) : host.scrubText(host.hideEchoes(text));
}

function isInline({ type, tagName = '' }: RecordedNode): boolean {
  return type !== nodeType.element || inlineTags.test(tagName);
}

/** What is harmless piece by piece may spell a secret when it is read in one line. */
function isSplitSecret(line: string, { scrubText, hideEchoes }: RecorderHost): boolean {
  const digits = line.replace(/\D/g, '').length;
  return digits < 20 && (scrubText(line) !== line || hideEchoes(line) !== line);
}

function maskLine(node: RecordedNode): void {
  if (node.type === nodeType.text) node.textContent = maskWords(node.textContent ?? '');
  for (const child of node.childNodes ?? []) maskLine(child);
}

/** The size on the page, for boxes whose content is not recorded. */
function sizeOf({ tagName = '', attributes = {} }: RecordedNode, live: Node | null): Attributes {
  const sized = sizedTags.test(tagName) || (tagName === 'input' && sizedInputs.test(String(attributes.type)));
  if (!sized || 'rr_width' in attributes || !(live instanceof Element) || !live.isConnected) return {};
  const { width, height } = getComputedStyle(live);
  return /^[1-9]/.test(width) ? { rr_width: width, rr_height: height } : {};
}
