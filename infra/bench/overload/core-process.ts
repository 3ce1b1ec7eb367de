/** The core as it runs on a server, in a process of its own: web part with its listener, and sites that keep every visitor. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { createCore } from '#core/create-core.ts';
import type { CoreConfig, Platform } from '#core/platform.ts';
import { createCipher } from '#core/store/cipher.ts';
import { connectStore } from '#core/store/connect.ts';
import { openMasterKey } from '#core/store/master-key.ts';
import { createWorkspace } from '#core/workspaces/create-workspace.ts';
import { Site } from '#core/workspaces/site.ts';
import { listen } from '../../start/listen.ts';
import { silentLog } from '../../testing/silent-log.ts';

const order = z.object({ mongodbUri: z.string(), database: z.string(), port: z.number(), sites: z.number() });

// The load comes from many callers, as it does in life.
const config: CoreConfig = {
  publicUrl: 'http://localhost',
  replayUrl: 'http://replay.localhost',
  signUp: 'open',
  trustedProxies: 1,
  buildDir: '.build',
};

async function run(message: unknown): Promise<void> {
  const { mongodbUri, database, port, sites } = order.parse(message);
  const store = await connectStore(mongodbUri, database);
  const cipher = createCipher(await openMasterKey({ base64: randomBytes(32).toString('base64') }, store.keys), store.keys);
  const platform: Platform = { store, cipher, clock: { now: () => new Date() }, log: silentLog, connectors: new Map(), config };
  const made = await Promise.all(Array.from({ length: sites }, (_, number) => makeSite(platform, number)));
  await listen(createCore(platform).web, { port, host: '127.0.0.1', name: 'the core' });
  process.send?.({ sites: made });
}

async function makeSite(platform: Platform, number: number) {
  const { workspaceId } = await createWorkspace(platform, {
    workspaceName: `Bench ${number}`,
    name: 'Ben Bench',
    email: `ben${number}@bench.example`,
    domain: 'http://localhost',
    password: null,
    demo: false,
  });
  const site = await Site.findOneAndUpdate({ workspaceId }, { $set: { 'config.modes.anonymousVisitors': true } })
    .orFail()
    .lean();
  return { workspaceId, siteId: site._id, siteKey: site.siteKey };
}

process.once('disconnect', () => process.exit(0));
process.once('message', (message: unknown) => void run(message));
