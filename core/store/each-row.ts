/** The rows of a cursor, one after the other. Whoever stops early closes it: mongoose would leave it open in the database for ten minutes. */

interface Cursor<Row> extends AsyncIterable<Row> {
  close(): Promise<void>;
}

export async function* eachRow<Row>(cursor: Cursor<Row>): AsyncGenerator<Row> {
  try {
    for await (const row of cursor) yield row;
  } finally {
    await cursor.close();
  }
}
