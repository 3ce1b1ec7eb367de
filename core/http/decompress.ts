/** Undoes gzip or deflate once, with a hard stop: a bomb never unfolds. */
import { promisify } from 'node:util';
import { gunzip, gunzipSync, inflate, inflateSync } from 'node:zlib';
import { Failure } from '#contract/failure.ts';
import { bodyTooLarge } from './read-body.ts';

const unzip = {
  gzip: { later: promisify(gunzip), now: gunzipSync },
  deflate: { later: promisify(inflate), now: inflateSync },
} as const;
export type Compression = keyof typeof unzip;

export interface PlainLimit {
  /** Bytes after decompression. */
  readonly plainBytes: number;
}

/** Text of pages shrinks to a tenth or so; what unfolds to more than this many times its size is no page. */
const mostTimes = 100;
/** A long table or a stylesheet may be the same words over and over: up to here that is no harm. */
const alwaysAllowed = 2 * 1024 * 1024;
/** Below this a trip to another thread costs more than the work. */
const smallBytes = 16 * 1024;

export function compressionOf(named: string): Compression | null {
  const encoding = named.toLowerCase();
  if (encoding === '' || encoding === 'identity') return null;
  if (isCompression(encoding)) return encoding;
  throw new Failure('invalid', `The encoding ${encoding.slice(0, 20)} is not supported: use gzip, deflate or none.`, {
    code: 'encoding-unsupported',
  });
}

/** The most bytes that this body may become: gzip ends with its own word for it, which `decompress` holds it to. */
export function plainSize(body: Buffer, compression: Compression | null, { plainBytes }: PlainLimit): number {
  if (compression === null) return body.length;
  const most = Math.min(plainBytes, Math.max(body.length * mostTimes, alwaysAllowed));
  if (compression !== 'gzip' || body.length < 18) return most;
  return Math.min(most, body.readUInt32LE(body.length - 4));
}

/** @returns the plain bytes; throws `tooLarge` at the first byte over the limit, or over what the body itself announced. */
export async function decompress(body: Buffer, named: string, limits: PlainLimit): Promise<Buffer> {
  const compression = compressionOf(named);
  if (compression === null) return body;
  const maxOutputLength = Math.max(plainSize(body, compression, limits), 1);
  try {
    const { now, later } = unzip[compression];
    return maxOutputLength <= smallBytes ? now(body, { maxOutputLength }) : await later(body, { maxOutputLength });
  } catch (cause) {
    if (cause instanceof RangeError) throw bodyTooLarge(limits.plainBytes);
    throw new Failure('invalid', `The body is not valid ${compression}.`, { code: 'encoding-invalid', cause });
  }
}

function isCompression(encoding: string): encoding is Compression {
  return Object.hasOwn(unzip, encoding);
}
