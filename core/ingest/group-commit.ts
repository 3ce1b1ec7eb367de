/**
 * Requests that arrive together share one durable write. While one group is being committed, the next gathers; the queue is bounded,
 * so that overload answers `busy` and memory stays flat.
 */
import { Failure } from '#contract/failure.ts';
import { nextTurn } from '../store/next-turn.ts';

export interface GroupCommit<Item> {
  /** Resolves when the item is durable. Throws `busy` when too many wait already, or the first of them for too long. */
  add(item: Item): Promise<void>;
  pressure(): Pressure;
  /** Resolves when everything added before is durable or refused. */
  drain(): Promise<void>;
}

export interface Pressure {
  /** Items that are not durable yet. */
  readonly waiting: number;
  /** How long the first of them has waited. */
  readonly oldestMs: number;
}

export interface GroupLimits {
  readonly mostTogether: number;
  readonly mostWaiting: number;
  readonly longestMs: number;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly since: number;
  resolve(): void;
  reject(error: unknown): void;
}

const usual: GroupLimits = { mostTogether: 200, mostWaiting: 2000, longestMs: 10_000 };

export function createGroupCommit<Item>(
  commit: (items: readonly Item[]) => Promise<void>,
  { mostTogether, mostWaiting, longestMs }: GroupLimits = usual,
): GroupCommit<Item> {
  let queue: Waiting<Item>[] = [];
  let underWay: readonly Waiting<Item>[] = [];
  let running: Promise<void> | null = null;

  const pressure = (): Pressure => {
    const first = underWay[0] ?? queue[0];
    return { waiting: underWay.length + queue.length, oldestMs: first === undefined ? 0 : performance.now() - first.since };
  };

  async function run(): Promise<void> {
    // So that requests of the same moment go together.
    await nextTurn();
    while (queue.length > 0) {
      underWay = queue.slice(0, mostTogether);
      queue = queue.slice(mostTogether);
      const outage = await commitGroup(underWay, commit);
      underWay = [];
      // Who waits behind would only wait as long for the same answer.
      if (outage !== null) rejectAll(queue.splice(0), outage);
    }
    running = null;
  }

  return {
    add: (item) => {
      if (queue.length >= mostWaiting || pressure().oldestMs > longestMs) return Promise.reject(overloaded());
      return new Promise<void>((resolve, reject) => {
        queue.push({ item, since: performance.now(), resolve, reject });
        running ??= run();
      });
    },
    pressure,
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
