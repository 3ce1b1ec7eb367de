/** The whole system as `npm start` runs it, in its own process with its own data folder: for tests that use it from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { environment } from '../../testing/environment.ts';

const addresses = z.object({
  core: z.string(),
  app: z.string(),
  demoSite: z.string(),
  sandbox: z.string(),
  siteKey: z.string(),
  snippet: z.string(),
  signIn: z.string(),
  trackedLink: z.string(),
});
export type Addresses = z.infer<typeof addresses>;

export interface System {
  readonly addresses: Addresses;
  /** Everything that it wrote to its two outputs, over all starts. */
  output(): string;
  /** `kill -9` of the core's process. */
  kill(): Promise<void>;
  /** As Ctrl-C. Answers the exit code. */
  stop(): Promise<number | null>;
  /** Again on the same data and ports. */
  startAgain(): Promise<void>;
}

export interface Place {
  readonly dataDir: string;
  readonly port: number;
  remove(): Promise<void>;
}

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const patienceMs = 90_000;

/** A data folder and six free ports in a row. */
export async function makePlace(): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'leadlight-e2e-'));
  return { dataDir, port: await freePorts(6), remove: () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }) };
}

export async function runSystem(place: Place): Promise<System> {
  const written: string[] = [];
  let running = await launch(place, written);
  return {
    get addresses() {
      return running.addresses;
    },
    output: () => written.join(''),
    kill: async () => {
      await end(running.child, 'SIGKILL');
    },
    stop: () => end(running.child, 'SIGINT'),
    startAgain: async () => {
      running = await launch(place, written);
    },
  };
}

async function launch(place: Place, written: string[]): Promise<{ child: ChildProcess; addresses: Addresses }> {
  const env = environment({ LEADLIGHT_DATA: place.dataDir, LEADLIGHT_PORT: String(place.port), LEADLIGHT_LOG: 'debug' });
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'infra/main.ts', '--json'], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => written.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => written.push(text));
  const from = written.length;
  const told = () => written.slice(from).join('');
  for (const deadline = Date.now() + patienceMs; !told().includes('Leadlight is ready'); await pause(50)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`The system did not start:\n${told()}`);
  }
  const line = told()
    .split('\n')
    .find((candidate) => candidate.startsWith('{"core"'));
  return { child, addresses: addresses.parse(JSON.parse(line ?? 'null')) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  return child.exitCode;
}

async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 30_000);
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  const free = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks until it holds; the error tells what was waited for. */
export async function until<Found>(what: string, ask: () => Promise<Found | undefined | null | false>, withinMs = 10_000): Promise<Found> {
  for (const deadline = Date.now() + withinMs; ; await pause(100)) {
    const found = await ask();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
  }
}
