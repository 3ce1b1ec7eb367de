/** A replica with its worker, on a workspace that all replicas of the bench share: takes what browsers send, and shows it live. */
import { randomUUID } from 'node:crypto';
import type { Connector } from '#contract/connector.ts';
import { Connection } from '#core/connections/connection.ts';
import { sealTokens } from '#core/connections/keep-tokens.ts';
import { Contact } from '#core/contacts/contact.ts';
import { newContact } from '#core/contacts/new-contact.ts';
import { createCore } from '#core/create-core.ts';
import { hashSecret, SignIn } from '#core/http/sign-in-session.ts';
import { startWorker } from '#core/jobs/worker.ts';
import type { Platform } from '#core/platform.ts';
import { createCipher } from '#core/store/cipher.ts';
import { connectStore } from '#core/store/connect.ts';
import { openMasterKey } from '#core/store/master-key.ts';
import { newId, newSecret } from '#core/store/new-id.ts';
import { acrossWorkspaces } from '#core/store/tenant-guard.ts';
import { createWorkspace } from '#core/workspaces/create-workspace.ts';
import { Member, type MemberDocument } from '#core/workspaces/member.ts';
import { Site } from '#core/workspaces/site.ts';
import { silentLog } from '../../testing/silent-log.ts';
import { serveTarget, type TargetOrder } from './target.ts';

const contacts = 1500;

/** Takes every alert at once: how soon a chat is, is not measured here. */
const chat: Connector = {
  ...{ id: 'chat', title: 'Chat' },
  oauth: {
    consentUrl: () => 'http://localhost',
    exchange: () => Promise.reject(new Error('nobody connects here')),
    refresh: () => Promise.reject(new Error('no token ends here')),
    revoke: () => Promise.resolve(),
  },
  alerts: { channels: async () => [], announce: async () => randomUUID(), update: async () => undefined },
};

/** `tokens`: the cookie of a member, then the link tokens of contacts. */
serveTarget(async (order) => {
  const platform = await openPlatform(order);
  const member = (await Member.findOne({}).setOptions(acrossWorkspaces).lean()) ?? (await fill(platform));
  const { workspaceId } = member;
  const core = createCore(platform);
  core.sweep();
  startWorker(platform, core.handlers);
  const { siteKey } = await Site.findOne({ workspaceId }).orFail().lean();
  const people = await Contact.find({ workspaceId }, { linkToken: 1 }).lean();
  return {
    handler: core.web,
    path: `/v1/ingest?key=${siteKey}`,
    tokens: [await cookieOf(platform, member), ...people.map(({ linkToken }) => linkToken)],
  };
});

async function fill(platform: Platform): Promise<MemberDocument> {
  const owner = { name: 'Ben Bench', email: 'ben@bench.example', domain: 'http://localhost', password: null };
  const member = await createWorkspace(platform, { workspaceName: 'Bench', ...owner, demo: false });
  const { workspaceId } = member;
  await Contact.insertMany(Array.from({ length: contacts }, () => newContact(platform, { workspaceId, name: 'Ada Park' })));
  const row = { _id: newId('conn'), workspaceId, provider: chat.id };
  const tokens = await sealTokens(platform, row, { accessToken: 'token', refreshToken: null, expiresAt: null });
  const account = { id: 'a', name: 'Bench', url: 'http://localhost' };
  const state = { state: 'active' as const, problem: null, tokenVersion: 1, refreshLease: null, sync: null };
  const made = { connectedBy: member._id, connectedAt: platform.clock.now(), channel: { id: 'C1', name: 'sales' } };
  await Connection.create([{ ...row, ...tokens, account, scopes: [], ...state, ...made }]);
  return member;
}

async function cookieOf({ clock }: Platform, { workspaceId, _id: memberId }: MemberDocument): Promise<string> {
  const token = newSecret();
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + 86_400_000);
  await SignIn.create([{ _id: hashSecret(token), workspaceId, memberId, createdAt, expiresAt }]);
  return `ll_session=${token}`;
}

/** All replicas have one master key, as in life. */
async function openPlatform({ mongodbUri, database }: TargetOrder): Promise<Platform> {
  const store = await connectStore(mongodbUri, database);
  const cipher = createCipher(await openMasterKey({ base64: Buffer.alloc(32, 7).toString('base64') }, store.keys), store.keys);
  const addresses = { publicUrl: 'http://localhost', replayUrl: 'http://replay.localhost' };
  const config = { ...addresses, signUp: 'open' as const, trustedProxies: 1, buildDir: '.build' };
  return { store, cipher, clock: { now: () => new Date() }, log: silentLog, connectors: new Map([[chat.id, chat]]), config };
}
