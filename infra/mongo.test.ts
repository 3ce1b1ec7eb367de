import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mongo } from 'mongoose';
import { Failure } from '#contract/failure.ts';
import { processFacts } from './mongo/process-facts.ts';
import { type Mongo, startMongo } from './mongo.ts';
import { findMongod } from './setup/mongod.mjs';
import { freePort } from './testing/free-port.ts';
import { silentLog } from './testing/silent-log.ts';

describe('MongoDB on this machine', function () {
  // Several starts of a database in one test, on a machine that may be busy.
  this.timeout(60_000);

  let folder: string;
  let dataDir: string;
  const running = new Set<Mongo>();

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leadlight-mongo-test-'));
    dataDir = path.join(folder, 'data');
  });

  afterEach(async () => {
    for (const one of running) await one.stop();
    running.clear();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(port: number) {
    const started = await startMongo({ binary: binary(), dataDir, port, log: silentLog });
    running.add(started);
    return started;
  }

  it('keeps what was written, in a transaction, from one start to the next, also when the port changes', async () => {
    const first = await start(await freePort());
    await withClient(first.uri, (client) =>
      client.withSession((session) =>
        session.withTransaction(() => client.db('shop').collection('orders').insertOne({ total: 7 }, { session })),
      ),
    );
    await first.stop();
    const second = await start(await freePort());
    const found = await withClient(second.uri, async (client) => {
      await client
        .db('shop')
        .collection('orders')
        .insertOne({ total: 8 }, { writeConcern: { w: 'majority', journal: true } });
      return client.db('shop').collection('orders').find().sort('total').toArray();
    });
    assert.deepEqual(
      found.map(({ total }) => total),
      [7, 8],
    );
  });

  it('takes over the mongod of a start that was killed', async () => {
    const port = await freePort();
    const orphan = await startAndKill(port);
    const adopted = await start(port);
    assert.equal(adopted.pid, orphan);
    await adopted.stop();
    assert.equal(processFacts(orphan), undefined);
  });

  it('ends the mongod of a start that was killed when the port changed, so that there are never two on one folder', async () => {
    const orphan = await startAndKill(await freePort());
    const fresh = await start(await freePort());
    assert.notEqual(fresh.pid, orphan);
    assert.equal(processFacts(orphan), undefined);
  });

  it('refuses a data folder that a running Leadlight has', async () => {
    await start(await freePort());
    await assert.rejects(start(await freePort()), isFailure('data-folder-in-use', /LEADLIGHT_DATA/));
  });

  it('says which port is taken by another program, and leaves the folder free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    assert.ok(address !== null && typeof address === 'object');
    await assert.rejects(start(address.port), isFailure('port-taken', new RegExp(`${address.port}.*LEADLIGHT_PORT`)));
    other.close();
    await start(address.port);
  });

  it('gives the reason of mongod when it cannot start', async () => {
    await mkdir(path.join(dataDir, 'mongod.lock'), { recursive: true });
    await assert.rejects(start(await freePort()), isFailure('mongod-failed', /mongod\.lock.*mongod\.log/));
  });

  it('writes no value of a slow query to its log', async () => {
    const { uri } = await start(await freePort());
    await withClient(uri, async (client) => {
      const people = client.db('shop').collection('people');
      await people.insertOne({ email: 'ada@example.com' });
      await people.find({ email: 'ada@example.com', $where: 'sleep(300) || true' }).toArray();
    });
    const log = await readFile(path.join(folder, 'logs/mongod.log'), 'utf8');
    assert.deepEqual(
      log.split('\n').filter((line) => line.includes('ada@example')),
      [],
    );
  });

  /** Starts in a process of its own, kills that with no chance to clean up, and gives the id of the mongod left behind. */
  async function startAndKill(port: number): Promise<number> {
    const program = `
      import { startMongo } from ${JSON.stringify(path.join(import.meta.dirname, 'mongo.ts'))};
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      const { pid } = await startMongo({ ...${JSON.stringify({ binary: binary(), dataDir, port })}, log });
      process.stdout.write(String(pid));
      setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [pid] = await once(starter.stdout, 'data');
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    assert.notEqual(processFacts(Number(pid)), undefined);
    return Number(pid);
  }
});

function binary(): string {
  const found = findMongod();
  assert.ok(found);
  return found;
}

function isFailure(code: string, message: RegExp) {
  return (error: unknown) => error instanceof Failure && error.code === code && message.test(error.message);
}

async function withClient<Result>(uri: string, use: (client: mongo.MongoClient) => Promise<Result>): Promise<Result> {
  const client = new mongo.MongoClient(uri);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
