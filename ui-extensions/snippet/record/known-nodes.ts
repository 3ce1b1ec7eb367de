import { isObject } from './format.ts';

/** The nodes that stand in the recording now, with their ids. */
export interface Known {
  readonly id: number;
  readonly parent: Known | null;
  /** In the shadow root of its parent. */
  readonly isShadow: boolean;
  readonly rootId: number | undefined;
  /** What holds for it: see `regions.ts`. */
  readonly flags: number;
  /** The round of changes that added it. */
  readonly round: number;
}

let known = new WeakMap<Node, Known>();
let documents = new WeakMap<Node, Document>();
let lastId = 0;
let round = 0;

/** Before a full snapshot: ids begin again. */
export function startOver(): void {
  known = new WeakMap();
  documents = new WeakMap();
  lastId = 0;
  round++;
}

export function nextRound(): void {
  round++;
}

export function knownOf(node: Node | null): Known | undefined {
  return node ? known.get(node) : undefined;
}

/** Whether the changes of this round are in what was written about it. */
export function isFresh(node: Known): boolean {
  return node.round === round;
}

/** A shadow root answers for its host. */
export function know(node: Node, parent: Known | null, flags: number): Known {
  const id = ++lastId;
  const isFrame = parent !== null && node.nodeType === Node.DOCUMENT_NODE;
  const isShadow = node.parentNode?.nodeType === Node.DOCUMENT_FRAGMENT_NODE;
  const made = { id, parent, isShadow, rootId: isFrame ? id : parent?.rootId, flags, round };
  known.set(node, made);
  return made;
}

export function knowRoot(root: ShadowRoot, host: Known): void {
  known.set(root, host);
}

/** The document of a frame is known with the frame, and forgotten with it. */
export function frameHolds(frame: Element, content: Document): void {
  documents.set(frame, content);
}

export function heldBy(frame: Node): Document | undefined {
  return documents.get(frame);
}

/** A node that is no longer in the recording, with all that is in it. What moved elsewhere was touched, and is forgotten by itself. */
export function forget(node: Node): void {
  if (!known.delete(node)) return;
  for (let child = node.firstChild; child; child = child.nextSibling) forget(child);
  if (hasRoot(node)) forget(node.shadowRoot);
  const content = documents.get(node);
  if (content) forget(content);
}

function hasRoot(node: Node): node is Node & { readonly shadowRoot: ShadowRoot } {
  return 'shadowRoot' in node && isObject(node.shadowRoot);
}
