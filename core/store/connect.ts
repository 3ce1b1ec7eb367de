/** Opens MongoDB through mongoose, and the transaction that everything durable goes through. */
import mongoose, { type ClientSession, type Connection } from 'mongoose';
import type { Blobs } from './blobs.ts';
import { gridFsBlobs } from './gridfs-blobs.ts';

export interface Store {
  readonly connection: Connection;
  /** Wrapped workspace keys live in a database of their own, so that it can be backed up and destroyed apart from the data. */
  readonly keys: Connection;
  /** Large things: in GridFS, unless whoever opens the platform puts another storage here. */
  readonly blobs: Blobs;
  /** Runs `work` in one majority-committed, journaled transaction; repeats it when MongoDB asks for that. */
  inTransaction<Result>(work: (session: ClientSession) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const durable = { w: 'majority', j: true } as const;

/** Long enough for an election. `serverSelectionTimeoutMS` in the address says otherwise. */
const electionMs = 15_000;

/** @param database name of the data's database; the keys' is `<database>_keys`. Makes indexes that are missing. */
export async function connectStore(uri: string, database: string): Promise<Store> {
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, {
    dbName: database,
    writeConcern: durable,
    retryWrites: true,
    autoIndex: false,
    autoCreate: false,
    // While there is no connection, the driver alone decides how long to wait: mongoose would hold everything back for ten seconds more.
    bufferCommands: false,
    ...(/[?&]serverSelectionTimeoutMS=/i.test(uri) ? {} : { serverSelectionTimeoutMS: electionMs }),
    maxPoolSize: 50,
  });
  const { connection } = mongoose;
  await ensureIndexes();
  return {
    connection,
    keys: connection.useDb(`${database}_keys`, { useCache: true }),
    blobs: gridFsBlobs(connection),
    inTransaction: (work) => inTransaction(connection, work),
    close: () => mongoose.disconnect(),
  };
}

/** A collection must exist before a transaction writes to it, and its unique keys before the first write. */
async function ensureIndexes(): Promise<void> {
  for (const model of Object.values(mongoose.models)) {
    await model.createCollection();
    await model.createIndexes();
  }
}

async function inTransaction<Result>(connection: Connection, work: (session: ClientSession) => Promise<Result>): Promise<Result> {
  const session = await connection.startSession();
  try {
    return await session.withTransaction(() => work(session), { readConcern: { level: 'snapshot' }, writeConcern: durable });
  } finally {
    await session.endSession();
  }
}
