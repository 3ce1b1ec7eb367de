import assert from 'node:assert/strict';
import { zstdCompressSync } from 'node:zlib';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { replayTicket } from '#contract/api.ts';
import { SignIn } from '../http/sign-in-session.ts';
import { makeContact, makeMember, makeOwner, makeSession } from '../testing/factories.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testConfig, testPlatform } from '../testing/test-platform.ts';
import { Member, type MemberDocument } from '../workspaces/member.ts';
import { RecordingChunk } from './recording-chunk.ts';
import { Session, type SessionDocument } from './session.ts';
import { exampleSummary } from './summarise-example.ts';

/** Of an rrweb event that tells of a page: the last part of its address. */
const word = z.object({ href: z.string() }).transform(({ href }) => href.split('/').at(-1) ?? '');

function pageEvent(name: string, timestamp: number) {
  return { type: 4, timestamp, data: { href: `https://www.example.com/${name}`, width: 1280, height: 720 } };
}

const recording = z.object({
  sessionId: z.string(),
  startedAt: z.iso.datetime(),
  live: z.boolean(),
  tabs: z.array(z.object({ tab: z.string(), events: z.array(z.object({ timestamp: z.number(), data: word })) })),
  missingChunks: z.number(),
  marks: z.array(z.object({ offsetMs: z.number(), type: z.string(), text: z.string() })),
  pages: z.array(z.object({ offsetMs: z.number(), title: z.string(), path: z.string() })),
});

describe('a replay', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let workspaceId: string;
  let session: SessionDocument;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    workspaceId = owner.workspaceId;
    const contact = await makeContact(platform, { workspaceId });
    session = await makeSession(platform, { workspaceId, contactId: contact._id, hasRecording: true });
  });
  afterEach(() => app.close());

  const ticketFor = async (member = owner, id = session._id) => {
    const answer = await app.callAs(member, `/v1/sessions/${id}/replay`, { method: 'POST' });
    return new URLSearchParams(new URL(replayTicket.parse(answer.json).playerUrl).hash.slice(1)).get('token') ?? '';
  };
  const play = (token: string) => app.callPlayer('/recording', { headers: { Authorization: `Bearer ${token}` } });
  const read = async () => recording.parse((await play(await ticketFor())).json);
  const now = () => platform.clock.now().getTime();

  async function record(tab: string, seq: number, words: readonly string[], agoMs = 0): Promise<void> {
    const at = new Date(now() - agoMs);
    const events = words.map((name) => pageEvent(name, at.getTime()));
    const body = zstdCompressSync(JSON.stringify(events));
    const _id = `${session._id}:${tab}:${seq}`;
    await RecordingChunk.create([
      { _id, workspaceId, sessionId: session._id, tab, seq, firstAt: at, lastAt: at, body, receivedAt: platform.clock.now() },
    ]);
  }

  describe('as a recording', () => {
    it('comes tab by tab, each in the order of its chunks, whatever order they arrived in', async () => {
      await record('tab-b', 1, ['b3']);
      for (const seq of [10, 9, 2, 1, 0]) await record('tab-a', seq, [`a${seq}-1`, `a${seq}-2`]);
      await record('tab-b', 0, ['b1', 'b2']);
      const { tabs, sessionId } = await read();
      assert.equal(sessionId, session._id);
      assert.deepEqual(
        tabs.map(({ tab, events }) => [tab, events.map(({ data }) => data).join(' ')]),
        [
          ['tab-a', 'a0-1 a0-2 a1-1 a1-2 a2-1 a2-2 a9-1 a9-2 a10-1 a10-2'],
          ['tab-b', 'b1 b2 b3'],
        ],
      );
    });

    it('says how many chunks are missing, in the middle and at the start', async () => {
      await record('tab-a', 0, ['x']);
      await record('tab-a', 1, ['x']);
      assert.equal((await read()).missingChunks, 0);
      await record('tab-a', 4, ['x']);
      assert.equal((await read()).missingChunks, 2);
      await record('tab-b', 1, ['x']);
      assert.equal((await read()).missingChunks, 3);
    });

    it('passes over chunks in which nothing was left', async () => {
      await record('tab-a', 0, []);
      await record('tab-a', 1, ['x']);
      await record('tab-a', 2, []);
      await record('tab-a', 3, ['y']);
      await record('tab-b', 0, []);
      const { tabs, missingChunks } = await read();
      assert.deepEqual([tabs.map(({ events }) => events.length), missingChunks], [[2, 0], 0]);
    });

    it('is empty but whole when nothing was recorded', async () => {
      const found = await read();
      assert.deepEqual([found.tabs, found.missingChunks, found.startedAt], [[], 0, session.lastEventAt.toISOString()]);
    });

    it('places pages and marks by their distance from the first recorded event', async () => {
      const startedAt = new Date(now() - 30_000);
      const summary = exampleSummary(startedAt, [
        { path: '/', title: 'Home', seconds: 10 },
        { path: '/demo', title: 'Demo "for" </you>', seconds: 10, deeds: [['form_submit', { formId: 'demo' }]] },
      ]);
      await Session.updateOne({ workspaceId, _id: session._id }, { $set: { summary } });
      await record('tab-a', 0, ['x'], 25_000);
      const found = await read();
      assert.equal(found.startedAt, new Date(now() - 25_000).toISOString());
      assert.deepEqual(found.pages, [
        { offsetMs: 0, title: 'Home', path: '/' },
        { offsetMs: 5000, title: 'Demo "for" </you>', path: '/demo' },
      ]);
      assert.ok(found.marks.length > 0 && found.marks.every(({ offsetMs }) => offsetMs >= 5000));
    });

    it('holds nothing of another session or workspace', async () => {
      await record('tab-a', 0, ['mine']);
      const stranger = await makeOwner(platform);
      const base = {
        tab: 'tab-a',
        firstAt: new Date(),
        lastAt: new Date(),
        receivedAt: new Date(),
        body: zstdCompressSync(JSON.stringify([pageEvent('theirs', 0)])),
      };
      await RecordingChunk.create([{ ...base, _id: 'x', workspaceId: stranger.workspaceId, sessionId: session._id, seq: 1 }]);
      await RecordingChunk.create([{ ...base, _id: 'y', workspaceId, sessionId: 'ses_other', seq: 2 }]);
      const { tabs, missingChunks } = await read();
      assert.deepEqual([tabs.flatMap(({ events }) => events.map(({ data }) => data)), missingChunks], [['mine'], 0]);
    });
  });

  describe('as a right', () => {
    const refused = async (token: string) => {
      const answer = await play(token);
      assert.equal(answer.status, 401);
      assert.match(answer.text, /replay-link-expired/);
      assert.doesNotMatch(answer.text, /tabs/);
    };

    it('lives for two minutes', async () => {
      const token = await ticketFor();
      platform.clock.advance(119_999);
      assert.equal((await play(token)).status, 200);
      platform.clock.advance(1);
      await refused(token);
    });

    it('dies with the login of its member, and of no other', async () => {
      const rep = await makeMember(platform, { workspaceId, role: 'rep' });
      const [owners, reps] = [await ticketFor(owner), await ticketFor(rep)];
      await SignIn.deleteMany({ workspaceId, memberId: rep._id });
      await refused(reps);
      assert.equal((await play(owners)).status, 200);
    });

    it('dies with the membership, and with the role that may watch', async () => {
      const [leaver, demoted] = [await makeMember(platform, { workspaceId }), await makeMember(platform, { workspaceId })];
      const tickets = [await ticketFor(leaver), await ticketFor(demoted)];
      for (const token of tickets) assert.equal((await play(token)).status, 200);
      await Member.deleteOne({ workspaceId, _id: leaver._id });
      await Member.updateOne({ workspaceId, _id: demoted._id }, { $set: { role: 'viewer' } });
      for (const token of tickets) await refused(token);
    });

    it('opens one recording: not another one, not one of another workspace', async () => {
      const stranger = await makeOwner(platform);
      const claims = { sub: stranger._id, wid: stranger.workspaceId, rid: session._id };
      await ticketOf(stranger);
      await refused(await platform.cipher.sign('replay', claims, { now: platform.clock.now(), seconds: 120 }));
      const mixed = { sub: stranger._id, wid: workspaceId, rid: session._id };
      await refused(await platform.cipher.sign('replay', mixed, { now: platform.clock.now(), seconds: 120 }));
    });
    /** So that the member is signed in. */
    const ticketOf = (member: MemberDocument) => app.callAs(member, '/v1/me');

    it('cannot be forged, altered, or made of another token of ours', async () => {
      const token = await ticketFor();
      const [header = '', payload = '', signature = ''] = token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
      const forged = Buffer.from(JSON.stringify({ ...claims, rid: 'ses_other' })).toString('base64url');
      const own = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'replay+jwt' }).sign(Buffer.alloc(32));
      const rights = { sub: owner._id, wid: workspaceId, rid: session._id };
      const forAnother = await platform.cipher.sign('export', rights, { now: platform.clock.now(), seconds: 120 });
      const incomplete = await platform.cipher.sign('replay', { sub: owner._id }, { now: platform.clock.now(), seconds: 120 });
      const tries = [`${header}.${forged}.${signature}`, `${header}.${payload}.`, own, forAnother, incomplete, `${token}x`, 'x'];
      for (const attempt of tries) await refused(attempt);
    });

    it('is asked for: no ticket, no recording, and the cookie of the app is none', async () => {
      const token = await ticketFor();
      const cookie = `ll_session=${token}`;
      for (const headers of [
        {},
        { Cookie: cookie },
        { Authorization: token },
        { Authorization: `Basic ${token}` },
        { Authorization: 'Bearer' },
      ]) {
        const answer = await app.callPlayer('/recording', { headers });
        assert.deepEqual([answer.status, answer.text.includes('replay-ticket-missing')], [401, true], JSON.stringify(headers));
      }
    });
  });

  describe("the player's origin", () => {
    it('sets no cookie, is remembered by nobody, and sends no referrer', async () => {
      const answers = [await play(await ticketFor()), await app.callPlayer('/recording'), await app.callPlayer('/player')];
      for (const { headers } of answers) {
        assert.equal(headers.get('Set-Cookie'), null);
        assert.equal(headers.get('Referrer-Policy'), 'no-referrer');
      }
      assert.match(answers[0]?.headers.get('Cache-Control') ?? '', /no-store/);
    });

    it('may be framed by the app alone', async () => {
      const { headers } = await app.callPlayer('/player');
      assert.match(headers.get('Content-Security-Policy') ?? '', new RegExp(`frame-ancestors ${testConfig.publicUrl}$`));
      assert.equal(headers.get('X-Frame-Options'), null);
    });

    it('offers nothing of the API', async () => {
      for (const path of ['/v1/me', '/v1/contacts', '/v1/setup', '/ll.js']) assert.equal((await app.callPlayer(path)).status, 404, path);
    });
  });
});
