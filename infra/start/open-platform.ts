/** Joins the parts that the core needs from outside: the database, the keys, the connectors, the log. */
import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Connector } from '#contract/connector.ts';
import type { Platform } from '#core/platform.ts';
import { createCipher } from '#core/store/cipher.ts';
import { connectStore } from '#core/store/connect.ts';
import { openMasterKey } from '#core/store/master-key.ts';
import { s3Blobs } from '#core/store/s3-blobs.ts';
import { connectorDefinitions } from '#integrations/index.ts';
import { type Config, ConfigError } from '../config.ts';

export async function openPlatform(config: Config, mongodbUri: string, log: Logger): Promise<Platform> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const opened = await connectStore(mongodbUri, config.database);
  const store = config.s3 === null ? opened : { ...opened, blobs: s3Blobs(config.s3) };
  try {
    const cipher = createCipher(await openMasterKey(config.masterKey, store.keys), store.keys);
    return { clock: { now: () => new Date() }, log, store, cipher, connectors: connectAll(config, log), config: config.core };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The connectors that are configured, by id. */
function connectAll(config: Config, log: Logger): ReadonlyMap<string, Connector> {
  const connectors = new Map<string, Connector>();
  for (const definition of connectorDefinitions) {
    const env = definition.env.safeParse(config.env);
    if (!env.success)
      throw new ConfigError(
        `${definition.title}: ${env.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
      );
    const connector = definition.connect(env.data, { now: () => new Date(), log });
    if (connector !== null) connectors.set(connector.id, connector);
  }
  return connectors;
}
