/** Which nodes the replayed page has at this point of the recording. Nothing is let through that this tree has no place for. */
import { maxDepth, tooLarge } from './budget.ts';

export interface TreeNode {
  readonly id: number;
  readonly kind: 'document' | 'element' | 'text' | 'other';
  readonly tagName: string;
  readonly isSVG: boolean;
  readonly isShadow: boolean;
  /** Nothing may be put into it: a text, or an element that stands for one that was left out. */
  readonly isLeaf: boolean;
}

interface Placed extends TreeNode {
  readonly parentId: number | null;
  readonly depth: number;
  readonly children: Set<number>;
}

export interface NodeTree {
  get(id: number): Placed | undefined;
  /** The caller has made sure that the id is free and that the parent, unless null, is there. */
  add(node: TreeNode, parentId: number | null): void;
  /** With all that is in it. */
  remove(id: number): void;
  clear(): void;
}

export function startTree(): NodeTree {
  const nodes = new Map<number, Placed>();
  return {
    get: (id) => nodes.get(id),
    add(node, parentId) {
      const parent = parentId === null ? undefined : nodes.get(parentId);
      const depth = (parent?.depth ?? 0) + 1;
      if (depth > maxDepth) throw tooLarge('recording-too-deep');
      parent?.children.add(node.id);
      nodes.set(node.id, { ...node, parentId, depth, children: new Set() });
    },
    remove(id) {
      const parentId = nodes.get(id)?.parentId ?? null;
      if (parentId !== null) nodes.get(parentId)?.children.delete(id);
      const doomed = [id];
      for (let next = doomed.pop(); next !== undefined; next = doomed.pop()) {
        doomed.push(...(nodes.get(next)?.children ?? []));
        nodes.delete(next);
      }
    },
    clear: () => nodes.clear(),
  };
}
