/** Blobs in MongoDB. What is under way is noted before its first byte, so that what a killed process left can be found and removed. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose, { type Connection } from 'mongoose';
import { assertKey, assertPrefix, type BlobRange, type Blobs, blobMissing, piecesOf } from './blobs.ts';
import { storeAway } from './store-away.ts';

type Bucket = InstanceType<typeof mongoose.mongo.GridFSBucket>;
type UploadId = mongoose.mongo.ObjectId;

/** A row of `blobs.uploads`: an upload that has begun. */
interface BegunUpload {
  readonly _id: UploadId;
  readonly workspaceId: string;
  readonly key: string;
}

interface Place {
  readonly bucket: Bucket;
  readonly begun: mongoose.mongo.Collection<BegunUpload>;
}

const bucketName = 'blobs';
const durable = { writeConcern: { w: 'majority', j: true } } as const;

export function gridFsBlobs(connection: Connection): Blobs {
  const here = <Result>(work: (place: Place) => Promise<Result>): Promise<Result> => orAway(() => work(openPlace(connection)));
  return {
    put: (key, body) => here((place) => put(place, key, body)),
    get: (key, range) => here(({ bucket }) => get(bucket, key, range)),
    async delete(key) {
      assertKey(key);
      await here((place) => removeAll(place, { exactly: key }));
    },
    async *list(prefix) {
      assertPrefix(prefix);
      let before = '';
      const files = openPlace(connection).bucket.find({ filename: within({ from: prefix }) });
      for await (const { filename: key, length: size } of files.sort({ filename: 1, uploadDate: -1 })) {
        // The second of one name has just been replaced.
        if (key !== before) yield { key, size };
        before = key;
      }
    },
    async deleteAll(prefix) {
      assertPrefix(prefix);
      await here((place) => removeAll(place, { from: prefix }));
    },
  };
}

function openPlace({ db }: Connection): Place {
  if (db === undefined) throw new Error('the database is not open yet');
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName, ...durable });
  return { bucket, begun: db.collection<BegunUpload>(`${bucketName}.uploads`, durable) };
}

async function orAway<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw storeAway(error) ?? error;
  }
}

async function put({ bucket, begun }: Place, key: string, body: Parameters<Blobs['put']>[1]): Promise<void> {
  assertKey(key);
  const [workspaceId = ''] = key.split('/');
  const before = await bucket.find({ filename: key }).toArray();
  const upload = bucket.openUploadStream(key, { metadata: { workspaceId } });
  await begun.insertOne({ _id: upload.id, workspaceId, key });
  try {
    await pipeline(Readable.from(piecesOf(body)), upload);
  } catch (error) {
    await upload.abort().catch(() => undefined);
    throw error;
  }
  for (const { _id } of before) await bucket.delete(_id).catch(ignoreGone);
  await begun.deleteOne({ _id: upload.id });
}

async function get(bucket: Bucket, key: string, range: BlobRange | undefined): Promise<Buffer> {
  assertKey(key);
  const [file] = await bucket.find({ filename: key }).sort({ uploadDate: -1 }).limit(1).toArray();
  const start = range?.offset ?? 0;
  const end = Math.min(file?.length ?? 0, range === undefined ? Number.POSITIVE_INFINITY : start + range.length);
  if (file === undefined || (range !== undefined && start >= end)) throw blobMissing(key);
  const parts: Buffer[] = [];
  if (end > start) for await (const part of bucket.openDownloadStream(file._id, { start, end })) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

type Wanted = { readonly exactly: string } | { readonly from: string };

function within(wanted: Wanted): string | { $gte: string; $lt: string } {
  return 'exactly' in wanted ? wanted.exactly : { $gte: wanted.from, $lt: `${wanted.from}\uffff` };
}

async function removeAll({ bucket, begun }: Place, wanted: Wanted): Promise<void> {
  for (const { _id } of await begun.find({ key: within(wanted) }).toArray()) {
    await bucket.delete(_id).catch(ignoreGone);
    await begun.deleteOne({ _id });
  }
  for (const { _id } of await bucket.find({ filename: within(wanted) }).toArray()) await bucket.delete(_id).catch(ignoreGone);
}

/** The driver removes the pieces of a file also where the file itself was never finished, and then says that it was not there. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof Error && /file not found/i.test(error.message))) throw error;
}
