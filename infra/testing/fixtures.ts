/** mocha's global fixtures: one real MongoDB for the whole run, named by `LEADLIGHT_TEST_MONGODB_URI`. A uri given from outside is used as it is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mongo } from 'mongoose';
import { startMongo } from '../mongo.ts';
import { findMongod } from '../setup/mongod.mjs';
import { freePort } from './free-port.ts';
import { silentLog } from './silent-log.ts';

let stop = async () => {};

export async function mochaGlobalSetup(): Promise<void> {
  const given = process.env.LEADLIGHT_TEST_MONGODB_URI;
  if (given) {
    const run = `run${process.pid}_${Date.now().toString(36)}`;
    process.env.LEADLIGHT_TEST_RUN = run;
    stop = () => dropDatabases(given, run);
    return;
  }
  const binary = findMongod();
  if (binary === undefined) throw new Error('There is no mongod on this machine: run npm test, which brings one.');
  const folder = await mkdtemp(path.join(tmpdir(), 'leadlight-mongo-'));
  const mongod = await startMongo({ binary, dataDir: path.join(folder, 'data'), port: await freePort(), log: silentLog });
  await keepExpired(mongod.uri);
  process.env.LEADLIGHT_TEST_MONGODB_URI = mongod.uri;
  stop = async () => {
    await mongod.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Tests stand at a moment of their own: MongoDB, which looks at the real clock, must not remove what is not old on theirs. */
async function keepExpired(uri: string): Promise<void> {
  const client = await mongo.MongoClient.connect(uri);
  await client.db('admin').command({ setParameter: 1, ttlMonitorEnabled: false });
  await client.close();
}

/** What processes of this run left behind. */
async function dropDatabases(uri: string, run: string): Promise<void> {
  const client = await mongo.MongoClient.connect(uri);
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
  for (const { name } of databases) if (name.includes(run)) await client.db(name).dropDatabase();
  await client.close();
}

export async function mochaGlobalTeardown(): Promise<void> {
  await stop();
}
