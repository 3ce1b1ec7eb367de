import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { type RunningMongod, stopMongod } from './running-mongod.ts';

export interface MongodPlace {
  readonly binary: string;
  readonly dataDir: string;
  readonly port: number;
  readonly logFile: string;
}

const pollMs = 25;

/** Starts mongod as a child of this process and waits until it listens. Throws `mongod-failed` when it ends before that. */
export async function runMongod(place: MongodPlace): Promise<RunningMongod> {
  const child = spawn(place.binary, mongodArguments(place), { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const waiting = new AbortController();
  const listening = await Promise.race([untilListening(place.port, waiting.signal), ended.then(() => false)]);
  waiting.abort();
  const { pid } = child;
  if (!listening || pid === undefined) throw new Failure('conflict', await whyEnded(place), { code: 'mongod-failed' });
  return { pid, ended, stop: () => stopMongod({ pid, ended }) };
}

function mongodArguments({ dataDir, port, logFile }: MongodPlace): string[] {
  const network = ['--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket'];
  const storage = ['--dbpath', dataDir, '--wiredTigerCacheSizeGB', '0.5', '--wiredTigerCollectionBlockCompressor', 'zstd'];
  // Without a size the oplog may take 5 % of the disk.
  const replication = ['--replSet', 'rs0', '--oplogSize', '1024'];
  // A slow operation is logged with its values, which are people's data: no operation is slow enough.
  const logging = ['--quiet', '--logpath', logFile, '--logappend', '--profile', '0', '--slowms', '2147483647'];
  const parameters = [
    'diagnosticDataCollectionEnabled=false',
    // A primary waits this long for clients to find another one, and there is none.
    'shutdownTimeoutMillisForSignaledShutdown=100',
    // Ours take milliseconds; one that its process left behind must not block its documents for the default minute.
    'transactionLifetimeLimitSeconds=10',
  ];
  return [...network, ...storage, ...replication, ...logging, ...parameters.flatMap((parameter) => ['--setParameter', parameter])];
}

async function untilListening(port: number, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await canConnect(port)) return true;
    await delay(pollMs);
  }
  return false;
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

const logLine = z.object({ s: z.string(), msg: z.string(), attr: z.object({ error: z.unknown() }).partial().optional() });

/** The last error in mongod's log, in its words. */
async function whyEnded({ binary, logFile }: MongodPlace): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-100);
  const errors = lines.flatMap((line) => parseError(line) ?? []);
  return `MongoDB (${binary}) ended while it started: ${errors.at(-1) ?? 'it gave no reason'}. Its log: ${logFile}`;
}

function parseError(line: string): string | undefined {
  try {
    const { s, msg, attr } = logLine.parse(JSON.parse(line));
    if (s !== 'E' && s !== 'F') return undefined;
    return attr?.error === undefined ? msg : `${msg} ${JSON.stringify(attr.error)}`;
  } catch {
    return undefined;
  }
}
