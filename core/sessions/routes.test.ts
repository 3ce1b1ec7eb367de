import assert from 'node:assert/strict';
import { replayTicket, sessionDetail, sessionList } from '#contract/api.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { makeContact, makeMember, makeOwner, makeSession } from '../testing/factories.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testConfig, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { Session, type SessionDocument, sessionListIndex } from './session.ts';
import { exampleSummary } from './summarise-example.ts';

describe('sessions', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let workspaceId: string;
  let contactId: string;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    workspaceId = owner.workspaceId;
    contactId = (await makeContact(platform, { workspaceId, name: 'Ada Park' }))._id;
  });
  afterEach(() => app.close());

  const make = (fields: Partial<SessionDocument> = {}) => makeSession(platform, { workspaceId, contactId, ...fields });
  const list = async (query = '') => sessionList.parse((await app.callAs(owner, `/v1/contacts/${contactId}/sessions${query}`)).json);
  const show = async (id: string) => sessionDetail.parse((await app.callAs(owner, `/v1/sessions/${id}`)).json);
  const ago = (ms: number) => new Date(platform.clock.now().getTime() - ms);

  describe('GET /v1/contacts/:id/sessions', () => {
    it('lists the sessions of this contact alone, newest first', async () => {
      const older = await make({ startedAt: ago(86_400_000) });
      const newer = await make({ startedAt: ago(1000) });
      await make({ contactId: (await makeContact(platform, { workspaceId }))._id });
      const { items } = await list();
      assert.deepEqual(
        items.map(({ id }) => id),
        [newer._id, older._id],
      );
      assert.deepEqual([items[0]?.contactName, items[0]?.siteName], ['Ada Park', 'www.example.com']);
    });

    it('turns over 120 sessions without a gap or a repeat, though many began at one moment', async () => {
      await Promise.all(Array.from({ length: 120 }, (_, n) => make({ startedAt: ago((n % 4) * 1000) })));
      const seen: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page = await list(`?cursor=${next}`);
        seen.push(...page.items.map(({ id }) => id));
        next = page.next;
      }
      assert.deepEqual([seen.length, new Set(seen).size], [120, 120]);
    });

    it('needs a login, hides another workspace, and refuses a cursor that we did not give', async () => {
      const path = `/v1/contacts/${contactId}/sessions`;
      assert.equal((await app.call(path)).status, 401);
      assert.equal((await app.callAs(await makeOwner(platform), path)).status, 404);
      assert.equal((await app.callAs(owner, `${path}?cursor=garbage`)).status, 400);
    });
  });

  describe('GET /v1/sessions', () => {
    const all = async (query = '') => sessionList.parse((await app.callAs(owner, `/v1/sessions${query}`)).json);

    it('lists the sessions of everybody, newest first, also of visitors nobody knows', async () => {
      const contact = await make({ startedAt: ago(3000) });
      const anonymous = await make({ startedAt: ago(2000), contactId: null, mode: 'anonymous' });
      const analytics = await make({ startedAt: ago(1000), contactId: null, mode: 'analytics' });
      await makeSession(platform);
      const { items } = await all();
      assert.deepEqual(
        items.map(({ id, contactId: of, contactName }) => [id, of, contactName]),
        [
          [analytics._id, null, ''],
          [anonymous._id, null, ''],
          [contact._id, contactId, 'Ada Park'],
        ],
      );
      for (const mode of ['contact', 'anonymous', 'analytics'])
        assert.deepEqual(
          (await all(`?mode=${mode}`)).items.map((row) => row.mode),
          [mode],
        );
    });

    it('lists those of one site alone when asked, and none of a site of another workspace', async () => {
      const { siteId, _id } = await make();
      assert.deepEqual(
        (await all(`?site=${siteId}`)).items.map(({ id }) => id),
        [_id],
      );
      const stranger = await makeSession(platform);
      assert.deepEqual((await all(`?site=${stranger.siteId}`)).items, []);
      assert.deepEqual((await all('?site=site_nothing&mode=contact')).items, []);
    });

    it('turns over 120 sessions without a gap or a repeat, though many began at one moment', async () => {
      const modes = ['contact', 'anonymous', 'analytics'] as const;
      await Promise.all(Array.from({ length: 120 }, (_, n) => make({ startedAt: ago((n % 4) * 1000), mode: modes[n % 3] ?? 'contact' })));
      const seen: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page = await all(`?cursor=${next}`);
        seen.push(...page.items.map(({ id }) => id));
        next = page.next;
      }
      assert.deepEqual([seen.length, new Set(seen).size], [120, 120]);
    });

    it('reads a page in the order of its index', async () => {
      const { siteId } = await make();
      const wanted = { workspaceId, siteId: { $in: [siteId, 'site_2'] }, mode: { $in: ['contact', 'anonymous', 'analytics'] } };
      const plan = await Session.collection
        .find(wanted)
        .sort({ startedAt: -1, _id: 1 })
        .limit(51)
        .hint(sessionListIndex)
        .explain('queryPlanner');
      assert.match(JSON.stringify(plan), /"SORT_MERGE"/);
      assert.doesNotMatch(JSON.stringify(plan.queryPlanner.winningPlan), /"SORT"|COLLSCAN/);
    });

    it('needs a login, and refuses a mode that there is not and a cursor that we did not give', async () => {
      assert.equal((await app.call('/v1/sessions')).status, 401);
      assert.equal((await app.callAs(owner, '/v1/sessions?mode=all')).status, 400);
      assert.equal((await app.callAs(owner, '/v1/sessions?cursor=garbage')).status, 400);
    });
  });

  describe('GET /v1/sessions/:id', () => {
    it('is live until it is over or has been silent for a while', async () => {
      const { _id } = await make();
      assert.equal((await show(_id)).live, true);
      platform.clock.advance(90_000);
      assert.equal((await show(_id)).live, false);
      const over = await make({ endedAt: platform.clock.now(), lastSeenAt: platform.clock.now() });
      assert.equal((await show(over._id)).live, false);
    });

    it('says why a session does not count while nothing proves that a person was there', async () => {
      const { _id } = await make({ evidence: null });
      assert.match((await show(_id)).heldBecause ?? '', /mail scanner/);
      assert.equal((await show((await make())._id)).heldBecause, null);
    });

    it('says by a word and a sentence what it is held for', async () => {
      for (const [heldFor, sentence] of [
        ['no-person', /moved, scrolled, typed/],
        ['automated', /program/],
        ['forwarded', /another browser first/],
      ] as const) {
        const { _id, visitorId } = await make({ heldFor });
        const found = await show(_id);
        assert.deepEqual([found.held, found.visitorId, found.mode], [heldFor, visitorId, 'contact']);
        assert.match(found.heldBecause ?? '', sentence);
      }
    });

    it('shows pages and marks by their distance from the start', async () => {
      const startedAt = ago(60_000);
      const summary = exampleSummary(startedAt, [
        { path: '/', title: 'Home', seconds: 20 },
        { path: '/pricing', title: 'Pricing', seconds: 30, deeds: [['form_submit', { formId: 'contact-sales' }]] },
      ]);
      const { _id } = await make({ startedAt, summary });
      const found = await show(_id);
      assert.deepEqual(
        found.pages.map(({ title, offsetMs, activeMs }) => [title, offsetMs, activeMs]),
        [
          ['Home', 0, 20_000],
          ['Pricing', 20_000, 30_000],
        ],
      );
      assert.deepEqual(
        found.marks.map(({ offsetMs, text }) => [offsetMs, text]),
        summary.marks.map(({ offsetMs, text }) => [offsetMs, text]),
      );
      assert.ok(found.marks.length > 0);
      assert.equal(found.activeMs, 50_000);
    });

    it('needs a login, and answers for another workspace as for what is not there', async () => {
      const { _id } = await make();
      assert.equal((await app.call(`/v1/sessions/${_id}`)).status, 401);
      const stranger = await makeOwner(platform);
      const [foreign, absent] = await Promise.all([_id, 'ses_nothing'].map((id) => app.callAs(stranger, `/v1/sessions/${id}`)));
      assert.deepEqual([foreign?.status, foreign?.text], [404, absent?.text]);
    });
  });

  describe('POST /v1/sessions/:id/replay', () => {
    const watch = (id: string, member = owner) => app.callAs(member, `/v1/sessions/${id}/replay`, { method: 'POST' });

    it("gives the player's address with a ticket for two minutes in its fragment, where no server log holds it", async () => {
      const { playerUrl, expiresAt } = replayTicket.parse((await watch((await make())._id)).json);
      const { origin, pathname, search, hash } = new URL(playerUrl);
      assert.deepEqual([origin, pathname, search], [testConfig.replayUrl, '/player', '?live=1']);
      assert.match(hash, /^#token=[\w-]+\.[\w-]+\.[\w-]+$/);
      assert.equal(Date.parse(expiresAt) - platform.clock.now().getTime(), 120_000);
    });

    it('is remembered: who watched what, and when', async () => {
      const { _id } = await make();
      await watch(_id);
      const [entry] = (await dumpDatabase(platform)).accessLog ?? [];
      const { memberId, action, subject, at } = JSON.parse(entry ?? '{}');
      assert.deepEqual([memberId, action, subject, at], [owner._id, 'replay.watched', _id, platform.clock.now().toISOString()]);
    });

    it('needs a login, a role that may watch, and a session of the own workspace; what is refused is not remembered as watched', async () => {
      const { _id } = await make();
      assert.equal((await app.call(`/v1/sessions/${_id}/replay`, { method: 'POST' })).status, 401);
      assert.equal((await watch(_id, await makeMember(platform, { workspaceId, role: 'viewer' }))).status, 403);
      assert.equal((await watch(_id, await makeOwner(platform))).status, 404);
      assert.equal((await dumpDatabase(platform)).accessLog, undefined);
    });
  });
});
