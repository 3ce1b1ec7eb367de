/** A change of the page, reduced to what the tree has a place for and put into an order in which every step can be done. */

import { IncrementalSource } from 'rrweb';
import type { RecordedMutation } from '#contract/recording-events.ts';
import { type ReadNode, readNode } from '#contract/recording-node.ts';
import type { AddedNode, MutationData } from '../rrweb-words.ts';
import { stripAttributeChange } from './strip-attributes.ts';
import { type Strip, stripNode, stripText } from './strip-node.ts';

export function stripMutation(data: RecordedMutation, strip: Strip): MutationData {
  const { texts, attributes, removes, adds } = data;
  strip.budget.spend('changes', texts.length + attributes.length + removes.length + adds.length);
  // In the order in which rrweb does them.
  const removed = removes.filter(({ id, parentId }) => {
    const fits = strip.tree.get(id)?.parentId === parentId;
    if (fits) strip.tree.remove(id);
    return fits;
  });
  return {
    source: IncrementalSource.Mutation,
    removes: removed.map(({ id, parentId, isShadow }) => ({ id, parentId, ...(isShadow === true && { isShadow }) })),
    adds: stripAdds(adds, strip),
    texts: stripTexts(texts, strip),
    attributes: stripChanges(attributes, strip),
  };
}

interface Add {
  readonly parentId: number;
  readonly nextId: number | null;
  readonly read: ReadNode;
}

/**
 * rrweb tries again and again, up to half a second per event, when a node or its neighbour is not there yet. Here each addition waits for
 * the one it needs; what waits for itself goes to the end of its parent, and what has no parent goes nowhere.
 */
function stripAdds(raw: RecordedMutation['adds'], strip: Strip): AddedNode[] {
  const done: AddedNode[] = [];
  const waiting = new Map<number, Add[]>();
  const pending = raw.flatMap(({ parentId, nextId, node }): Add[] => {
    const read = readNode(node);
    return read === null || read.type < 2 ? [] : [{ parentId, nextId: nextId === -1 ? null : nextId, read }];
  });
  const coming = new Set(pending.map(({ read }) => read.id));
  run(pending.reverse());
  // A circle of neighbours is cut open by letting one go without.
  for (const add of [...waiting.values()].flat()) if (strip.tree.get(add.read.id) === undefined) run([{ ...add, nextId: null }]);
  return done;

  function run(stack: Add[]): void {
    for (let add = stack.pop(); add !== undefined; add = stack.pop()) {
      const missing = need(add);
      if (missing !== null) {
        waiting.set(missing, [...(waiting.get(missing) ?? []), add]);
        continue;
      }
      const placed = put(add, strip);
      if (placed === null) continue;
      done.push(placed);
      stack.push(...(waiting.get(add.read.id) ?? []).reverse());
      waiting.delete(add.read.id);
    }
  }

  /** The id that has to be there first, and may still come. */
  function need(add: Add): number | null {
    const first = [add.parentId, add.nextId].find((id) => id !== null && coming.has(id) && strip.tree.get(id) === undefined);
    return first ?? null;
  }
}

function put({ parentId, nextId, read }: Add, strip: Strip): AddedNode | null {
  const parent = strip.tree.get(parentId);
  if (parent === undefined || parent.isLeaf || parent.kind !== 'element' || strip.tree.get(read.id) !== undefined) return null;
  const node = stripNode(read, parentId, strip);
  const next = nextId === null ? undefined : strip.tree.get(nextId);
  const isBefore = next?.parentId === parentId && next.isShadow === (node.isShadow === true);
  return { parentId, nextId: isBefore ? nextId : null, node };
}

function stripTexts(texts: RecordedMutation['texts'], { tree, budget }: Strip) {
  return texts.flatMap(({ id, value }) => {
    const node = tree.get(id);
    if (node?.kind !== 'text' || node.parentId === null) return [];
    return [{ id, value: value === null ? null : stripText(value, tree.get(node.parentId)?.tagName, budget) }];
  });
}

function stripChanges(changes: RecordedMutation['attributes'], { tree, budget }: Strip) {
  return changes.flatMap(({ id, attributes }) => {
    const node = tree.get(id);
    if (node?.kind !== 'element' || node.tagName === 'noscript') return [];
    return [{ id, attributes: stripAttributeChange(attributes, node, budget) }];
  });
}
