/** Starts the core on this machine: its database, its two origins, its metrics and, when asked, its worker; stops them in the opposite order. */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createCore } from '#core/create-core.ts';
import { startWorker, type Worker } from '#core/jobs/worker.ts';
import type { Platform } from '#core/platform.ts';
import type { Config } from '../config.ts';
import { startMongo } from '../mongo.ts';
import { findMongod } from '../setup/mongod.mjs';
import { type Closing, closeAll, within } from './closing.ts';
import { listen } from './listen.ts';
import { openPlatform } from './open-platform.ts';
import { serveMetrics } from './serve-metrics.ts';

export interface RunningCore {
  readonly platform: Platform;
  /** Begins to work on jobs: once whom they talk to is there. */
  work(): void;
  /** Says that it is not ready, waits for the grace, takes nothing new, finishes what was begun, and closes the database last. */
  close(): Promise<void>;
}

/** What runs is given as long as requests in flight are; what then remains to be closed takes moments, where it is there at all. */
const finishMs = 10_000;
const partMs = 1000;

export async function startCore(config: Config, log: Logger): Promise<RunningCore> {
  const closing: Closing[] = [];
  try {
    const uri = config.mongodbUri ?? (await ownMongo(config, log, closing));
    const platform = await openPlatform(config, uri, log);
    closing.push(within(partMs, () => platform.store.close()));
    const core = createCore(platform);
    closing.push(within(2 * partMs, () => core.drain()));
    closing.push(within(partMs, core.sweep()));
    const { host, ports } = config;
    const metrics = await serveMetrics({ port: ports.metrics, host: config.metricsHost });
    closing.push(within(partMs, () => metrics.close()));
    let worker: Worker | null = null;
    const player = await listen(core.player, { port: ports.replay, host, name: 'the replay player' });
    closing.push(() => player.close());
    const web = await listen(core.web, { port: ports.core, host, name: 'the core' });
    closing.push(async () => {
      core.refuseTraffic();
      web.drain();
      await setTimeout(config.drainGraceMs);
      await Promise.all([web.close(), within(finishMs, async () => worker?.stop())()]);
    });
    const work = () => {
      worker ??= startWorker(platform, core.handlers);
    };
    return { platform, work, close: () => closeAll(closing, log) };
  } catch (error) {
    await closeAll(closing, log);
    throw error;
  }
}

async function ownMongo(config: Config, log: Logger, closing: Closing[]): Promise<string> {
  const binary = findMongod();
  if (binary === undefined)
    throw new Error('There is no mongod on this machine. Start with npm start, which brings one, or set MONGODB_URI.');
  const mongo = await startMongo({ binary, dataDir: join(config.dataDir, 'mongo'), port: config.ports.mongod, log });
  let stopping = false;
  closing.push(() => {
    stopping = true;
    return mongo.stop();
  });
  void mongo.ended.then(() => {
    if (stopping) return;
    log.fatal('MongoDB ended by itself; its log is in the data folder. Leadlight stops too.');
    process.exit(1);
  });
  return mongo.uri;
}
