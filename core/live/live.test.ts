import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import Router from '@koa/router';
import { liveEvent, liveState } from '#contract/live.ts';
import type { Role } from '#contract/roles.ts';
import { createApp } from '../http/create-app.ts';
import { hashSecret, SignIn } from '../http/sign-in-session.ts';
import { ArrivalRow, newArrivalId, packArrival } from '../ingest/arrival.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { issueTicket } from '../sessions/replay-ticket.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { newSecret } from '../store/new-id.ts';
import { makeMember, makeOwner, makeSession } from '../testing/factories.ts';
import { type HeardEvent, type LiveClient, openLive } from '../testing/live-client.ts';
import { send, serve } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { Member, type MemberDocument } from '../workspaces/member.ts';
import { addFollowRoute } from './follow-route.ts';
import { openLiveHub } from './live-hub.ts';
import { addLiveRoutes, type Live } from './live-routes.ts';
import { openSeats } from './live-seats.ts';

interface Replica {
  readonly url: string;
  readonly live: Live;
  close(): Promise<void>;
}

describe('the live view', () => {
  let platform: TestPlatform;
  let replicas: Replica[];
  let owner: MemberDocument;
  let session: SessionDocument;
  let clients: LiveClient[];

  before(async () => {
    platform = await testPlatform();
    replicas = [await startReplica(), await startReplica()];
  });
  after(() => Promise.all(replicas.map((replica) => replica.close())));
  beforeEach(async () => {
    clients = [];
    owner = await makeOwner(platform);
    session = await makeSession(platform, { workspaceId: owner.workspaceId });
  });
  afterEach(() => Promise.all(clients.map((client) => client.cut())));

  async function startReplica(): Promise<Replica> {
    const live: Live = { hub: openLiveHub(platform), seats: openSeats() };
    const router = new Router();
    addLiveRoutes(router, platform, live);
    addFollowRoute(router, platform, live);
    const server = await serve(createApp(platform).use(router.routes()).callback());
    return {
      url: server.url,
      live,
      close: async () => {
        await live.hub.close();
        await server.close();
      },
    };
  }

  async function cookieOf(member: MemberDocument): Promise<string> {
    const token = newSecret();
    const now = platform.clock.now();
    const row = { _id: hashSecret(token), workspaceId: member.workspaceId, memberId: member._id, createdAt: now };
    await SignIn.create([{ ...row, expiresAt: new Date(now.getTime() + 3_600_000) }]);
    return `ll_session=${token}`;
  }

  interface Looking {
    readonly path?: string;
    readonly on?: number;
    readonly cookie?: string;
    readonly lastId?: string;
    readonly heard?: HeardEvent[];
  }

  async function look({ path = '/v1/live', on = 1, cookie, ...call }: Looking = {}): Promise<LiveClient> {
    const client = await openLive(`${replicas[on]?.url}${path}`, { ...call, headers: { Cookie: cookie ?? (await cookieOf(owner)) } });
    clients.push(client);
    return client;
  }

  /** What ingest writes for one page view. */
  async function arrive(of: SessionDocument = session, chunkIds: readonly string[] = []): Promise<string> {
    const eid = randomUUID();
    const receivedAt = platform.clock.now();
    const at = receivedAt.getTime();
    const { workspaceId, siteId, _id: sessionId, visitorId, contactId, mode, context, device, browser, os, channel } = of;
    const told = { context, device, browser, os, channel };
    const events = [[eid, 'page_view', at, 'page', 'https://www.example.com/pricing', { title: 'Pricing' }, at]] as const;
    const whose = { visitorVersion: 0, standing: 'bound', linkId: null, cameBy: null, siteIsNew: false } as const;
    const rest = { firstMs: at, lastMs: at, evidence: null, automated: false, session: told, leaks: [], faults: [], bad: [], left: false };
    const body = { ...whose, ...rest, events, chunkIds, newRecordIds: [] };
    const row = { _id: newArrivalId(receivedAt), workspaceId, siteId, sessionId, visitorId, contactId, mode, receivedAt };
    await ArrivalRow.create([packArrival({ ...row, body })]);
    return eid;
  }

  const hasState = (heard: readonly HeardEvent[]) => heard.some(({ name }) => name === 'state');
  const eventIds = (heard: readonly HeardEvent[]) =>
    heard.flatMap(({ name, data }) =>
      name === 'events'
        ? liveEvent
            .array()
            .parse(data)
            .map(({ id }) => id)
        : [],
    );

  it('tells a viewer on any replica what is live, what its visitors do, and what becomes of their sessions', async () => {
    await makeSession(platform, { workspaceId: owner.workspaceId, endedAt: platform.clock.now() });
    const viewers = await Promise.all([look({ on: 0 }), look({ on: 1 })]);
    for (const viewer of viewers) await viewer.until(hasState);
    const state = liveState.parse(viewers[0]?.heard[0]?.data);
    assert.deepEqual(
      state.sessions.map(({ id, live }) => [id, live]),
      [[session._id, true]],
    );
    const eid = await arrive();
    await Session.updateOne({ workspaceId: owner.workspaceId, _id: session._id }, { $set: { endedAt: platform.clock.now() } });
    for (const viewer of viewers) {
      await viewer.until((heard) => eventIds(heard).includes(eid) && heard.some(({ name }) => name === 'session'));
      const told = viewer.heard.find(({ name }) => name === 'events')?.data;
      const [first] = liveEvent.array().parse(told);
      assert.deepEqual([first?.title, first?.path, first?.sessionId], ['Pricing', '/pricing', session._id]);
      assert.match(JSON.stringify(viewer.heard.at(-1)?.data), /"live":false/);
    }
    const json = await send(`${replicas[0]?.url}/v1/live`, { headers: { Cookie: await cookieOf(owner) } });
    assert.deepEqual(liveState.parse(json.json).sessions, []);
  });

  it('tells of one session alone when asked, and of no other workspace', async () => {
    const other = await makeSession(platform, { workspaceId: owner.workspaceId });
    const one = await look({ path: `/v1/sessions/${session._id}/live` });
    const foreign = await look({ cookie: await cookieOf(await makeOwner(platform)) });
    await Promise.all([one.until(hasState), foreign.until(hasState)]);
    const [of, theirs] = [await arrive(), await arrive(other)];
    const all = await look();
    await all.until(hasState);
    await one.until((heard) => eventIds(heard).includes(of));
    await arrive();
    await one.until((heard) => eventIds(heard).length === 2);
    assert.equal(eventIds(one.heard).includes(theirs), false);
    assert.deepEqual(
      foreign.heard.map(({ name }) => name),
      ['state'],
    );
    assert.deepEqual(liveState.parse(foreign.heard[0]?.data).sessions, []);
    const hidden = await send(`${replicas[0]?.url}/v1/sessions/${session._id}/live`, {
      headers: { Cookie: await cookieOf(await makeOwner(platform)), Accept: 'text/event-stream' },
    });
    assert.equal(hidden.status, 404);
    assert.equal((await send(`${replicas[0]?.url}/v1/live`, { headers: { Accept: 'text/event-stream' } })).status, 401);
  });

  it('loses nothing and repeats nothing over cuts, whichever replica goes on', async () => {
    const cookie = await cookieOf(owner);
    const heard: HeardEvent[] = [];
    const sent: string[] = [];
    let viewer = await look({ cookie, heard });
    await viewer.until(hasState);
    for (let round = 0; round < 8; round += 1) {
      const during = Math.floor(Math.random() * 6);
      const writing = Promise.all(Array.from({ length: during }, () => arrive()));
      if (Math.random() < 0.5) sent.push(...(await writing));
      await viewer.cut();
      sent.push(...(await writing).filter((eid) => !sent.includes(eid)));
      for (let n = Math.floor(Math.random() * 4); n > 0; n -= 1) sent.push(await arrive());
      viewer = await look({ cookie, heard, lastId: viewer.lastId(), on: Math.floor(Math.random() * 2) });
    }
    // A replica that nobody looked at reads what was missed from the database.
    await viewer.cut();
    sent.push(await arrive(), await arrive());
    const late = await startReplica();
    replicas.push(late);
    viewer = await look({ cookie, heard, lastId: viewer.lastId(), on: replicas.length - 1 });
    sent.push(await arrive());
    await viewer.until((all) => eventIds(all).length >= sent.length);
    assert.deepEqual(eventIds(heard).sort(), [...sent].sort());
    assert.equal(heard.filter(({ name }) => name === 'reset').length, 0);
  });

  it('tells a viewer whose place is not known any more to read anew', async () => {
    for (const lastId of ['1000000000.1.0', '4000000000.1.0']) {
      const viewer = await look({ lastId });
      await viewer.until(hasState);
      assert.equal(viewer.heard[0]?.name, 'reset');
    }
    const strange = await look({ lastId: 'of somebody else' });
    await strange.until(hasState);
  });

  it('ends at once for a member who was removed, signed out or lost the role', async () => {
    const member = await makeMember(platform, { workspaceId: owner.workspaceId });
    const { workspaceId, _id } = member;
    const cookies = [await cookieOf(member), await cookieOf(member)];
    const [signedOut, removed] = await Promise.all(cookies.map((cookie) => look({ cookie })));
    await Promise.all([signedOut?.until(hasState), removed?.until(hasState)]);
    await SignIn.deleteOne({ workspaceId, _id: hashSecret(cookies[0]?.slice('ll_session='.length) ?? '') });
    await signedOut?.until(() => signedOut.ended);
    assert.equal(removed?.ended, false);
    await Member.deleteOne({ workspaceId, _id });
    await removed?.until(() => removed.ended);
  });

  it('drops a viewer who does not read, with bounded memory, and gives the state instead once it reads again', async () => {
    const viewer = await look({ path: `/v1/sessions/${session._id}/live` });
    await viewer.until(hasState);
    const { channel } = (await replicas[1]?.live.hub.open(owner.workspaceId).then((opened) => opened)) ?? assert.fail();
    // Faster than any socket: more than the buffer holds, in one go.
    const data = JSON.stringify([{ filler: 'x'.repeat(100_000) }]);
    const position = { t: 4_000_000_000, i: 1, n: 0 };
    for (let n = 0; n < 60; n += 1)
      channel.tell({ position: { ...position, n }, more: false, sessionId: session._id, name: 'recording', data });
    const reset = (heard: readonly HeardEvent[]) => heard.findIndex(({ name }) => name === 'reset');
    await viewer.until((heard) => reset(heard) !== -1 && heard[reset(heard) + 1]?.name === 'state');
    assert.ok(reset(viewer.heard) < 40, String(reset(viewer.heard)));
  });

  it('refuses more viewers of one member than anybody needs, and takes them again when they leave', async () => {
    const cookie = await cookieOf(owner);
    const viewers = await Promise.all(Array.from({ length: 20 }, () => look({ cookie })));
    const refused = await look({ cookie });
    assert.equal(refused.status, 429);
    await viewers[0]?.cut();
    await refused.until(() => true);
    let again = await look({ cookie });
    for (let tries = 0; again.status === 429 && tries < 100; tries += 1) again = await look({ cookie });
    assert.equal(again.status, 200);
  });

  it('ends every stream when the server stops', async () => {
    const replica = await startReplica();
    replicas.push(replica);
    const viewer = await look({ on: replicas.length - 1 });
    await viewer.until(hasState);
    await replica.live.hub.close();
    await viewer.until(() => viewer.ended);
  });

  describe('watched in the player', () => {
    const follow = async (member: MemberDocument) => {
      const { playerUrl } = await issueTicket(platform, member, session);
      const token = new URL(playerUrl).hash.slice('#token='.length);
      const client = await openLive(`${replicas[1]?.url}/recording/live`, { headers: { Authorization: `Bearer ${token}` } });
      clients.push(client);
      return client;
    };

    const record = async (seq: number): Promise<string> => {
      const { workspaceId, _id: sessionId } = session;
      const at = platform.clock.now();
      const events = [{ type: 4, timestamp: at.getTime() + seq, data: { href: '', width: 800, height: 600 } }];
      const row = { _id: `${sessionId}:tab:${seq}`, workspaceId, sessionId, tab: 'tab', seq, firstAt: at, lastAt: at, receivedAt: at };
      await RecordingChunk.create([{ ...row, body: zstdCompressSync(JSON.stringify(events)) }]);
      return row._id;
    };
    const numbers = (heard: readonly HeardEvent[]) =>
      heard.flatMap(({ name, data }) => (name === 'chunk' && typeof data === 'object' && data !== null && 'seq' in data ? [data.seq] : []));

    it('gives what is recorded, each new piece in order, and the end', async () => {
      await record(0);
      await makeSignedIn(owner);
      const player = await follow(owner);
      await player.until((heard) => heard.some(({ name }) => name === 'caughtUp'));
      assert.deepEqual(numbers(player.heard), [0]);
      await arrive(session, [await record(2)]);
      await arrive(session, [await record(1)]);
      await player.until((heard) => numbers(heard).length === 3);
      assert.deepEqual(numbers(player.heard), [0, 1, 2]);
      await Session.updateOne({ workspaceId: owner.workspaceId, _id: session._id }, { $set: { endedAt: platform.clock.now() } });
      await player.until(() => player.ended);
      assert.deepEqual(player.heard.at(-1), { id: '', name: 'presence', data: { live: false } });
      assert.equal((await follow(owner)).status, 409);
    });

    it('is for members whose role may, and ends when it may no longer', async () => {
      const member = await makeMember(platform, { workspaceId: owner.workspaceId });
      await makeSignedIn(member);
      const player = await follow(member);
      await player.until((heard) => heard.some(({ name }) => name === 'caughtUp'));
      const viewer: Role = 'viewer';
      await Member.updateOne({ workspaceId: member.workspaceId, _id: member._id }, { $set: { role: viewer } });
      await player.until(() => player.ended);
      assert.equal((await follow(member)).status, 401);
      assert.equal((await send(`${replicas[1]?.url}/recording/live`)).status, 401);
    });

    const makeSignedIn = (member: MemberDocument) => cookieOf(member);
  });
});
