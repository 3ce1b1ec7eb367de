/** Everything that is stored, as one text: every collection of every database, and every file of the data folder that is not MongoDB's own. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import mongoose from 'mongoose';
import { type ArrivalDocument, readArrival } from '#core/ingest/arrival.ts';
import { type EventBucketDocument, rowsIn } from '#core/sessions/event-bucket.ts';
import { unpackText } from '#core/sessions/pack-frame.ts';
import type { RecordingDocument } from '#core/sessions/recording.ts';
import type { RecordingDictionaryDocument } from '#core/sessions/recording-dictionary.ts';
import { bytesOf } from '#core/store/bytes-of.ts';
import type { Place } from './run-system.ts';

/** Of the core alone: the sandbox keeps its own tokens in its own file. */
export async function dumpDatabase({ port }: Place): Promise<string> {
  const client = await new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port + 4}/?directConnection=true`).connect();
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    const texts: string[] = [];
    for (const { name } of databases) {
      const database = client.db(name);
      for (const collection of await database.collections()) texts.push(await dumpCollection(collection));
      texts.push(await dumpRecordings(database));
    }
    return texts.join('\n');
  } finally {
    await client.close();
  }
}

/** As it lies there, and unpacked: a secret must not hide in compression. */
async function dumpCollection(collection: mongoose.mongo.Collection): Promise<string> {
  const documents = await collection.find().toArray();
  return [JSON.stringify(documents), ...documents.map(bodyOf)].join('\n');
}

/** Chunks of recordings, stylesheets and full buckets of events are zstd; dictionaries are texts as they are. */
function bodyOf({ body }: mongoose.mongo.Document): string {
  if (!(body instanceof mongoose.mongo.Binary)) return '';
  return (isZstd(body.buffer) ? zstdDecompressSync(body.buffer) : Buffer.from(body.buffer)).toString('utf8');
}

function isZstd(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]));
}

/** Packed recordings: their frames, unpacked with the dictionaries that they were packed with. */
export async function dumpRecordings(database: mongoose.mongo.Db): Promise<string> {
  const dictionaries = await database.collection<RecordingDictionaryDocument>('recordingDictionaries').find().toArray();
  const bodies = new Map(dictionaries.map(({ _id, body }) => [_id, Buffer.from(bytesOf(body))]));
  const bucket = new mongoose.mongo.GridFSBucket(database, { bucketName: 'blobs' });
  const texts: string[] = [];
  for (const { blobKey, dictionaryId, frames } of await database.collection<RecordingDocument>('recordings').find().toArray()) {
    const parts: Buffer[] = [];
    for await (const part of bucket.openDownloadStreamByName(blobKey)) parts.push(Buffer.from(part));
    const blob = Buffer.concat(parts);
    const dictionary = dictionaryId === null ? null : (bodies.get(dictionaryId) ?? null);
    for (const { offset, length } of frames) texts.push(await unpackText(blob.subarray(offset, offset + length), dictionary));
  }
  return texts.join('\n');
}

export async function readLogs({ dataDir }: Place): Promise<string> {
  const folder = join(dataDir, 'logs');
  const files = await readdir(folder);
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
}

/** `eid` of every event that is stored, in its session or in the log before it. */
export async function storedEids({ port }: Place): Promise<Set<string>> {
  const client = await new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port + 4}/?directConnection=true`).connect();
  try {
    const database = client.db('leadlight');
    // The log first: what is folded meanwhile is then found in its session.
    const arrivals = await database.collection<ArrivalDocument>('arrivals').find().toArray();
    const buckets = await database.collection<EventBucketDocument>('eventBuckets').find().toArray();
    const rows = [...arrivals.flatMap((arrival) => readArrival(arrival).body.events), ...buckets.flatMap(rowsIn)];
    return new Set(rows.map(([eid]) => eid));
  } finally {
    await client.close();
  }
}
