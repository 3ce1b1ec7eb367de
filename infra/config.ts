/** The only reader of the environment: what a person may set, with defaults that run the whole system on one machine. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type CoreConfig, isLoopbackHost } from '#core/platform.ts';
import type { MasterKeySource } from '#core/store/master-key.ts';

const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

const environment = z.object({
  /** Of the core; the demo site, the sandbox, the replay player and MongoDB follow. */
  LEADLIGHT_PORT: z.coerce.number().int().min(1).max(65_531).default(4000),
  LEADLIGHT_DATA: z.string().min(1).optional(),
  /** A replica set or sharded cluster of your own. */
  MONGODB_URI: z.string().min(1).optional(),
  LEADLIGHT_DATABASE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,38}$/)
    .default('leadlight'),
  /** Where people and snippets reach the core, when that is not this machine. */
  LEADLIGHT_PUBLIC_URL: address.optional(),
  /** Where the replay player is reached: another origin than the core. */
  LEADLIGHT_REPLAY_URL: address.optional(),
  /** 32 bytes in base64, instead of the key file in the data folder. */
  LEADLIGHT_MASTER_KEY: z.string().min(1).optional(),
  LEADLIGHT_SIGNUP: z.enum(['open', 'first-run']).optional(),
  LEADLIGHT_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Addresses to listen on. */
  LEADLIGHT_HOST: z.string().min(1).optional(),
  LEADLIGHT_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

export interface Ports {
  readonly core: number;
  readonly demoSite: number;
  readonly sandbox: number;
  readonly replay: number;
  readonly mongod: number;
}

export interface Config {
  readonly ports: Ports;
  readonly dataDir: string;
  /** Null: run our own mongod. */
  readonly mongodbUri: string | null;
  readonly database: string;
  readonly host: string;
  readonly logLevel: string;
  readonly masterKey: MasterKeySource;
  readonly core: CoreConfig;
  /** The whole environment, for connectors to read their part. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What is set wrongly; `message` names each variable and what it must be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const checkout = fileURLToPath(new URL('..', import.meta.url));

export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const known = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(known);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  const set = parsed.data;
  const ports = portsFrom(set.LEADLIGHT_PORT);
  const dataDir = resolve(set.LEADLIGHT_DATA ?? join(checkout, '.data'));
  const publicUrl = set.LEADLIGHT_PUBLIC_URL ?? `http://localhost:${ports.core}`;
  const local = isLoopbackHost(new URL(publicUrl).hostname);
  return {
    ports,
    dataDir,
    mongodbUri: set.MONGODB_URI ?? null,
    database: set.LEADLIGHT_DATABASE,
    host: set.LEADLIGHT_HOST ?? (local ? '127.0.0.1' : '0.0.0.0'),
    logLevel: set.LEADLIGHT_LOG,
    masterKey: set.LEADLIGHT_MASTER_KEY === undefined ? { file: join(dataDir, 'master.key') } : { base64: set.LEADLIGHT_MASTER_KEY },
    core: {
      publicUrl,
      replayUrl: replayUrlOf(set.LEADLIGHT_REPLAY_URL, { local, publicUrl, port: ports.replay }),
      signUp: set.LEADLIGHT_SIGNUP ?? (local ? 'open' : 'first-run'),
      trustedProxies: set.LEADLIGHT_TRUSTED_PROXIES,
      buildDir: join(checkout, '.build'),
    },
    env: known,
  };
}

function portsFrom(core: number): Ports {
  return { core, demoSite: core + 1, sandbox: core + 2, replay: core + 3, mongod: core + 4 };
}

/** Recordings are strangers' input: the player never shares an origin with the app. */
function replayUrlOf(set: string | undefined, { local, publicUrl, port }: { local: boolean; publicUrl: string; port: number }): string {
  const url = set ?? (local ? `http://localhost:${port}` : null);
  if (url === null)
    throw new ConfigError('LEADLIGHT_REPLAY_URL: set it to the address of the replay player, for example https://replay.example.com');
  if (new URL(url).origin !== new URL(publicUrl).origin) return url;
  throw new ConfigError('LEADLIGHT_REPLAY_URL: the replay player needs another origin than LEADLIGHT_PUBLIC_URL');
}
