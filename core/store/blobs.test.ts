import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import mongoose from 'mongoose';
import nock from 'nock';
import { Failure } from '#contract/failure.ts';
import { type S3Server, startS3Server } from '../testing/s3-server.ts';
import { testPlatform, testUri } from '../testing/test-platform.ts';
import type { Blobs } from './blobs.ts';
import { gridFsBlobs } from './gridfs-blobs.ts';
import { s3Blobs } from './s3-blobs.ts';

const failing = (kind: string, code: string) => (error: unknown) => error instanceof Failure && error.kind === kind && error.code === code;

async function keysOf(blobs: Blobs, prefix: string): Promise<[string, number][]> {
  const found: [string, number][] = [];
  for await (const { key, size } of blobs.list(prefix)) found.push([key, size]);
  return found;
}

/** The same questions to every storage. */
function asksTheSame(open: () => Blobs): void {
  let blobs: Blobs;
  const ws = `ws_${randomBytes(6).toString('hex')}`;
  const digits = Buffer.from('0123456789');
  before(() => {
    blobs = open();
  });
  afterEach(() => blobs.deleteAll(`${ws}/`));

  it('gives back what was put, whole and in parts', async () => {
    await blobs.put(`${ws}/a/1`, digits);
    assert.deepEqual(await blobs.get(`${ws}/a/1`), digits);
    assert.equal(String(await blobs.get(`${ws}/a/1`, { offset: 3, length: 4 })), '3456');
    assert.equal(String(await blobs.get(`${ws}/a/1`, { offset: 8, length: 40 })), '89');
    await blobs.put(`${ws}/a/empty`, Buffer.alloc(0));
    assert.equal((await blobs.get(`${ws}/a/empty`)).length, 0);
  });

  it('says what is missing, and forgets without complaint what never was', async () => {
    const missing = failing('missing', 'blob-missing');
    await assert.rejects(blobs.get(`${ws}/a/none`), missing);
    await blobs.put(`${ws}/a/1`, digits);
    await assert.rejects(blobs.get(`${ws}/a/1`, { offset: 10, length: 1 }), missing);
    await blobs.delete(`${ws}/a/1`);
    await blobs.delete(`${ws}/a/1`);
    await assert.rejects(blobs.get(`${ws}/a/1`), missing);
    await blobs.deleteAll(`${ws}/nothing/`);
  });

  it('replaces a blob, and keeps it where the new one breaks off', async () => {
    await blobs.put(`${ws}/a/1`, digits);
    await blobs.put(`${ws}/a/1`, Buffer.from('shorter'));
    assert.equal(String(await blobs.get(`${ws}/a/1`)), 'shorter');
    await assert.rejects(blobs.put(`${ws}/a/1`, breakingOff()), /out of ink/);
    assert.equal(String(await blobs.get(`${ws}/a/1`)), 'shorter');
    assert.deepEqual(await keysOf(blobs, `${ws}/`), [[`${ws}/a/1`, 7]]);
  });

  async function* breakingOff() {
    for (let piece = 0; piece < 9; piece += 1) yield Buffer.alloc(1_000_000, piece);
    throw new Error('out of ink');
  }

  it('lists and deletes what begins alike, and nothing of another workspace', async () => {
    const names = ['a/2', 'a/1', 'ab', 'b/1'];
    for (const name of names) await blobs.put(`${ws}/${name}`, digits);
    await blobs.put(`${ws}x/a/1`, digits);
    assert.deepEqual(await keysOf(blobs, `${ws}/a/`), [
      [`${ws}/a/1`, 10],
      [`${ws}/a/2`, 10],
    ]);
    await blobs.deleteAll(`${ws}/a/`);
    assert.deepEqual(
      (await keysOf(blobs, `${ws}/`)).map(([key]) => key),
      [`${ws}/ab`, `${ws}/b/1`],
    );
    assert.deepEqual(await keysOf(blobs, `${ws}x/`), [[`${ws}x/a/1`, 10]]);
    await blobs.deleteAll(`${ws}x/`);
  });

  it('refuses a key or a prefix that names no workspace', async () => {
    for (const key of ['', 'a', '/a', '../a/b', `${ws}/../b`, `${ws}/`, `${ws}/a b`, `${ws}/<a>`]) {
      await assert.rejects(blobs.put(key, digits), /not the key/, key);
      await assert.rejects(blobs.get(key), /not the key/, key);
      await assert.rejects(blobs.delete(key), /not the key/, key);
    }
    for (const prefix of ['', 'a', '/', '../']) await assert.rejects(blobs.deleteAll(prefix), /names a workspace/, prefix);
  });

  it('takes 16 MB from a stream, more than one part of it', async () => {
    const piece = randomBytes(1_000_000);
    const hash = createHash('sha256');
    for (let count = 0; count < 16; count += 1) hash.update(piece);
    await blobs.put(`${ws}/big`, repeated(piece, 16));
    const read = createHash('sha256');
    for (let offset = 0; offset < 16_000_000; offset += 4_000_000) read.update(await blobs.get(`${ws}/big`, { offset, length: 4_000_000 }));
    assert.equal(read.digest('hex'), hash.digest('hex'));
  });
}

/** `stored` tells how many bytes have arrived: the stream may not be far ahead of that. */
async function* repeated(piece: Buffer, times: number, stored?: () => number | Promise<number>) {
  for (let count = 0; count < times; count += 1) {
    const ahead = stored === undefined ? 0 : count * piece.length - (await stored());
    assert.ok(ahead < 24_000_000, `${ahead} bytes wait in memory`);
    yield Buffer.from(piece);
  }
}

describe('blobs', () => {
  describe('in GridFS', () => {
    asksTheSame(() => gridFsBlobs(mongoose.connection));

    before(() => testPlatform());

    it('leaves nothing of an upload that was killed', async () => {
      const { connection } = mongoose;
      const files_id = new mongoose.mongo.ObjectId();
      const begun = connection.collection('blobs.uploads');
      await begun.insertOne({ _id: files_id, workspaceId: 'ws_killed', key: 'ws_killed/a' });
      await connection.collection('blobs.chunks').insertOne({ files_id, n: 0, data: Buffer.from('half') });
      await gridFsBlobs(connection).deleteAll('ws_killed/');
      assert.equal(await connection.collection('blobs.chunks').countDocuments({ files_id }), 0);
      assert.equal(await begun.countDocuments({}), 0);
    });

    it('takes no more from a stream than it stores', async () => {
      const chunks = mongoose.connection.collection('blobs.chunks');
      const before = await chunks.estimatedDocumentCount();
      const stored = async () => ((await chunks.countDocuments()) - before) * 255 * 1024;
      await gridFsBlobs(mongoose.connection).put('ws_flat/a', repeated(randomBytes(1_000_000), 40, stored));
      await gridFsBlobs(mongoose.connection).deleteAll('ws_flat/');
    });

    it('is busy while the database is away', async () => {
      const away = mongoose.createConnection(testUri(), { dbName: 'blobs_away' });
      await away.asPromise();
      await away.close();
      await assert.rejects(gridFsBlobs(away).get('ws_a/a'), (error) => error instanceof Error);
    });
  });

  describe('in S3-compatible storage', () => {
    let server: S3Server;
    before(async () => {
      server = await startS3Server();
    });
    after(() => server?.close());

    asksTheSame(() => s3Blobs(server.config));

    it('takes no more from a stream than it stores', async () => {
      let stored = 0;
      const counting = await serve(async (request, response) => {
        for await (const part of request) stored += part.length;
        response.writeHead(200, { ETag: '"1"' }).end('<UploadId>1</UploadId>');
      });
      await s3Blobs({ ...server.config, endpoint: counting.url }).put(
        'ws_flat/a',
        repeated(randomBytes(1_000_000), 60, () => stored),
      );
      await counting.close();
    });

    it('is refused with a wrong key, and says which settings to look at', async () => {
      const blobs = s3Blobs({ ...server.config, secretAccessKey: 'wrong' });
      await assert.rejects(blobs.put('ws_a/a', Buffer.from('x')), (error) => {
        assert.ok(error instanceof Failure && error.kind === 'vendorRefused');
        assert.match(error.message, /SignatureDoesNotMatch.*LEADLIGHT_S3_/);
        return true;
      });
    });

    it('is busy while the storage is away or overloaded', async () => {
      const busy = failing('busy', 'blob-storage-away');
      let asked = 0;
      const overloaded = await serve((request, response) => {
        asked += 1;
        request.resume();
        response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
      });
      await assert.rejects(s3Blobs({ ...server.config, endpoint: overloaded.url }).get('ws_a/a'), busy);
      assert.ok(asked > 1, 'it tried only once');
      await overloaded.close();
      await assert.rejects(s3Blobs({ ...server.config, endpoint: overloaded.url }).get('ws_a/a'), busy);
    });

    it('names the bucket in the host where the storage wants that', async () => {
      const bucket = nock('https://recordings.s3.example').get('/ws_a/a').reply(200, 'x');
      const blobs = s3Blobs({ ...server.config, endpoint: 'https://s3.example', pathStyle: false });
      assert.equal(String(await blobs.get('ws_a/a')), 'x');
      bucket.done();
    });
  });
});

async function serve(handler: RequestListener) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, close };
}
