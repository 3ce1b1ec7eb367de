import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import Router from '@koa/router';
import mongoose from 'mongoose';
import { problem } from '#contract/api.ts';
import { send, serve } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform, testUri } from '../testing/test-platform.ts';
import { createApp } from './create-app.ts';
import { addHealthRoutes, createReadiness, type Readiness } from './readiness.ts';

describe('health and readiness', () => {
  let platform: TestPlatform;
  let readiness: Readiness;
  let app: Awaited<ReturnType<typeof serve>>;

  const start = async (store: TestPlatform['store']) => {
    readiness = createReadiness();
    const router = new Router();
    addHealthRoutes(router, { ...platform, store }, readiness);
    app = await serve(createApp(platform).use(router.routes()).callback());
  };
  before(async () => {
    platform = await testPlatform();
  });
  afterEach(() => app.close());

  const ask = async (path: string) => {
    const answer = await send(app.url + path);
    return answer.status === 200 ? '200' : `${answer.status} ${problem.parse(answer.json).code} ${answer.headers.get('Retry-After')}`;
  };

  it('are good while there is a primary', async () => {
    await start(platform.store);
    assert.deepEqual([await ask('/healthz'), await ask('/readyz')], ['200', '200']);
  });

  it('differ while draining: the process is well, yet nothing more should come', async () => {
    await start(platform.store);
    readiness.drain();
    assert.deepEqual([await ask('/healthz'), await ask('/readyz')], ['200', '503 draining 3']);
  });

  it('are answered in time by a replica whose database takes connections and says nothing', async () => {
    const silent = await silentLine(new URL(testUri()));
    const connection = await mongoose
      .createConnection(`mongodb://127.0.0.1:${silent.port}/?directConnection=true&serverSelectionTimeoutMS=60000`)
      .asPromise();
    await start({ ...platform.store, connection });
    assert.equal(await ask('/readyz'), '200');
    silent.hush();
    const began = performance.now();
    const answers = await Promise.all([ask('/readyz'), ask('/readyz'), ask('/healthz')]);
    assert.ok(performance.now() - began < 10_000);
    assert.deepEqual(answers, ['503 database-away 3', '503 database-away 3', '200']);
    await connection.close(true);
    silent.close();
  });
});

/** A line to the database that can stop carrying anything, without being cut: what a frozen mongod looks like. */
async function silentLine({ hostname, port }: URL) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(Number(port), hostname);
    sockets.add(near).add(far);
    near.on('error', () => far.destroy()).pipe(far);
    far.on('error', () => near.destroy()).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    hush: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
