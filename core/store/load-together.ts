/** Lookups of one moment share one query: while one is under way, the next gather. Nothing is remembered, so every answer is fresh. */
import { answerInTime } from './answer-in-time.ts';
import { nextTurn } from './next-turn.ts';

interface Asking<Key, Row> {
  readonly key: Key;
  resolve(row: Row | null): void;
  reject(error: unknown): void;
}

const mostTogether = 500;
/** Whoever waits behind a lookup must not wait for ever. */
const lookupMs = 5000;

/** @param find answers each key's row, null for none, in the order of the keys. */
export function loadTogether<Key, Row>(
  find: (keys: readonly Key[]) => Promise<readonly (Row | null)[]>,
): (key: Key) => Promise<Row | null> {
  let asked: Asking<Key, Row>[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    await nextTurn();
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
    const rows = await answerInTime(find(group.map(({ key }) => key)), lookupMs);
    for (const [nth, { resolve }] of group.entries()) resolve(rows[nth] ?? null);
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}
