/** The core as `npm start -- --no-demo` runs it, on a MongoDB that outlives it, and the workspace that its visits go to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Contact } from '#core/contacts/contact.ts';
import { newContact } from '#core/contacts/new-contact.ts';
import type { CoreConfig, Platform } from '#core/platform.ts';
import { createCipher } from '#core/store/cipher.ts';
import { connectStore } from '#core/store/connect.ts';
import { openMasterKey } from '#core/store/master-key.ts';
import { createWorkspace } from '#core/workspaces/create-workspace.ts';
import { Site } from '#core/workspaces/site.ts';
import { makePlace } from '../../e2e/testing/run-system.ts';
import { environment } from '../../testing/environment.ts';
import { silentLog } from '../../testing/silent-log.ts';

export interface Prepared {
  readonly platform: Platform;
  readonly workspaceId: string;
  readonly siteKey: string;
  /** Of contacts, whose visits are always kept. */
  readonly tokens: readonly string[];
  readonly mongodbUri: string;
  readonly masterKey: string;
}

export interface CoreProcess {
  /** Answers once it takes requests. */
  start(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** As a process manager ends it. Answers the exit code. */
  stop(): Promise<number | null>;
  readonly url: string;
}

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const database = 'leadlight';
const contacts = 32;
const config: CoreConfig = {
  publicUrl: 'http://localhost:4000',
  replayUrl: 'http://localhost:4003',
  signUp: 'open',
  trustedProxies: 0,
  buildDir: '.build',
};

export async function prepare(mongodbUri: string): Promise<Prepared> {
  const store = await connectStore(mongodbUri, database);
  const masterKey = randomBytes(32).toString('base64');
  const cipher = createCipher(await openMasterKey({ base64: masterKey }, store.keys), store.keys);
  const platform: Platform = { store, cipher, clock: { now: () => new Date() }, log: silentLog, connectors: new Map(), config };
  const owner = { workspaceName: 'Bench', name: 'Ben Bench', email: 'ben@bench.example', password: null, demo: false };
  const { workspaceId } = await createWorkspace(platform, { ...owner, domain: 'http://localhost' });
  const people = Array.from({ length: contacts }, () => newContact(platform, { workspaceId, name: 'Ada Park' }));
  await Contact.insertMany(people);
  const { siteKey } = await Site.findOne({ workspaceId }).orFail().lean();
  return { platform, workspaceId, siteKey, tokens: people.map(({ linkToken }) => linkToken), mongodbUri, masterKey };
}

export async function coreProcess({ mongodbUri, masterKey }: Prepared): Promise<CoreProcess> {
  const { port, dataDir, remove } = await makePlace();
  const settings = { LEADLIGHT_PORT: String(port), LEADLIGHT_DATA: dataDir, LEADLIGHT_MASTER_KEY: masterKey, LEADLIGHT_LOG: 'error' };
  const env = environment({ ...settings, MONGODB_URI: mongodbUri, LEADLIGHT_DATABASE: database, LEADLIGHT_TRUSTED_PROXIES: '1' });
  let child: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = null;
    if (ending === null || ending.exitCode !== null) return ending?.exitCode ?? null;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    await ended;
    return ending.exitCode;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    start: async () => {
      child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'infra/main.ts', '--no-demo'], {
        cwd: checkout,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await untilReady(child);
    },
    kill: async () => void (await end('SIGKILL')),
    stop: async () => {
      const code = await end('SIGTERM');
      await remove();
      return code;
    },
  };
}

async function untilReady(child: ChildProcess): Promise<void> {
  let told = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (told.includes('Leadlight is ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The core ended with ${code} while it started:\n${told}`)));
  });
  await ready;
}
