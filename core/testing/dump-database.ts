/** What is in the database, as text: equal dumps mean that nothing was changed. */
import type { Platform } from '../platform.ts';

/** Collection → its rows in the order of their ids, as JSON. */
export async function dumpDatabase(platform: Platform): Promise<Record<string, string[]>> {
  const db = platform.store.connection.db;
  const names = ((await db?.listCollections({}, { nameOnly: true }).toArray()) ?? []).map(({ name }) => name).sort();
  const dump: Record<string, string[]> = {};
  for (const name of names) {
    const rows = (await db?.collection(name).find().sort({ _id: 1 }).toArray()) ?? [];
    if (rows.length > 0) dump[name] = rows.map((row) => JSON.stringify(sorted(row)));
  }
  return dump;
}

/** Upserts write fields in an order of their own: it means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  );
}
