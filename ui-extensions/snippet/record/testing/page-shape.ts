/** In the page of a test: a page as lines of text, the way it should be recorded, to compare it with its replay. */
import { attributeKind } from '../kept-attributes.ts';
import { fieldMask, maskWords } from '../mask-text.ts';

interface Place {
  readonly indent: string;
  readonly region: Region;
}

interface Reading {
  /** The replay: masked already. */
  readonly isReplay: boolean;
  readonly lines: string[];
}

declare global {
  interface Window {
    shapeOf(root: Document, isReplay: boolean): string[];
    boxesOf(root: Document): number[][];
    /** Notes what stands in a masked region now: it stays masked wherever it goes. */
    noteMasked(): void;
  }
}

const placeholders = /^(?:script|noscript|template|meta|base|param|source|track)$/;

window.shapeOf = (root, isReplay) => {
  const reading = { isReplay, lines: [] };
  readChildren(root, reading, { indent: '', region: 'shown' });
  return reading.lines;
};

/** Left, top, width and height of what a person sees of a page, in document order. */
window.boxesOf = (root) =>
  [...root.body.querySelectorAll('*')]
    .filter(({ localName }) => !placeholders.test(localName))
    .map((element) => element.getBoundingClientRect())
    .map(({ x, y, width, height }) => [x, y, width, height]);

const wasMasked = new WeakSet<Node>();

window.noteMasked = () => {
  noteIn(document, false);
};

function noteIn(node: Node, inMask: boolean): void {
  const isMasked = inMask || wasMasked.has(node) || (node.nodeType === 1 && asElement(node).matches('[data-ll-mask],[data-ll-block]'));
  if (isMasked) wasMasked.add(node);
  for (const child of node.childNodes) noteIn(child, isMasked);
  if (node.nodeType !== 1) return;
  const element = asElement(node);
  if (element.shadowRoot) noteIn(element.shadowRoot, isMasked);
  if ('contentDocument' in element && typeof element.contentDocument === 'object' && element.contentDocument)
    noteIn(asNode(element.contentDocument), isMasked);
}

type Region = 'shown' | 'masked' | 'field';

function readChildren(parent: Node, reading: Reading, { indent, region }: Place): void {
  for (const child of parent.childNodes) {
    if (child.nodeType === 3) readText(child, reading, { indent, region });
    else if (child.nodeType === 1) readElement(asElement(child), reading, { indent, region });
  }
}

function asElement(node: Node): Element {
  const isElement = (each: Node): each is Element => each.nodeType === 1;
  if (!isElement(node)) throw new Error('no element');
  return node;
}

function told(text: string, region: Region): string {
  return region === 'field' ? fieldMask : region === 'masked' ? maskWords(text) : text;
}

function readText(node: Node, { lines, isReplay }: Reading, { indent, region }: Place): void {
  const text = node.nodeValue ?? '';
  const parent = node.parentNode?.nodeName.toLowerCase();
  if ((parent === 'head' || parent === 'html') && !text.trim()) return;
  lines.push(
    indent + JSON.stringify(isReplay || !text.trim() ? text : told(text, wasMasked.has(node) && region === 'shown' ? 'masked' : region)),
  );
}

function readElement(element: Element, reading: Reading, { indent, region }: Place): void {
  const tag = element.localName.toLowerCase();
  const parent = element.parentNode?.nodeName.toLowerCase();
  if (parent === 'html' && tag === 'style') return;
  if (placeholders.test(tag)) {
    if (parent !== 'head') reading.lines.push(`${indent}noscript`);
    return;
  }
  const own = regionOf(element, region);
  const isBlock = element.hasAttribute('data-ll-block');
  reading.lines.push(`${indent}${tag === 'link' && !reading.isReplay ? 'style' : tag} ${isBlock ? '' : attributesOf(element)}`.trimEnd());
  if (isBlock || /^(?:canvas|video|audio|object|embed|textarea)$/.test(tag)) return;
  if (tag === 'style' || tag === 'link') return readSheet(element, reading, indent);
  if (tag === 'iframe') return readFrame(element, reading, { indent, region: own });
  readChildren(element, reading, { indent: `${indent}  `, region: own });
  if (!element.shadowRoot?.childNodes.length) return;
  reading.lines.push(`${indent}  #shadow`);
  readChildren(element.shadowRoot, reading, { indent: `${indent}    `, region: own });
}

function regionOf(element: Element, region: Region): Region {
  const editable = element.getAttribute('contenteditable');
  if (region === 'field' || (editable !== null && editable !== 'false') || /^(?:option|select)$/.test(element.localName)) return 'field';
  return element.hasAttribute('data-ll-mask') || wasMasked.has(element) ? 'masked' : region;
}

function readSheet(element: Element, { lines }: Reading, indent: string): void {
  if (!('sheet' in element) || typeof element.sheet !== 'object' || !element.sheet || !('cssRules' in element.sheet)) return;
  const { cssRules } = element.sheet;
  if (typeof cssRules === 'object' && cssRules !== null && Symbol.iterator in cssRules && 'length' in cssRules)
    for (const rule of Array.from<CSSRule>(Object.assign([], cssRules))) lines.push(`${indent}  ${rule.cssText}`);
}

function readFrame(element: Element, reading: Reading, { indent, region }: Place): void {
  if (!('contentDocument' in element)) return;
  const content = element.contentDocument;
  if (typeof content === 'object' && content !== null && 'childNodes' in content)
    readChildren(asNode(content), reading, { indent: `${indent}  `, region });
}

function asNode(value: object): Node {
  const isNode = (each: object): each is Node => 'childNodes' in each;
  if (!isNode(value)) throw new Error('no node');
  return value;
}

/** `style` is compared as the browser reads it: what has a size is given it there. */
function attributesOf(element: Element): string {
  return element
    .getAttributeNames()
    .filter(
      (name) => /^(?:plain|state|css)$/.test(attributeKind(name)) && !name.startsWith('rr_') && name !== '_cssText' && name !== 'style',
    )
    .map((name) => `${name}=${element.getAttribute(name)?.replace(/\s?(?:rrweb-paused|:hover)/g, '')}`)
    .filter((pair) => pair !== 'class=')
    .sort()
    .join(' ');
}
