/** A platform for tests: a real MongoDB, a clock that stands still, connectors of the test's own. */
import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import type { Connector } from '#contract/connector.ts';
import type { CoreConfig, Platform } from '../platform.ts';
import { createCipher } from '../store/cipher.ts';
import { connectStore, type Store } from '../store/connect.ts';
import { openMasterKey } from '../store/master-key.ts';
import { type FrozenClock, freezeClock } from './frozen-clock.ts';
import { type MemoryLog, memoryLog } from './memory-log.ts';

export interface TestPlatform extends Platform {
  readonly clock: FrozenClock;
  readonly log: MemoryLog;
}

export const testConfig: CoreConfig = {
  publicUrl: 'http://localhost:4000',
  replayUrl: 'http://localhost:4003',
  signUp: 'open',
  trustedProxies: 0,
  buildDir: '.build',
};

// One connection and one database per process: mongoose's models hang on its default connection.
let opened: Promise<Store> | null = null;
const indexed = new Set<string>();
const masterKey = { base64: randomBytes(32).toString('base64') };

/** An empty database, a clock at noon, and nothing connected. */
export async function testPlatform(parts: { connectors?: readonly Connector[]; config?: Partial<CoreConfig> } = {}): Promise<TestPlatform> {
  const store = await openStore();
  await indexLateModels();
  await emptyDatabase(store);
  const cipher = createCipher(await openMasterKey(masterKey, store.keys), store.keys);
  const connectors = new Map((parts.connectors ?? []).map((connector) => [connector.id, connector]));
  return { store, cipher, connectors, clock: freezeClock(), log: memoryLog(), config: { ...testConfig, ...parts.config } };
}

function openStore(): Promise<Store> {
  opened ??= connectStore(testUri(), `test_${process.env.LEADLIGHT_TEST_RUN ?? 'run'}_${randomBytes(6).toString('hex')}`);
  return opened;
}

/** Where files of tests follow each other in one process, later ones bring models that were not there when it connected. */
async function indexLateModels(): Promise<void> {
  for (const model of Object.values(mongoose.models)) {
    if (indexed.has(model.modelName)) continue;
    indexed.add(model.modelName);
    await model.createCollection();
    await model.createIndexes();
  }
}

export function testUri(): string {
  const uri = process.env.LEADLIGHT_TEST_MONGODB_URI;
  if (uri === undefined) throw new Error('LEADLIGHT_TEST_MONGODB_URI is not set: run the tests with npm test');
  return uri;
}

async function emptyDatabase(store: Store): Promise<void> {
  await Promise.all(Object.values(mongoose.models).map((model) => model.collection.deleteMany({})));
  await Promise.all(['blobs.files', 'blobs.chunks', 'blobs.uploads'].map((name) => store.connection.collection(name).deleteMany({})));
  await store.keys.collection('workspaceKeys').deleteMany({});
}

/** Root hook of mocha. */
export async function closeTestStore(): Promise<void> {
  const store = await opened;
  opened = null;
  if (store === null) return;
  await store.keys.dropDatabase();
  await store.connection.dropDatabase();
  await store.close();
}
