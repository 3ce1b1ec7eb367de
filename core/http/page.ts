/** Pages of long lists: an opaque cursor holds the sort values of the last row, so that pages stay right while rows are added. */
import type { Context } from 'koa';
import type { z } from 'zod';
import { Failure } from '#contract/failure.ts';

/** The values in `?cursor=`; null on the first page. Throws `invalid`. */
export function readCursor<Shape extends z.ZodType>(ctx: Context, shape: Shape): z.infer<Shape> | null {
  const text = String(ctx.query.cursor ?? '');
  if (text === '') return null;
  const values = shape.safeParse(decode(text));
  if (values.success) return values.data;
  throw new Failure('invalid', 'This cursor is not one we gave. Start again from the first page.', { code: 'cursor-invalid' });
}

export interface PageOf<Row, View> {
  present(row: Row): View;
  /** What `readCursor` gives back for the page after this row. */
  cursor(row: Row): readonly (string | number | Date | null)[];
}

/** @param rows one more than `size` when there is a next page. */
export function answerPage<Row, View>(
  rows: readonly Row[],
  size: number,
  { present, cursor }: PageOf<Row, View>,
): { items: View[]; next: string | null } {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  return { items: items.map(present), next: rows.length > size && last !== undefined ? encode(cursor(last)) : null };
}

function encode(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
