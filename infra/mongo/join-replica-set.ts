import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { z } from 'zod';

const setName = 'rs0';
const pollMs = 25;
const patienceMs = 30_000;

/** Codes of MongoDB's errors: its `error_codes.yml`. */
const notYetInitialized = 94;

const configAnswer = z.object({ config: z.looseObject({ version: z.number(), members: z.tuple([z.looseObject({ host: z.string() })]) }) });
const helloAnswer = z.object({ isWritablePrimary: z.boolean() });

/**
 * Makes the mongod on this port of 127.0.0.1 the primary of a set of one, whatever port it had before, and waits until it takes
 * writes. Throws when that takes longer than 30 s.
 */
export async function joinReplicaSet(port: number): Promise<void> {
  // Without the set's name: the driver refuses a member that is in no set yet.
  const client = new mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, { serverSelectionTimeoutMS: 10_000 });
  try {
    const admin = client.db('admin');
    await configure(admin, `127.0.0.1:${port}`);
    await untilPrimary(admin);
    // Transactions of a killed owner hold their documents until they time out. Nobody else can be connected: the folder is ours.
    await admin.command({ killAllSessions: [] });
  } finally {
    await client.close();
  }
}

async function configure(admin: mongo.Db, host: string): Promise<void> {
  const config = await readConfig(admin);
  if (config === undefined) {
    await admin.command({ replSetInitiate: { _id: setName, members: [{ _id: 0, host }] } });
  } else if (config.members[0].host !== host) {
    // The port changed between two starts; the member no longer finds itself in its own config, so nobody could vote.
    const moved = { ...config, version: config.version + 1, members: [{ ...config.members[0], host }] };
    await admin.command({ replSetReconfig: moved, force: true });
  }
}

async function readConfig(admin: mongo.Db) {
  try {
    return configAnswer.parse(await admin.command({ replSetGetConfig: 1 })).config;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === notYetInitialized) return undefined;
    throw error;
  }
}

async function untilPrimary(admin: mongo.Db): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await delay(pollMs)) {
    if (helloAnswer.parse(await admin.command({ hello: 1 })).isWritablePrimary) return;
  }
  throw new Error('MongoDB did not become primary within 30 s');
}
