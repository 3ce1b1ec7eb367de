/** Writes rows as a file of a kind, piece by piece. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { Row } from './export-rows.ts';

export const exportFormats = ['csv', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
} as const satisfies Record<ExportFormat, string>;

/** Rows that are written at once: each piece costs a turn of the stream. */
const rowsAtOnce = 100;

/** @param columns of a table, so that an empty one has its head too. */
export function writeRows(rows: AsyncIterable<Row>, { format, columns }: { format: ExportFormat; columns: readonly string[] }): Readable {
  const write = { csv: () => csvOf(rows, columns), json: () => jsonOf(rows), ndjson: () => linesOf(rows) } as const;
  return Readable.from(write[format](), { objectMode: false });
}

async function* csvOf(rows: AsyncIterable<Row>, columns: readonly string[]): AsyncGenerator<string> {
  const options = { columns: [...columns], escape_formulas: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/ } as const;
  yield stringify([], { ...options, header: true });
  for await (const some of inGroups(rows)) yield stringify(some, options);
}

async function* jsonOf(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const some of inGroups(rows)) {
    yield separator + some.map((row) => JSON.stringify(row)).join(',\n');
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

async function* linesOf(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  for await (const some of inGroups(rows)) yield some.map((row) => `${JSON.stringify(row)}\n`).join('');
}

async function* inGroups(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let group: Row[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < rowsAtOnce) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
