/** Starts the core on this machine: its database, its two origins and, when asked, its worker; stops them in the opposite order. */
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createCore } from '#core/create-core.ts';
import { startWorker, type Worker } from '#core/jobs/worker.ts';
import type { Platform } from '#core/platform.ts';
import type { Config } from '../config.ts';
import { startMongo } from '../mongo.ts';
import { findMongod } from '../setup/mongod.mjs';
import { type Closing, closeAll } from './closing.ts';
import { listen } from './listen.ts';
import { openPlatform } from './open-platform.ts';

export interface RunningCore {
  readonly platform: Platform;
  /** Begins to work on jobs: once whom they talk to is there. */
  work(): void;
  /** Takes nothing new, finishes what was begun, and closes the database last. */
  close(): Promise<void>;
}

export async function startCore(config: Config, log: Logger): Promise<RunningCore> {
  const closing: Closing[] = [];
  try {
    const uri = config.mongodbUri ?? (await ownMongo(config, log, closing));
    const platform = await openPlatform(config, uri, log);
    closing.push(() => platform.store.close());
    const core = createCore(platform);
    const { host, ports } = config;
    let worker: Worker | null = null;
    closing.push(async () => worker?.stop());
    closing.push(() => core.drain());
    const player = await listen(core.player, { port: ports.replay, host, name: 'the replay player' });
    closing.push(() => player.close());
    const web = await listen(core.web, { port: ports.core, host, name: 'the core' });
    closing.push(() => web.close());
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
