import { z } from 'zod';

/** A change as the journal keeps it: `v` absent means removed. */
export const change = z.object({ c: z.string(), k: z.string(), v: z.unknown().optional() });
export type Change = z.infer<typeof change>;

/** Items of one kind by id, in the order they were first put. */
export interface Collection<Item> {
  get(id: string): Item | undefined;
  all(): Item[];
  put(item: Item): Item;
  remove(id: string): void;
}

/** The collection as the state sees it, whatever its items are. */
export interface Stored {
  apply(change: Change): void;
  clear(): void;
  dump(): Change[];
}

export interface CollectionKind<Schema extends z.ZodType> {
  readonly name: string;
  readonly item: Schema;
  idOf(item: z.infer<Schema>): string;
}

export function createCollection<Schema extends z.ZodType>(
  kind: CollectionKind<Schema>,
  changed: (change: Change) => void,
): Collection<z.infer<Schema>> & Stored {
  const items = new Map<string, z.infer<Schema>>();
  return {
    get: (id) => items.get(id),
    all: () => [...items.values()],
    put(item) {
      const id = kind.idOf(item);
      items.set(id, item);
      changed({ c: kind.name, k: id, v: item });
      return item;
    },
    remove(id) {
      if (items.delete(id)) changed({ c: kind.name, k: id });
    },
    apply(one) {
      if (one.v === undefined) items.delete(one.k);
      else items.set(one.k, kind.item.parse(one.v));
    },
    clear: () => items.clear(),
    dump: () => [...items].map(([k, v]) => ({ c: kind.name, k, v })),
  };
}
