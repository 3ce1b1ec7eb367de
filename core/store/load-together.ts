/** Lookups of one moment share one query: while one is under way, the next gather. Nothing is remembered, so every answer is fresh. */
import { Failure } from '#contract/failure.ts';

interface Asking<Key, Row> {
  readonly key: Key;
  resolve(row: Row | null): void;
  reject(error: unknown): void;
}

const mostTogether = 500;
/** A connection that was lost may stay silent: whoever waits behind it must not wait for ever. */
const patienceMs = 5000;

/** @param find answers each key's row, null for none, in the order of the keys. */
export function loadTogether<Key, Row>(
  find: (keys: readonly Key[]) => Promise<readonly (Row | null)[]>,
): (key: Key) => Promise<Row | null> {
  let asked: Asking<Key, Row>[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    await new Promise(setImmediate);
    while (asked.length > 0) {
      const group = asked.slice(0, mostTogether);
      asked = asked.slice(mostTogether);
      await answer(group, find);
    }
    isRunning = false;
  }

  return (key) =>
    new Promise((resolve, reject) => {
      asked.push({ key, resolve, reject });
      if (!isRunning) void run();
    });
}

async function answer<Key, Row>(
  group: readonly Asking<Key, Row>[],
  find: (keys: readonly Key[]) => Promise<readonly (Row | null)[]>,
): Promise<void> {
  try {
    const rows = await inTime(find(group.map(({ key }) => key)));
    for (const [nth, { resolve }] of group.entries()) resolve(rows[nth] ?? null);
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}

async function inTime<Result>(asked: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const failure = new Failure('busy', 'The database does not answer at the moment. Try again shortly.', {
    code: 'database-away',
    retryAfterMs: 3000,
  });
  const timer = setTimeout(() => late.reject(failure), patienceMs);
  try {
    return await Promise.race([asked, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
