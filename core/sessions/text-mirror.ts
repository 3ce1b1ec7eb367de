/** The order of a recorded page's texts, kept while a recording is read: what is harmless piece by piece may spell a secret side by side. */

export interface MirrorNode {
  readonly id: number;
  /** Null for an element. */
  text: string | null;
  /** Text flows through it: its first and last words touch its neighbours'. */
  readonly isInline: boolean;
  /** Where the text of the event that is being read stands; null for what an earlier event told. */
  holder: TextHolder | null;
  parent: MirrorNode | null;
  previous: MirrorNode | null;
  next: MirrorNode | null;
  first: MirrorNode | null;
  last: MirrorNode | null;
}

/** A part of the event that is being cleaned. */
export interface TextHolder {
  write(text: string): void;
}

export interface MirrorPlace {
  readonly parentId: number | null;
  /** The sibling that it stands before; null at the end. */
  readonly beforeId: number | null;
}

export interface TextMirror {
  putElement(id: number, tagName: string, place: MirrorPlace): void;
  putText(id: number, text: string, place: MirrorPlace & { readonly holder: TextHolder }): void;
  setText(id: number, text: string, holder: TextHolder): void;
  remove(id: number): void;
  /** Texts that came or changed since this was asked last, in their order. */
  takeTouched(): readonly MirrorNode[];
  clear(): void;
}

const breaks =
  /^(html|head|body|title|style|div|p|section|article|aside|main|nav|header|footer|h[1-6]|hgroup|ul|ol|menu|li|dl|dt|dd|table|caption|colgroup|col|thead|tbody|tfoot|tr|td|th|form|fieldset|legend|figure|figcaption|blockquote|pre|hr|br|address|details|summary|dialog|search|button|select|option|optgroup|datalist|textarea|input|canvas|img|picture|svg|foreignobject|noscript|slot)$/;

export function openMirror(): TextMirror {
  const nodes = new Map<number, MirrorNode>();
  const touched = new Set<MirrorNode>();

  /** A page of which only a later chunk is known still has its elements. */
  const parentOf = (id: number | null): MirrorNode | null => {
    if (id === null) return null;
    const known = nodes.get(id) ?? newNode(id, { text: null, isInline: false });
    nodes.set(id, known);
    return known;
  };
  const put = (node: MirrorNode, { parentId, beforeId }: MirrorPlace) => {
    const old = nodes.get(node.id);
    if (old !== undefined) unlink(old);
    nodes.set(node.id, node);
    const before = beforeId === null ? undefined : nodes.get(beforeId);
    const parent = parentOf(parentId);
    if (parent !== null && parent !== node) link(node, parent, before?.parent === parent ? before : null);
  };

  return {
    putElement: (id, tagName, place) => put(newNode(id, { text: null, isInline: !breaks.test(tagName) }), place),
    putText: (id, text, { holder, ...place }) => {
      const node = newNode(id, { text, isInline: true });
      node.holder = holder;
      put(node, place);
      touched.add(node);
    },
    setText: (id, text, holder) => {
      const node = nodes.get(id);
      if (node === undefined || node.text === null) return;
      node.text = text;
      node.holder = holder;
      touched.add(node);
    },
    remove: (id) => {
      const node = nodes.get(id);
      if (node === undefined) return;
      unlink(node);
      touched.delete(node);
      nodes.delete(id);
    },
    takeTouched: () => {
      const taken = [...touched];
      touched.clear();
      return taken;
    },
    clear: () => {
      nodes.clear();
      touched.clear();
    },
  };
}

function newNode(id: number, { text, isInline }: Pick<MirrorNode, 'text' | 'isInline'>): MirrorNode {
  return { id, text, isInline, holder: null, parent: null, previous: null, next: null, first: null, last: null };
}

function link(node: MirrorNode, parent: MirrorNode, before: MirrorNode | null): void {
  node.parent = parent;
  node.next = before;
  node.previous = before === null ? parent.last : before.previous;
  if (node.previous === null) parent.first = node;
  else node.previous.next = node;
  if (before === null) parent.last = node;
  else before.previous = node;
}

function unlink(node: MirrorNode): void {
  const { parent, previous, next } = node;
  if (previous !== null) previous.next = next;
  else if (parent !== null) parent.first = next;
  if (next !== null) next.previous = previous;
  else if (parent !== null) parent.last = previous;
  node.parent = null;
  node.previous = null;
  node.next = null;
}

type Direction = 'next' | 'previous';

/** The node after (or before) this one in the document; null where the line breaks, unless breaks do not matter. */
export function step(from: MirrorNode, direction: Direction, overBreaks: boolean): MirrorNode | null {
  const inner = direction === 'next' ? from.first : from.last;
  if (inner !== null) return reached(inner, overBreaks);
  let node: MirrorNode | null = from;
  for (let depth = 0; node !== null && depth < 600; depth += 1) {
    if (node[direction] !== null) return reached(node[direction], overBreaks);
    node = node.parent;
    if (node !== null && !node.isInline && !overBreaks) return null;
  }
  return null;
}

function reached(node: MirrorNode | null, overBreaks: boolean): MirrorNode | null {
  return node === null || overBreaks || node.isInline ? node : null;
}
