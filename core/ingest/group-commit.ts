/**
 * Requests that arrive together share one durable write. While one group is being committed, the next gathers; the queue is bounded,
 * so that overload answers `busy` and memory stays flat.
 */
import { Failure } from '#contract/failure.ts';

export interface GroupCommit<Item> {
  /** Resolves when the item is durable. Throws `busy` when too many wait already. */
  add(item: Item): Promise<void>;
  /** Resolves when everything added before is durable or refused. */
  drain(): Promise<void>;
}

interface Waiting<Item> {
  readonly item: Item;
  resolve(): void;
  reject(error: unknown): void;
}

const mostTogether = 200;
const mostWaiting = 2000;

export function createGroupCommit<Item>(commit: (items: readonly Item[]) => Promise<void>): GroupCommit<Item> {
  const queue: Waiting<Item>[] = [];
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    // One turn of the event loop, so that requests of the same moment go together.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      const outage = await commitGroup(queue.splice(0, mostTogether), commit);
      // Who waits behind would only wait as long for the same answer.
      if (outage !== null) rejectAll(queue.splice(0), outage);
    }
    running = null;
  }

  return {
    add: (item) => {
      if (queue.length >= mostWaiting) return Promise.reject(overloaded());
      return new Promise<void>((resolve, reject) => {
        queue.push({ item, resolve, reject });
        running ??= run();
      });
    },
    drain: async () => {
      while (running !== null) await running;
    },
  };
}

/**
 * If a group fails, each of its items is tried alone: one bad write does not fail its neighbours. Not so when the store itself is `busy`:
 * then nobody's turn would end better.
 * @returns the outage that everybody was refused for, or null.
 */
async function commitGroup<Item>(
  group: readonly Waiting<Item>[],
  commit: (items: readonly Item[]) => Promise<void>,
): Promise<Failure | null> {
  try {
    await commit(group.map(({ item }) => item));
    for (const waiting of group) waiting.resolve();
    return null;
  } catch (error) {
    const outage = error instanceof Failure && error.kind === 'busy' ? error : null;
    if (outage !== null || group.length === 1) {
      rejectAll(group, error);
      return outage;
    }
    return commitEach(group, commit);
  }
}

async function commitEach<Item>(
  group: readonly Waiting<Item>[],
  commit: (items: readonly Item[]) => Promise<void>,
): Promise<Failure | null> {
  for (const [index, waiting] of group.entries()) {
    const outage = await commitGroup([waiting], commit);
    if (outage === null) continue;
    rejectAll(group.slice(index + 1), outage);
    return outage;
  }
  return null;
}

function rejectAll<Item>(group: readonly Waiting<Item>[], error: unknown): void {
  for (const waiting of group) waiting.reject(error);
}

function overloaded(): Failure {
  return new Failure('busy', 'The server is busy. Try again shortly.', { code: 'ingest-overloaded', retryAfterMs: 2000 });
}
