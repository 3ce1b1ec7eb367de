/** The core's web part over a history of as many events as the name of the database says: `bench_10000000`. */
import { randomBytes } from 'node:crypto';
import { createCore } from '#core/create-core.ts';
import { hashSecret, SignIn } from '#core/http/sign-in-session.ts';
import type { CoreConfig } from '#core/platform.ts';
import { createCipher } from '#core/store/cipher.ts';
import { connectStore } from '#core/store/connect.ts';
import { openMasterKey } from '#core/store/master-key.ts';
import { newSecret } from '#core/store/new-id.ts';
import { createWorkspace } from '#core/workspaces/create-workspace.ts';
import { silentLog } from '../../testing/silent-log.ts';
import { makeHistory } from '../timeline/history.ts';
import { serveTarget } from './target.ts';

const config: CoreConfig = {
  publicUrl: 'http://localhost',
  replayUrl: 'http://replay.localhost',
  signUp: 'open',
  trustedProxies: 0,
  buildDir: '.build',
};
const dayMs = 86_400_000;

serveTarget(async ({ mongodbUri, database }) => {
  const store = await connectStore(mongodbUri, database);
  const cipher = createCipher(await openMasterKey({ base64: randomBytes(32).toString('base64') }, store.keys), store.keys);
  const platform = { store, cipher, clock: { now: () => new Date() }, log: silentLog, connectors: new Map(), config };
  const owner = {
    workspaceName: 'Bench',
    name: 'Ben Bench',
    email: 'ben@bench.example',
    domain: 'http://localhost',
    password: null,
    demo: false,
  };
  const { workspaceId, _id: memberId } = await createWorkspace(platform, owner);
  const contacts = await makeHistory(platform, workspaceId, Number(database.split('_').at(-1)));
  const cookie = newSecret();
  const createdAt = new Date();
  await SignIn.create([{ _id: hashSecret(cookie), workspaceId, memberId, createdAt, expiresAt: new Date(createdAt.getTime() + dayMs) }]);
  return { handler: createCore(platform).web, path: '', tokens: [`ll_session=${cookie}`, ...contacts] };
});
