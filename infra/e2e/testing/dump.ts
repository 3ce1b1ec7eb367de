/** Everything that is stored, as one text: every collection of every database, and every file of the data folder that is not MongoDB's own. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import mongoose from 'mongoose';
import { type ArrivalDocument, readArrival } from '#core/ingest/arrival.ts';
import { type EventBucketDocument, rowsIn } from '#core/sessions/event-bucket.ts';
import type { Place } from './run-system.ts';

/** Of the core alone: the sandbox keeps its own tokens in its own file. */
export async function dumpDatabase({ port }: Place): Promise<string> {
  const client = await new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port + 4}/?directConnection=true`).connect();
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    const texts: string[] = [];
    for (const { name } of databases)
      for (const collection of await client.db(name).collections()) texts.push(await dumpCollection(collection));
    return texts.join('\n');
  } finally {
    await client.close();
  }
}

/** As it lies there, and with recordings unpacked: a secret must not hide in compression. */
async function dumpCollection(collection: mongoose.mongo.Collection): Promise<string> {
  const documents = await collection.find().toArray();
  const bodies = documents.map(({ body }) =>
    body instanceof mongoose.mongo.Binary ? zstdDecompressSync(body.buffer).toString('utf8') : '',
  );
  return [JSON.stringify(documents), ...bodies].join('\n');
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
