/** The recorded page as it stands after some events: so that a replay can begin there, without all that came before. */
import { isObject } from '#contract/recording.ts';
import type { RecordedEvent, RecordedIncrement, RecordedMutation } from '#contract/recording-events.ts';

type Snapshot = Extract<RecordedEvent, { type: 2 }>;
type Increment<Source extends number> = Extract<RecordedIncrement, { source: Source }>;
type StyleChange = Increment<8> | Increment<13> | Increment<15>;
type Moves = Increment<1> | Increment<6> | Increment<12>;

interface PageNode {
  /** As it was recorded, without its children. */
  readonly own: Record<string, unknown>;
  parent: PageNode | null;
  previous: PageNode | null;
  next: PageNode | null;
  first: PageNode | null;
  last: PageNode | null;
}

export interface PageModel {
  apply(event: RecordedEvent): void;
  /** Events that show the page as it is now, all of this moment; null while that is not known. */
  begin(timestamp: number): RecordedEvent[] | null;
  /** Of the page; roughly what `begin` costs. */
  nodes(): number;
}

/** A page that changes its styles by script without end is not retold. */
const maxStyleChanges = 5_000;
const maxNodes = 200_000;

export function openPage(): PageModel {
  const page = new Page();
  return { apply: (event) => page.apply(event), begin: (timestamp) => page.begin(timestamp), nodes: () => page.nodes.size };
}

class Page {
  readonly nodes = new Map<number, PageNode>();
  #root: PageNode | null = null;
  #meta = { href: '', width: 1280, height: 720 };
  #offset = { top: 0, left: 0 };
  #pointer: Moves | null = null;
  /** What is not in the tree: rules set by script, in their order. */
  #styles: StyleChange[] = [];
  readonly #scrolls = new Map<number, Increment<3>>();
  readonly #inputs = new Map<number, Increment<5>>();
  /** Styles changed property by property, since the whole was set. */
  #restyled: RecordedMutation['attributes'] = [];

  apply(event: RecordedEvent): void {
    if (event.type === 4) this.#meta = event.data;
    else if (event.type === 2) this.#start(event);
    else if (event.type === 3 && this.#root !== null) this.#change(event.data);
  }

  begin(timestamp: number): RecordedEvent[] | null {
    if (this.#root === null || this.#styles.length > maxStyleChanges || this.nodes.size > maxNodes) return null;
    const known = ({ id }: { readonly id?: number | undefined }) => id === undefined || this.nodes.has(id);
    const restyled = this.#restyled.filter(known);
    const told: RecordedIncrement[] = [
      ...this.#styles.filter(known),
      ...(restyled.length > 0 ? [{ source: 0 as const, texts: [], attributes: restyled, removes: [], adds: [] }] : []),
      ...[...this.#inputs.values(), ...this.#scrolls.values()].filter(known),
      ...(this.#pointer === null ? [] : [this.#pointer]),
    ];
    return [
      { type: 4, timestamp, data: this.#meta },
      { type: 2, timestamp, data: { node: treeOf(this.#root), initialOffset: this.#offset } },
      // Shared with what comes later, and the packing writes into events.
      ...structuredClone(told).map((data): RecordedEvent => ({ type: 3, timestamp, data })),
    ];
  }

  #start({ data: { node, initialOffset } }: Snapshot): void {
    this.nodes.clear();
    this.#scrolls.clear();
    this.#inputs.clear();
    [this.#styles, this.#restyled, this.#pointer, this.#offset] = [[], [], null, initialOffset];
    this.#root = this.#put(node, null, null);
  }

  #change(data: RecordedIncrement): void {
    switch (data.source) {
      case 0:
        return this.#mutate(data);
      case 3:
        if (data.id === this.#root?.own.id) this.#offset = { top: data.y, left: data.x };
        else this.#scrolls.set(data.id, data);
        return;
      case 4:
        this.#meta = { ...this.#meta, width: data.width, height: data.height };
        return;
      case 5:
        this.#inputs.set(data.id, data);
        return;
      case 8:
      case 13:
      case 15:
        if (this.#styles.length <= maxStyleChanges) this.#styles.push(data);
        return;
      case 1:
      case 6:
      case 12:
        this.#pointer = lastOf(data);
    }
  }

  /** As the replayer does it: first what goes, then what comes, then texts, then attributes. */
  #mutate({ removes, adds, texts, attributes }: RecordedMutation): void {
    for (const { id } of removes) this.#remove(id);
    let waiting = adds;
    for (let before = -1; waiting.length > 0 && waiting.length !== before; ) {
      before = waiting.length;
      waiting = waiting.filter((add) => !this.#add(add, false));
    }
    for (const add of waiting) this.#add(add, true);
    for (const { id, value } of texts) {
      const node = this.nodes.get(id);
      if (node !== undefined) node.own.textContent = value ?? '';
      this.#forgetRules(node?.parent ?? null);
    }
    for (const change of attributes) this.#setAttributes(change);
  }

  /** Whether the node has its place. */
  #add({ parentId, nextId, node }: RecordedMutation['adds'][number], isLastTry: boolean): boolean {
    const parent = this.nodes.get(parentId);
    const next = nextId === null || nextId === -1 ? undefined : this.nodes.get(nextId);
    if (parent === undefined || (nextId !== null && nextId !== -1 && next === undefined && !isLastTry)) return false;
    this.#put(node, parent, next?.parent === parent ? next : null);
    this.#forgetRules(parent);
    return true;
  }

  #setAttributes({ id, attributes }: RecordedMutation['attributes'][number]): void {
    const node = this.nodes.get(id);
    if (node === undefined) return;
    const { style, ...rest } = attributes;
    const isByProperty = typeof style === 'object' && style !== null;
    if (isByProperty) this.#restyled.push({ id, attributes: { style } });
    else if (style !== undefined) this.#restyled = this.#restyled.filter((change) => change.id !== id);
    const changed = { ...(isObject(node.own.attributes) ? node.own.attributes : {}), ...(isByProperty ? rest : attributes) };
    if ('_cssText' in attributes) this.#forgetRules(node);
    node.own.attributes = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
  }

  /** A sheet whose text is set anew has lost what was done to its rules. */
  #forgetRules(sheet: PageNode | null): void {
    if (sheet === null || this.#styles.length === 0) return;
    this.#styles = this.#styles.filter((change) => change.source === 15 || change.id !== sheet.own.id);
  }

  #put(raw: unknown, parent: PageNode | null, before: PageNode | null): PageNode | null {
    let root: PageNode | null = null;
    const stack: { raw: unknown; parent: PageNode | null; before: PageNode | null }[] = [{ raw, parent, before }];
    for (let work = stack.pop(); work !== undefined; work = stack.pop()) {
      if (!isObject(work.raw) || typeof work.raw.id !== 'number') continue;
      const { childNodes, ...own } = work.raw;
      this.#remove(work.raw.id);
      const node: PageNode = { own, parent: null, previous: null, next: null, first: null, last: null };
      this.nodes.set(work.raw.id, node);
      if (work.parent !== null) link(node, work.parent, work.before);
      root ??= node;
      for (const child of Array.isArray(childNodes) ? childNodes.toReversed() : []) stack.push({ raw: child, parent: node, before: null });
    }
    return root;
  }

  /** With all that is in it. */
  #remove(id: number): void {
    const node = this.nodes.get(id);
    if (node === undefined) return;
    unlink(node);
    const gone = [node];
    for (let one = gone.pop(); one !== undefined; one = gone.pop()) {
      if (typeof one.own.id === 'number') this.nodes.delete(one.own.id);
      for (let child = one.first; child !== null; child = child.next) gone.push(child);
    }
  }
}

function lastOf(moves: Moves): Moves | null {
  const position = moves.positions.at(-1);
  return position === undefined ? null : { source: moves.source, positions: [{ ...position, timeOffset: 0 }] };
}

function link(node: PageNode, parent: PageNode, before: PageNode | null): void {
  node.parent = parent;
  node.next = before;
  node.previous = before === null ? parent.last : before.previous;
  if (node.previous === null) parent.first = node;
  else node.previous.next = node;
  if (before === null) parent.last = node;
  else before.previous = node;
}

function unlink({ parent, previous, next }: PageNode): void {
  if (previous !== null) previous.next = next;
  else if (parent !== null) parent.first = next;
  if (next !== null) next.previous = previous;
  else if (parent !== null) parent.last = previous;
}

/** A copy, as a snapshot has it. */
function treeOf(root: PageNode): object {
  const whole: { childNodes?: object[] } = { ...root.own };
  const stack: { node: PageNode; copy: { childNodes?: object[] } }[] = [{ node: root, copy: whole }];
  for (let work = stack.pop(); work !== undefined; work = stack.pop()) {
    const { node, copy } = work;
    if (node.own.type !== 0 && node.own.type !== 2) continue;
    copy.childNodes = [];
    for (let child = node.first; child !== null; child = child.next) {
      const childCopy: { childNodes?: object[] } = { ...child.own };
      copy.childNodes.push(childCopy);
      stack.push({ node: child, copy: childCopy });
    }
  }
  return whole;
}
