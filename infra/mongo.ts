/**
 * A real mongod of our own on this machine: one member of replica set `rs0` (transactions and change streams need a set), bound to
 * loopback, with a data folder that outlives it. It has no password: on a machine that others log in to, give a MONGODB_URI instead.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '#contract/failure.ts';
import type { Log } from '#core/platform.ts';
import { claimFolder } from './mongo/claim-folder.ts';
import { findOrphan } from './mongo/find-orphan.ts';
import { isPortTaken } from './mongo/is-port-taken.ts';
import { joinReplicaSet } from './mongo/join-replica-set.ts';
import { rotateLog } from './mongo/rotate-log.ts';
import { type MongodPlace, runMongod } from './mongo/run-mongod.ts';
import type { RunningMongod } from './mongo/running-mongod.ts';

export interface MongoOptions {
  /** Path of mongod 6.0 or newer. */
  readonly binary: string;
  /** Holds the database files and nothing else; made when missing. */
  readonly dataDir: string;
  /** On 127.0.0.1. May change between starts. */
  readonly port: number;
  readonly log: Log;
  /** Default `<dataDir>/../logs/mongod.log`. */
  readonly logFile?: string;
}

export interface Mongo {
  /** Without a database name; supports transactions and change streams. */
  readonly uri: string;
  readonly pid: number;
  /** Settles when mongod has ended, asked to or not. */
  readonly ended: Promise<void>;
  /** Closes the database cleanly. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts mongod and waits until it takes writes. One that a killed start left behind on the folder is taken over. Throws `conflict`
 * with code `data-folder-in-use` (a living Leadlight has the folder), `port-taken`, or `mongod-failed` (with mongod's own words).
 */
export async function startMongo({ binary, port, log, ...options }: MongoOptions): Promise<Mongo> {
  const dataDir = path.resolve(options.dataDir);
  const logFile = path.resolve(options.logFile ?? path.join(dataDir, '../logs/mongod.log'));
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await mkdir(path.dirname(logFile), { recursive: true, mode: 0o700 });
  const release = await claimFolder(dataDir);
  try {
    const mongod = (await adopt(dataDir, port)) ?? (await launch({ binary, dataDir, port, logFile }));
    log.info({ pid: mongod.pid, port }, 'MongoDB is ready');
    const uri = `mongodb://127.0.0.1:${port}/?replicaSet=rs0&directConnection=true`;
    return { uri, pid: mongod.pid, ended: mongod.ended, stop: () => mongod.stop().then(release) };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Takes over what a killed start left behind, or ends it when it listens elsewhere. */
async function adopt(dataDir: string, port: number): Promise<RunningMongod | undefined> {
  const orphan = await findOrphan(dataDir);
  if (orphan === undefined) return undefined;
  if (orphan.port !== port) await orphan.stop();
  // It may be about to end: its owner's last act was to ask it to.
  return orphan.port === port ? ready(orphan, port).catch(() => undefined) : undefined;
}

async function launch(place: MongodPlace): Promise<RunningMongod> {
  if (await isPortTaken(place.port)) {
    const message = `Port ${place.port}, meant for MongoDB, is used by another program. End it, or choose other ports with LEADLIGHT_PORT.`;
    throw new Failure('conflict', message, { code: 'port-taken' });
  }
  await rotateLog(place.logFile);
  return ready(await runMongod(place), place.port);
}

async function ready(mongod: RunningMongod, port: number): Promise<RunningMongod> {
  try {
    await joinReplicaSet(port);
    return mongod;
  } catch (error) {
    await mongod.stop();
    throw error;
  }
}
