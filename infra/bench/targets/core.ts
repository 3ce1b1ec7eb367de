/** The core's web part as it is, without the worker: what a request costs from the border to the durable write. */
import { randomBytes } from 'node:crypto';
import { Contact } from '#core/contacts/contact.ts';
import { newContact } from '#core/contacts/new-contact.ts';
import { createCore } from '#core/create-core.ts';
import type { CoreConfig, Platform } from '#core/platform.ts';
import { createCipher } from '#core/store/cipher.ts';
import { connectStore } from '#core/store/connect.ts';
import { openMasterKey } from '#core/store/master-key.ts';
import { createWorkspace } from '#core/workspaces/create-workspace.ts';
import { Site } from '#core/workspaces/site.ts';
import { silentLog } from '../../testing/silent-log.ts';
import { serveTarget, type TargetOrder } from './target.ts';

const contacts = 200;
// One proxy is trusted, so that the load comes from many callers, as it does in life.
const config: CoreConfig = {
  publicUrl: 'http://localhost',
  replayUrl: 'http://replay.localhost',
  signUp: 'open',
  trustedProxies: 1,
  buildDir: '.build',
};

serveTarget(async (order) => {
  const platform = await openPlatform(order);
  const { workspaceId } = await createWorkspace(platform, {
    workspaceName: 'Bench',
    name: 'Ben Bench',
    email: 'ben@bench.example',
    domain: 'http://localhost',
    password: null,
    demo: false,
  });
  const people = Array.from({ length: contacts }, () => newContact(platform, { workspaceId, name: 'Ada Park' }));
  await Contact.insertMany(people);
  const { siteKey } = await Site.findOne({ workspaceId }).orFail().lean();
  return { handler: createCore(platform).web, path: `/v1/ingest?key=${siteKey}`, tokens: people.map(({ linkToken }) => linkToken) };
});

async function openPlatform({ mongodbUri, database }: TargetOrder): Promise<Platform> {
  const store = await connectStore(mongodbUri, database);
  const cipher = createCipher(await openMasterKey({ base64: randomBytes(32).toString('base64') }, store.keys), store.keys);
  return { store, cipher, clock: { now: () => new Date() }, log: silentLog, connectors: new Map(), config };
}
