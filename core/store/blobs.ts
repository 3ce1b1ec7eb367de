/** Where large things are kept, apart from the rows that name them: in GridFS, or in S3-compatible storage where that is configured. */
import { Failure } from '#contract/failure.ts';

export interface BlobEntry {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

export interface BlobRange {
  /** Bytes from the beginning. */
  readonly offset: number;
  readonly length: number;
}

/**
 * A key begins with its workspace: `ws_…/recordings/…`. Throws `busy` where the storage is away, `vendorRefused` where it refuses us.
 */
export interface Blobs {
  /** Replaces what the key held, all at once: a reader sees the old or the new. A stream is never in memory whole. */
  put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>;
  /** The bytes of the range, fewer where the blob ends before. Throws `missing` when there is no blob, or none of it in the range. */
  get(key: string, range?: BlobRange): Promise<Buffer>;
  /** Fine when it is not there. */
  delete(key: string): Promise<void>;
  /** In the order of keys. */
  list(prefix: string): AsyncIterable<BlobEntry>;
  /** Whatever begins so, also what an interrupted `put` left. A prefix names at least a workspace, with its slash. */
  deleteAll(prefix: string): Promise<void>;
}

const keyShape = /^[\w-]+\/(?:[\w.:-]+\/)*[\w.:-]+$/;
const prefixShape = /^[\w-]+\/(?:[\w.:-]+\/)*[\w.:-]*$/;

/** For a programming error, so no `Failure`. */
export function assertKey(key: string): void {
  if (!keyShape.test(key) || key.length > 500 || key.includes('..')) throw new Error(`not the key of a blob: ${key}`);
}

export function assertPrefix(prefix: string): void {
  if (!prefixShape.test(prefix) || prefix.includes('..')) throw new Error(`not a prefix that names a workspace: ${prefix}`);
}

export function blobMissing(key: string): Failure {
  return new Failure('missing', 'The stored file is not there any more.', { code: 'blob-missing', cause: new Error(key) });
}

/** A buffer is a stream of one piece. */
export async function* piecesOf(body: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) yield body;
  else yield* body;
}
