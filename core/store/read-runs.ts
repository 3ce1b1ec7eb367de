/**
 * A page after its cursor, as runs of one index that follow each other: first what ties with the last row, then what comes after it. One
 * query for both would read all ties again, and for some orders everything from the first page on.
 */
export async function readRuns<Row>(
  runs: readonly object[],
  limit: number,
  read: (run: object, limit: number) => PromiseLike<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const run of runs) {
    if (rows.length >= limit) break;
    rows.push(...(await read(run, limit - rows.length)));
  }
  return rows;
}

/** Of a list by a moment, newest first, and by id: `up` where ids ascend. */
export function newestRuns(field: string, cursor: readonly [at: Date, id: string] | null, ids: 'up' | 'down' = 'up'): object[] {
  if (cursor === null) return [{}];
  const [at, id] = cursor;
  return [{ [field]: at, _id: ids === 'up' ? { $gt: id } : { $lt: id } }, { [field]: { $lt: at } }];
}
