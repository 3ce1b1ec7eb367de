/** The only reader of the environment: what a person may set, with defaults that run the whole system on one machine. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isNetwork } from '#core/http/caller-address.ts';
import { type CoreConfig, isLoopbackHost } from '#core/platform.ts';
import type { MasterKeySource } from '#core/store/master-key.ts';
import type { S3Config } from '#core/store/s3-blobs.ts';

const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

/** How many, or which: `2`, or `10.0.0.0/8, 2001:db8::7`. */
const trustedProxies = z.union([
  z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .pipe(z.number().max(10)),
  z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.string().refine(isNetwork, 'must be a number of proxies, or their addresses and networks: 10.0.0.0/8, 2001:db8::7'))),
]);

const environment = z.object({
  /** Of the core; the demo site, the sandbox, the replay player, MongoDB and metrics follow. */
  LEADLIGHT_PORT: z.coerce.number().int().min(1).max(65_530).default(4000),
  LEADLIGHT_METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  LEADLIGHT_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
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
  LEADLIGHT_TRUSTED_PROXIES: trustedProxies.default(0),
  /** How long requests are still taken after the wish to stop, so that load balancers notice. */
  LEADLIGHT_DRAIN_GRACE: z.coerce.number().min(0).max(300).optional(),
  /** Addresses to listen on. */
  LEADLIGHT_HOST: z.string().min(1).optional(),
  /** Recordings in S3-compatible storage instead of MongoDB: the bucket, and with it the next three. */
  LEADLIGHT_S3_BUCKET: z.string().min(1).optional(),
  LEADLIGHT_S3_ENDPOINT: address.optional(),
  LEADLIGHT_S3_ACCESS_KEY: z.string().min(1).optional(),
  LEADLIGHT_S3_SECRET_KEY: z.string().min(1).optional(),
  LEADLIGHT_S3_REGION: z.string().min(1).default('us-east-1'),
  /** `host/bucket/key`, as MinIO and others want it, or `bucket.host/key`. */
  LEADLIGHT_S3_PATH_STYLE: z.enum(['true', 'false']).default('true'),
  LEADLIGHT_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

export interface Ports {
  readonly core: number;
  readonly demoSite: number;
  readonly sandbox: number;
  readonly replay: number;
  readonly mongod: number;
  readonly metrics: number;
}

export interface Config {
  readonly ports: Ports;
  readonly dataDir: string;
  /** Null: run our own mongod. */
  readonly mongodbUri: string | null;
  readonly database: string;
  readonly host: string;
  /** Where metrics are served. */
  readonly metricsHost: string;
  /** Between the wish to stop and the moment when nothing new is taken. */
  readonly drainGraceMs: number;
  readonly logLevel: string;
  readonly masterKey: MasterKeySource;
  /** Null: recordings are kept in MongoDB. */
  readonly s3: S3Config | null;
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
  const ports = portsFrom(set.LEADLIGHT_PORT, set.LEADLIGHT_METRICS_PORT);
  const dataDir = resolve(set.LEADLIGHT_DATA ?? join(checkout, '.data'));
  const publicUrl = set.LEADLIGHT_PUBLIC_URL ?? `http://localhost:${ports.core}`;
  const local = isLoopbackHost(new URL(publicUrl).hostname);
  return {
    ports,
    dataDir,
    mongodbUri: set.MONGODB_URI ?? null,
    database: set.LEADLIGHT_DATABASE,
    host: set.LEADLIGHT_HOST ?? (local ? '127.0.0.1' : '0.0.0.0'),
    metricsHost: set.LEADLIGHT_METRICS_HOST,
    drainGraceMs: (set.LEADLIGHT_DRAIN_GRACE ?? (local ? 0 : 2)) * 1000,
    logLevel: set.LEADLIGHT_LOG,
    masterKey: set.LEADLIGHT_MASTER_KEY === undefined ? { file: join(dataDir, 'master.key') } : { base64: set.LEADLIGHT_MASTER_KEY },
    s3: s3Of(set),
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

function portsFrom(core: number, metrics = core + 5): Ports {
  return { core, demoSite: core + 1, sandbox: core + 2, replay: core + 3, mongod: core + 4, metrics };
}

/** Recordings are strangers' input: the player never shares an origin with the app. */
function replayUrlOf(set: string | undefined, { local, publicUrl, port }: { local: boolean; publicUrl: string; port: number }): string {
  const url = set ?? (local ? `http://localhost:${port}` : null);
  if (url === null)
    throw new ConfigError('LEADLIGHT_REPLAY_URL: set it to the address of the replay player, for example https://replay.example.com');
  if (new URL(url).origin !== new URL(publicUrl).origin) return url;
  throw new ConfigError('LEADLIGHT_REPLAY_URL: the replay player needs another origin than LEADLIGHT_PUBLIC_URL');
}

function s3Of(set: z.infer<typeof environment>): S3Config | null {
  const { LEADLIGHT_S3_BUCKET: bucket, LEADLIGHT_S3_ENDPOINT: endpoint } = set;
  const { LEADLIGHT_S3_ACCESS_KEY: accessKeyId, LEADLIGHT_S3_SECRET_KEY: secretAccessKey } = set;
  if (bucket === undefined) return null;
  if (endpoint === undefined || accessKeyId === undefined || secretAccessKey === undefined)
    throw new ConfigError('LEADLIGHT_S3_BUCKET: set LEADLIGHT_S3_ENDPOINT, LEADLIGHT_S3_ACCESS_KEY and LEADLIGHT_S3_SECRET_KEY with it');
  const pathStyle = set.LEADLIGHT_S3_PATH_STYLE === 'true';
  return { endpoint, bucket, accessKeyId, secretAccessKey, region: set.LEADLIGHT_S3_REGION, pathStyle };
}
