import assert from 'node:assert/strict';
import { Connection } from '../connections/connection.ts';
import type { ContactDocument } from '../contacts/contact.ts';
import { EventBucket, readSessionEvents } from '../sessions/event-bucket.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import type { SessionDocument } from '../sessions/session.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { connectTo, recordAt } from '../testing/connect-to.ts';
import { findSite, makeContact, makeMember, makeOwner } from '../testing/factories.ts';
import { type FakeChat, type FakeCrm, fakeChat, fakeCrm } from '../testing/fake-connectors.ts';
import { foldVisit, lookAgain } from '../testing/fold-visit.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { type WebRoute, webRoutes } from '../testing/web-routes.ts';
import type { MemberDocument } from '../workspaces/member.ts';

const dayMs = 86_400_000;

describe('raw events', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let ada: ContactDocument;
  let crm: FakeCrm;
  let chat: FakeChat;
  let visits: SessionDocument[];

  beforeEach(async () => {
    crm = fakeCrm();
    chat = fakeChat();
    platform = await testPlatform({ connectors: [crm.connector, chat.connector] });
    app = await testApp(platform);
    owner = await makeOwner(platform);
    const { workspaceId } = owner;
    const connection = await connectTo(platform, crm, { workspaceId });
    await connectTo(platform, chat, { workspaceId });
    ada = await makeContact(platform, { workspaceId, crm: [recordAt(connection, '1')] });
    const { _id: siteId } = await findSite(workspaceId);
    const now = platform.clock.now().getTime();
    visits = [];
    for (const [days, path] of [
      [9, '/'],
      [2, '/pricing'],
      [0, '/demo'],
    ] as const) {
      const startedAt = new Date(now - days * dayMs - 600_000);
      const pages = [
        { path, seconds: 60 },
        { path: '/thanks', seconds: 9, deeds: [['purchase', { orderId: path, valueMinor: 500, currency: 'EUR' }]] as const },
      ];
      visits.push(await foldVisit(platform, ada, { siteId, pages, startedAt }));
    }
    await settle();
  });
  afterEach(() => app.close());

  const settle = async () => {
    do platform.clock.advance(6000);
    while ((await app.work()) > 0);
  };
  const kept = () =>
    Promise.all(
      visits.map(
        async (visit) =>
          (await readSessionEvents({ workspaceId: owner.workspaceId, sessionId: visit._id, now: platform.clock.now() })).length > 0,
      ),
    );
  const keep = (body: unknown, by = owner) => app.callAs(by, '/v1/workspace/retention', { method: 'PUT', body });

  /** Reading routes, with every id and question that is of use. Raw events themselves, and the log of what was sent when, aside. */
  async function addresses(): Promise<string[]> {
    const ids: Readonly<Record<string, readonly string[]>> = {
      contacts: [ada._id],
      sessions: visits.map(({ _id }) => _id),
      sites: visits.slice(0, 1).map(({ siteId }) => siteId),
      connections: (await Connection.find({ workspaceId: owner.workspaceId }).lean()).map(({ _id }) => _id),
    };
    const isMeant = ({ method, path }: WebRoute) =>
      method === 'GET' && !/events|export|callback|live|recording|deliveries|openapi/.test(path);
    const withIds = ({ path }: WebRoute) =>
      (path.includes(':') ? (ids[path.split('/')[2] ?? ''] ?? []) : ['']).map((id) => path.replace(/:\w+/, id));
    const asked = (path: string) =>
      path.endsWith('/report') ? ['day', 'month'].map((by) => `${path}?from=2026-05-01&to=2026-05-31&by=${by}`) : [path];
    return webRoutes(platform).filter(isMeant).flatMap(withIds).flatMap(asked);
  }

  /** Everything that anybody is shown, as text, after all visits were looked at again at this moment. */
  async function look(at: Date): Promise<Record<string, string>> {
    platform.clock.setTo(at);
    for (const visit of visits) await lookAgain(platform, visit);
    await settle();
    const told: Record<string, string> = {};
    for (const path of await addresses()) told[path] = (await app.callAs(owner, path)).text;
    const messages = [...chat.messages.values()].map(({ alert }) => alert);
    return { ...told, crm: JSON.stringify([[...crm.states], [...crm.entries]]), chat: JSON.stringify(messages) };
  }

  it('may all be gone: the app, the API, the CRM and the chat say the same as before, to the byte', async () => {
    const now = platform.clock.now();
    const before = await look(now);
    assert.ok(Object.keys(before).length >= 15, Object.keys(before).join('\n'));
    for (const word of ['"orders":3', 'pricing', '"score":'])
      assert.ok(JSON.stringify(Object.values(before)).includes(word.replaceAll('"', '\\"')), word);
    const gone = { workspaceId: owner.workspaceId };
    assert.ok((await EventBucket.deleteMany(gone)).deletedCount >= 3);
    await RecordingChunk.deleteMany(gone);
    const after = await look(now);
    for (const [place, text] of Object.entries(before)) assert.equal(after[place], text, place);
  });

  it('are kept as long as the workspace says, those that are stored already too', async () => {
    assert.deepEqual(await kept(), [true, true, true]);
    assert.deepEqual((await keep({ rawEventDays: 7 })).json, { rawEventDays: 7 });
    await settle();
    assert.deepEqual(await kept(), [false, true, true]);
    assert.deepEqual((await keep({ rawEventDays: 1 })).status, 200);
    await settle();
    assert.deepEqual(await kept(), [false, false, true]);
    // Kept longer again, what MongoDB has not deleted meanwhile is there again.
    await keep({ rawEventDays: 30 });
    await settle();
    assert.deepEqual(await kept(), [true, true, true]);
    assert.equal(await EventBucket.countDocuments({ expireAt: null }).setOptions(acrossWorkspaces), 0);
  });

  it('are kept for 1 to 30 days, as owner or admin says', async () => {
    for (const rawEventDays of [0, 31, 1.5, 'x', null]) assert.equal((await keep({ rawEventDays })).status, 400, String(rawEventDays));
    const rep = await makeMember(platform, { workspaceId: owner.workspaceId, role: 'rep' });
    assert.equal((await keep({ rawEventDays: 3 }, rep)).status, 403);
    assert.deepEqual((await app.callAs(rep, '/v1/workspace/retention')).json, { rawEventDays: 30 });
    assert.deepEqual((await app.callAs(await makeMember(platform), '/v1/workspace/retention')).json, { rawEventDays: 30 });
  });
});
