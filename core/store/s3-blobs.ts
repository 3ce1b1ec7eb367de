/** Blobs in storage that speaks the S3 protocol. Requests are signed (AWS Signature Version 4), and so is the hash of each body. */
import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { Failure } from '#contract/failure.ts';
import { assertKey, assertPrefix, type BlobEntry, type BlobRange, type Blobs, blobMissing, piecesOf } from './blobs.ts';

export interface S3Config {
  /** `https://s3.eu-central-1.amazonaws.com`, without the bucket. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`. */
  readonly pathStyle: boolean;
}

/** The protocol wants at least 5 MB in every part but the last. */
const partBytes = 8 * 1024 * 1024;
const retryAfterMs = 5_000;
/** Tries again by itself, with growing pauses, where the storage is busy for a moment. */
const quickRetries = 3;

interface S3Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Ask = (call: S3Call) => Promise<Response>;

export function s3Blobs(config: S3Config): Blobs {
  const ask = makeAsk(config);
  return {
    put: (key, body) => put(ask, key, body),
    get: (key, range) => get(ask, key, range),
    async delete(key) {
      assertKey(key);
      await done(await ask({ method: 'DELETE', key }), [200, 204, 404]);
    },
    list: (prefix) => list(ask, prefix),
    async deleteAll(prefix) {
      for await (const { key } of list(ask, prefix)) await done(await ask({ method: 'DELETE', key }), [200, 204, 404]);
    },
  };
}

function makeAsk({ endpoint, bucket, region, accessKeyId, secretAccessKey, pathStyle }: S3Config): Ask {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: quickRetries, initRetryMs: 100 });
  const base = new URL(endpoint);
  if (!pathStyle) base.hostname = `${bucket}.${base.hostname}`;
  const root = base.href.replace(/\/$/, '') + (pathStyle ? `/${bucket}` : '');
  return async ({ method, key, query = {}, body, headers = {} }) => {
    const search = new URLSearchParams(query).toString();
    const url = `${root}${key === undefined ? '' : `/${key}`}${search === '' ? '' : `?${search}`}`;
    const hash = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    try {
      return await client.fetch(url, { method, body: body ?? null, headers: { ...headers, 'X-Amz-Content-Sha256': hash } });
    } catch (error) {
      throw away(error);
    }
  };
}

async function put(ask: Ask, key: string, body: Parameters<Blobs['put']>[1]): Promise<void> {
  assertKey(key);
  const parts = inParts(piecesOf(body));
  const first = await parts.next();
  const second = await parts.next();
  if (second.done === true) await done(await ask({ method: 'PUT', key, body: first.value ?? new Uint8Array() }), [200]);
  else await putParts(ask, key, join([first.value, second.value], parts));
}

async function* join(
  begun: readonly (Uint8Array<ArrayBuffer> | undefined)[],
  rest: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (const part of begun) if (part !== undefined) yield part;
  yield* rest;
}

async function putParts(ask: Ask, key: string, parts: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void> {
  const uploadId = named('UploadId', await done(await ask({ method: 'POST', key, query: { uploads: '' } }), [200]));
  const tags: string[] = [];
  try {
    for await (const body of parts) {
      const query = { partNumber: String(tags.length + 1), uploadId };
      const answer = await ask({ method: 'PUT', key, query, body });
      await done(answer, [200]);
      tags.push(answer.headers.get('ETag') ?? '');
    }
    const listed = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`).join('');
    const body = `<CompleteMultipartUpload>${listed}</CompleteMultipartUpload>`;
    const answer = await done(await ask({ method: 'POST', key, query: { uploadId }, body }), [200]);
    // The protocol answers 200 before it has put the parts together, and may still say that it could not.
    if (answer.includes('<Error>')) throw refusal(503, answer);
  } catch (error) {
    await ask({ method: 'DELETE', key, query: { uploadId } }).catch(() => undefined);
    throw error;
  }
}

async function* inParts(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    held.push(piece);
    bytes += piece.length;
    if (bytes < partBytes) continue;
    yield Buffer.concat(held);
    [held, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(held);
}

async function get(ask: Ask, key: string, range: BlobRange | undefined): Promise<Buffer> {
  assertKey(key);
  const headers: Record<string, string> =
    range === undefined ? {} : { Range: `bytes=${range.offset}-${range.offset + Math.max(1, range.length) - 1}` };
  const answer = await ask({ method: 'GET', key, headers });
  if (answer.status === 404 || answer.status === 416) {
    await answer.arrayBuffer();
    throw blobMissing(key);
  }
  if (!answer.ok) throw refusal(answer.status, await answer.text());
  try {
    return Buffer.from(await answer.arrayBuffer());
  } catch (error) {
    throw away(error);
  }
}

async function* list(ask: Ask, prefix: string): AsyncGenerator<BlobEntry> {
  assertPrefix(prefix);
  let token: string | null = '';
  while (token !== null) {
    const query = { 'list-type': '2', prefix, ...(token !== '' && { 'continuation-token': token }) };
    const page: string = await done(await ask({ method: 'GET', query }), [200]);
    for (const [, entry = ''] of page.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
      // Our keys have no character that XML would escape.
      yield { key: named('Key', entry), size: Number(named('Size', entry)) };
    }
    token = page.includes('<NextContinuationToken>') ? named('NextContinuationToken', page) : null;
  }
}

function named(tag: string, xml: string): string {
  return new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? '';
}

/** The body of an answer that is one of these. */
async function done(answer: Response, expected: readonly number[]): Promise<string> {
  const text = await answer.text().catch((error: unknown) => {
    throw away(error);
  });
  if (!expected.includes(answer.status)) throw refusal(answer.status, text);
  return text;
}

function refusal(status: number, text: string): Failure {
  const said = named('Code', text) || String(status);
  if (status === 429 || status >= 500) return away(new Error(said));
  return new Failure('vendorRefused', `The object storage refused the request (${said}). Check the settings LEADLIGHT_S3_….`, {
    code: 'blob-storage-refused',
  });
}

function away(cause: unknown): Failure {
  return new Failure('busy', 'The object storage cannot be reached at the moment. Try again shortly.', {
    code: 'blob-storage-away',
    retryAfterMs,
    cause,
  });
}
