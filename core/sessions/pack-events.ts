/**
 * How events lie in a bucket. As they come they are appended as JSON rows: that costs no reading. What no more events go to is packed:
 * columns instead of rows, what repeats once, times as differences, zstd. Pure.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { EventType } from '#contract/events.ts';
import type { EventDocument } from './event.ts';

/** `eid`, type, at (ms), page id, address, props, received at (ms). */
export type EventRow = readonly [
  eid: string,
  type: EventType,
  at: number,
  pageId: string,
  url: string,
  props: Record<string, unknown>,
  receivedAt: number,
];

export function toRow({
  eid,
  type,
  at,
  pageId,
  url,
  props,
  receivedAt,
}: Omit<EventDocument, '_id' | 'workspaceId' | 'sessionId'>): EventRow {
  return [eid, type, at.getTime(), pageId, url, props, receivedAt.getTime()];
}

export interface OfSession {
  readonly workspaceId: string;
  readonly sessionId: string;
}

export function toEvent([eid, type, at, pageId, url, props, receivedAt]: EventRow, { workspaceId, sessionId }: OfSession): EventDocument {
  return {
    _id: `${sessionId}:${eid}`,
    workspaceId,
    sessionId,
    eid,
    type,
    at: new Date(at),
    pageId,
    url,
    props,
    receivedAt: new Date(receivedAt),
  };
}

interface Columns {
  readonly types: readonly EventType[];
  readonly pages: readonly string[];
  readonly urls: readonly string[];
  /** Row → place in the lists above. */
  readonly type: readonly number[];
  readonly page: readonly number[];
  readonly url: readonly number[];
  /** The first in full, then differences. */
  readonly at: readonly number[];
  readonly received: readonly number[];
  readonly props: readonly Record<string, unknown>[];
}

/** What one fold appended: the eids, 16 bytes each, and the rest of the rows as JSON. */
export interface PackedPart {
  readonly eids: Buffer;
  readonly rows: string;
}

export function packPart(rows: readonly EventRow[]): PackedPart {
  return { eids: packEids(rows.map(([eid]) => eid)), rows: JSON.stringify(rows.map(([, ...rest]) => rest)) };
}

export function unpackPart(eids: Uint8Array, rows: string): EventRow[] {
  const parsed: Tail[] = JSON.parse(rows);
  return unpackEids(eids).flatMap((eid, nth) => {
    const tail = parsed[nth];
    return tail === undefined ? [] : [[eid, ...tail]];
  });
}

type Tail = EventRow extends readonly [string, ...infer Rest] ? Rest : never;

export function packEids(eids: readonly string[]): Buffer {
  return Buffer.from(eids.map((eid) => eid.replaceAll('-', '')).join(''), 'hex');
}

export function unpackEids(packed: Uint8Array): string[] {
  const hex = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString('hex');
  return Array.from({ length: hex.length / 32 }, (_, nth) => asUuid(hex.slice(nth * 32, nth * 32 + 32)));
}

function asUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Everything but the eids. */
export function packRows(rows: readonly EventRow[]): Buffer {
  const [types, pages, urls] = [numbered<EventType>(), numbered<string>(), numbered<string>()];
  const columns: Columns = {
    type: rows.map((row) => types.numberOf(row[1])),
    page: rows.map((row) => pages.numberOf(row[3])),
    url: rows.map((row) => urls.numberOf(row[4])),
    at: differences(rows.map((row) => row[2])),
    received: differences(rows.map((row) => row[6])),
    props: rows.map((row) => row[5]),
    types: types.list,
    pages: pages.list.map((page) => Buffer.from(page.replaceAll('-', ''), 'hex').toString('base64url')),
    urls: urls.list,
  };
  return zstdCompressSync(JSON.stringify(columns), { params: { [constants.ZSTD_c_compressionLevel]: 9 } });
}

export function unpackRows(body: Uint8Array, eids: Uint8Array): EventRow[] {
  const columns: Columns = JSON.parse(zstdDecompressSync(body).toString('utf8'));
  const pages = columns.pages.map((page) => asUuid(Buffer.from(page, 'base64url').toString('hex')));
  const [at, received] = [sums(columns.at), sums(columns.received)];
  return unpackEids(eids).map((eid, nth) => [
    eid,
    columns.types[columns.type[nth] ?? 0] ?? 'custom',
    at[nth] ?? 0,
    pages[columns.page[nth] ?? 0] ?? '',
    columns.urls[columns.url[nth] ?? 0] ?? '',
    columns.props[nth] ?? {},
    received[nth] ?? 0,
  ]);
}

function numbered<Value>() {
  const places = new Map<Value, number>();
  const list: Value[] = [];
  const numberOf = (value: Value): number => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, list.length);
    return list.push(value) - 1;
  };
  return { list, numberOf };
}

function differences(moments: readonly number[]): number[] {
  return moments.map((moment, nth) => moment - (moments[nth - 1] ?? 0));
}

function sums(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
}
